const EXCERPT_LENGTH = 200;

/** More of a text is not looked at. */
const MAX_LENGTH = 20_000;

/** Makes a text from outside fit to be shown: clear of secrets, short, without markup. */
export type Quote = (text: string) => string;

/**
 * The start of a text from outside for people to read: no markup, one line, at most 200 characters. Clear it of secrets
 * before: the cut may leave half of one.
 */
export function excerpt(text: string): string {
	const plain = withoutMarkup(text.slice(0, MAX_LENGTH))
		.replace(/[\s\p{Cc}]+/gu, ' ')
		.trim();
	return plain.length > EXCERPT_LENGTH ? `${plain.slice(0, EXCERPT_LENGTH)}…` : plain;
}

/** Each tag becomes a space, a script or a style sheet too. One pass: a hostile page must not cost more than its length. */
function withoutMarkup(text: string): string {
	const unclosed = new Set<string>();
	let plain = '';
	let position = 0;
	for (;;) {
		const tag = text.indexOf('<', position);
		if (tag === -1) return plain + text.slice(position);
		plain += `${text.slice(position, tag)} `;
		const end = endOfBlock(text, tag, unclosed) ?? text.indexOf('>', tag) + 1;
		if (end === 0) return plain;
		position = end;
	}
}

/** The end of the script or style sheet that begins here. An end that was once sought in vain is not sought again. */
function endOfBlock(text: string, tag: number, unclosed: Set<string>): number | undefined {
	const name = /^<(script|style)\b/i.exec(text.slice(tag, tag + 8))?.[1]?.toLowerCase();
	if (name === undefined || unclosed.has(name)) return undefined;
	const closing = new RegExp(`</${name}\\s*>`, 'gi');
	closing.lastIndex = tag;
	if (closing.test(text)) return closing.lastIndex;
	unclosed.add(name);
	return undefined;
}
