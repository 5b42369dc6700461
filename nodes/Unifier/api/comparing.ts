/** A number as people and programs write it, without leading zeros, which would make it a name. */
const NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?$/;

/** More digits than a number in JavaScript keeps apart. */
const TOO_LONG = 16;

/** The number that a text is; undefined when it is none, or too long to be compared as one. */
export function asNumber(text: string): number | undefined {
	return text.length < TOO_LONG && NUMBER.test(text) ? Number(text) : undefined;
}

/** Whether two texts are the same, or the same number written differently (`5` and `5.00`). */
export function isSameValue(one: string, other: string): boolean {
	if (one === other) return true;
	const number = asNumber(one);
	return number !== undefined && number === asNumber(other);
}

/** Whether a text holds SQL wildcards. */
export function hasWildcards(text: string): boolean {
	return /[%_]/.test(text);
}

/**
 * Whether a text is like a pattern with SQL wildcards (`%` any text, `_` one character), in upper or lower case; without a
 * wildcard, whether it contains it. Takes a time that grows with both lengths, whatever the pattern is.
 */
export function isLike(text: string, pattern: string): boolean {
	if (!hasWildcards(pattern)) return text.toLowerCase().includes(pattern.toLowerCase());
	const characters = Array.from(text.toLowerCase());
	const wanted = Array.from(pattern.toLowerCase());
	let at = 0;
	let next = 0;
	// Where the last % stands, and up to where the text has been given to it.
	let star = -1;
	let given = 0;
	while (at < characters.length) {
		if (wanted[next] === '%') {
			star = next;
			given = at;
			next += 1;
		} else if (next < wanted.length && (wanted[next] === '_' || wanted[next] === characters[at])) {
			at += 1;
			next += 1;
		} else if (star >= 0) {
			given += 1;
			at = given;
			next = star + 1;
		} else return false;
	}
	return wanted.slice(next).every((one) => one === '%');
}
