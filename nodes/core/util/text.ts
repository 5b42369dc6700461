/** A time in epoch seconds for people, rounded up to the minute; undefined where it is not a time. */
export function clockTime(epochSeconds: number): string | undefined {
	const date = new Date(Math.ceil(epochSeconds / 60) * 60_000);
	return Number.isNaN(date.getTime())
		? undefined
		: `${date.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}

const EXCERPT_LENGTH = 200;

/** The start of a foreign text for people to read: no markup, one line, at most 200 characters. */
export function excerpt(text: string): string {
	const plain = text
		.slice(0, 20_000)
		.replace(/<(script|style)\b[\s\S]*?<\/\1\s*>/gi, ' ')
		.replace(/<[^>]*>?/g, ' ')
		.replace(/[\s\u0000-\u001f\u007f]+/g, ' ')
		.trim();
	return plain.length > EXCERPT_LENGTH ? `${plain.slice(0, EXCERPT_LENGTH)}…` : plain;
}

/** With a capital at its beginning. */
export function capitalise(text: string): string {
	return text.charAt(0).toUpperCase() + text.slice(1);
}

/** The names of a vendor and of what it runs, as they stand in sentences. */
export interface ResourceNoun {
	/** The vendor as users know it. */
	vendor: string;
	/** `workflow`. */
	singular: string;
	/** `workflows`. */
	plural: string;
}
