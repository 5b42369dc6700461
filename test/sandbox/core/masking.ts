/** What a Basic header carries for a name and its secret. */
export const basicPair = (name: string, secret: string): string =>
	Buffer.from(`${name}:${secret}`).toString('base64');

/** Replaces secrets by `***`. The longest goes first, so that none leaves the tail of a longer one behind. */
export function maskAll(text: string, secrets: Iterable<string>): string {
	return [...secrets]
		.sort((a, b) => b.length - a.length)
		.reduce((masked, secret) => masked.replaceAll(secret, '***'), text);
}
