/**
 * No page names a limit; with a longer text the command might be refused, or the end of the text be lost. In UTF-16 units,
 * the strictest way to count.
 */
const MAX_LENGTH = 255;

/** How much of the end is kept: in the default of the field, it contains the ID of the execution. */
const KEPT_END = 80;

const ELLIPSIS = '…';

/**
 * A status text as it is sent. Where it is too long its middle is left out, which in the default of the field is a part of
 * the workflow's name. The text must be well formed, and stays so.
 */
export function fitStatusText(text: string): string {
	if (text.length <= MAX_LENGTH) return text;
	const start = text.slice(0, MAX_LENGTH - KEPT_END - ELLIPSIS.length);
	// A cut through a surrogate pair leaves half of it.
	return `${start.replace(/[\uD800-\uDBFF]$/, '')}${ELLIPSIS}${text.slice(-KEPT_END).replace(/^[\uDC00-\uDFFF]/, '')}`;
}
