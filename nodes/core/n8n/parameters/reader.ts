import { ParameterError } from './parameterError';

/**
 * Reads a node parameter of one item; a resource locator comes as its value. An entry of a collection is read as
 * `collection.entry`: undefined where it was not added, null where it was and has no value.
 */
export type ParameterReader = (name: string) => unknown;

/**
 * A text that must not be empty, trimmed.
 *
 * @throws ParameterError when it is empty or not text
 */
export function readRequiredText(value: unknown, displayName: string, hint: string): string {
	const text = readOptionalText(value, displayName);
	if (text === '') throw new ParameterError(`The parameter '${displayName}' is empty`, hint);
	return text;
}

/**
 * A text that may be left empty, trimmed; '' when it is left away.
 *
 * @throws ParameterError when it is not text
 */
export function readOptionalText(value: unknown, displayName: string): string {
	if (value === undefined || value === null) return '';
	if (typeof value === 'string') {
		requireWellFormed(value, `The parameter '${displayName}'`);
		return value.trim();
	}
	throw new ParameterError(
		`The parameter '${displayName}' must be text`,
		'If it comes from an expression, make sure that the expression returns text.',
	);
}

/**
 * Accepts a text that can be encoded. `what` begins the message.
 *
 * @throws ParameterError when it holds half a surrogate pair: no URL can carry it, and a server may drop what it is in
 */
export function requireWellFormed(text: string, what: string): void {
	if (!/\p{Surrogate}/u.test(text)) return;
	throw new ParameterError(
		`${what} contains a broken character`,
		'An earlier node may have cut an emoji in half. Check the expression that returns the text.',
	);
}
