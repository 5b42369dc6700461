import { excerpt } from './excerpt';

/** A time in epoch seconds for people, rounded up to the minute; undefined where it is not a time. */
export function clockTime(epochSeconds: number): string | undefined {
	const date = new Date(Math.ceil(epochSeconds / 60) * 60_000);
	return Number.isNaN(date.getTime())
		? undefined
		: `${date.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}

/** More of a text from outside is not kept. */
const MAX_OUTSIDE = 20_000;

/**
 * A text from outside as it came, '' where people would see nothing in it. It may hold a secret: only the edge, which knows
 * the secrets, clears and shortens it.
 */
export function outsideText(text: string): string {
	const raw = text.trim().slice(0, MAX_OUTSIDE);
	return excerpt(raw) === '' ? '' : raw;
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
