import type { Filters } from '../../core/n8n/parameters/filters';
import { ParameterError } from '../../core/n8n/parameters/parameterError';

/**
 * A filter for a text that has to be equal.
 *
 * @throws ParameterRefusal when it has no value, is no text, holds `%` or half a character: Bitrix24 takes `%` for any
 * text, and drops all parameters of a call with broken text in it
 */
export function readEqual(filters: Filters, name: string, displayName: string): string | undefined {
	const text = filters.text(name, displayName);
	if (text === undefined) return undefined;
	if (text.includes('%')) {
		throw new ParameterError(
			`The filter '${displayName}' holds the character %, which stands for any text in Bitrix24`,
			'The node lists what is equal to the value. Enter the whole value, or leave the filter out and filter afterwards.',
		);
	}
	if (/\p{Surrogate}/u.test(text)) {
		throw new ParameterError(
			`The filter '${displayName}' holds a broken character`,
			'An emoji may have been cut in half on its way. Check the expression that makes the text.',
		);
	}
	return text;
}

/**
 * A filter for a number that Bitrix24 has given, as text without leading zeros.
 *
 * @throws ParameterRefusal when it has no value or is no such number: Bitrix24 would take any other text for 0
 */
export function readNumber(filters: Filters, name: string, displayName: string): string | undefined {
	const text = filters.text(name, displayName);
	if (text === undefined) return undefined;
	if (!/^\d{1,15}$/.test(text)) {
		throw new ParameterError(
			`The value of the filter '${displayName}' is not a number of Bitrix24`,
			'Enter digits only, such as 12.',
		);
	}
	return String(Number(text));
}
