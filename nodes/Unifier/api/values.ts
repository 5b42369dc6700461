/** A number as people and programs write it. With leading zeros it is a name. */
const NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?$/;

/** JavaScript no longer distinguishes all numbers of this many characters. */
const TOO_LONG = 16;

/** The number that a text holds; undefined when it is not a number, or too long to be compared as one. */
export function asNumber(text: string): number | undefined {
	return text.length < TOO_LONG && NUMBER.test(text) ? Number(text) : undefined;
}

/** Whether two texts are the same, or the same number written differently (`5` and `5.00`). */
export function isSameValue(one: string, other: string): boolean {
	if (one === other) return true;
	const number = asNumber(one);
	return number !== undefined && number === asNumber(other);
}

/** A number with groups of digits, or with a comma for its point. Countries use the same signs in different ways. */
const SEPARATED = /^-?\d{1,3}(?:[,.'\u2019 \u00a0\u202f]\d{3})+(?:[,.]\d+)?$|^-?\d+,\d+$/;

/** Whether a text is a number with separators, which cannot be compared. */
export function hasSeparators(text: string): boolean {
	return asNumber(text) === undefined && SEPARATED.test(text);
}

/** Whether two numbers may be the same, if one has separators (`1234.5` and `1,234.50`). */
export function haveSameDigits(one: string, other: string): boolean {
	return digitsOf(one) === digitsOf(other);
}

function digitsOf(text: string): string {
	return text.replace(/[^\d-]/g, '').replace(/0+$/, '');
}

/**
 * Whether a text matches a pattern with SQL wildcards (`%` any text, `_` one character); without a wildcard, whether it
 * contains the pattern. Letter case does not count. `one` is the sign for one character, '' for none. Takes time in proportion to the product of both lengths at most.
 */
export function isLike(text: string, pattern: string, one = '_'): boolean {
	if (!/[%_]/.test(pattern)) return text.toLowerCase().includes(pattern.toLowerCase());
	const characters = Array.from(text.toLowerCase());
	const wanted = Array.from(pattern.toLowerCase());
	let at = 0;
	let next = 0;
	// The position of the last %, and how far into the text it reaches.
	let star = -1;
	let given = 0;
	while (at < characters.length) {
		if (wanted[next] === '%') {
			star = next;
			given = at;
			next += 1;
		} else if (next < wanted.length && (wanted[next] === one || wanted[next] === characters[at])) {
			at += 1;
			next += 1;
		} else if (star >= 0) {
			given += 1;
			at = given;
			next = star + 1;
		} else return false;
	}
	return wanted.slice(next).every((sign) => sign === '%');
}
