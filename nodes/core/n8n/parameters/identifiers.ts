import { readJson } from '../../util/json';
import { refuseUnlikely } from './identifierShape';
import type { IdentifierShape } from './identifierShape';
import { ParameterError } from './parameterError';

/** How one ID parameter reads its value. */
export interface IdentifierRule extends IdentifierShape {
	/** How a list looks that a text of one ID was split into, because a decimal comma has replaced a point in it. */
	splitByDecimalComma?: RegExp;
}

/**
 * Reads the value of an ID parameter: one ID, several in one text separated by commas or new lines, the text of a JSON
 * array, or an array from an expression, whose entries are taken as they are. The order is kept, repeats too.
 *
 * @throws ParameterError for a value from which no request may be built: empty, undefined, `.` or `..`, a number (which
 * may have lost digits), anything that is not text, and a text that has come out of shape on its way
 */
export function readIdentifiers(value: unknown, rule: IdentifierRule): string[] {
	if (Array.isArray(value)) return readList(value, rule);
	if (typeof value !== 'string') return [readIdentifier(value, rule)];
	const list = jsonList(value.trim(), rule);
	if (list) return readList(list, rule);
	if (!/[,\r\n]/.test(value)) return [readIdentifier(value, rule)];
	if (rule.splitByDecimalComma?.test(value)) {
		throw new ParameterError(
			`The parameter '${rule.displayName}' contains an ID with a comma instead of a decimal point`,
			'A comma separates IDs. A spreadsheet may have treated the ID as a number. Make the previous node return it as text.',
		);
	}
	const parts = value.split(/[,\r\n]/).filter((part) => part.trim() !== '');
	if (parts.length === 0) throw empty(rule);
	return parts.map((part) => readIdentifier(part, rule));
}

/** The entries of a text that is meant as a JSON array. Where people make IDs up, `[12]` is an ID. */
function jsonList(text: string, rule: IdentifierRule): readonly unknown[] | undefined {
	if (!text.startsWith('[')) return undefined;
	const list = readJson(text);
	if (Array.isArray(list)) return rule.isFreeText && /^\[[^",[\]]+\]$/.test(text) ? undefined : list;
	if (!/^\[\s*"/.test(text)) return undefined;
	throw new ParameterError(
		`The parameter '${rule.displayName}' looks like a JSON array but is not valid JSON`,
		'An earlier node may have shortened it or left out an entry. Pass an array of strings, or IDs separated by commas.',
	);
}

function readList(list: readonly unknown[], rule: IdentifierRule): string[] {
	if (list.length === 0) throw empty(rule);
	// Unlike map, it does not skip the gaps of an array.
	return Array.from(list, (entry: unknown, index) => {
		if (!isEmpty(entry)) return readIdentifier(entry, rule);
		throw new ParameterError(
			`The parameter '${rule.displayName}' has no ID in entry ${index + 1} of its list`,
			'Check the expression that creates the list. An earlier node may have returned fewer IDs than expected.',
		);
	});
}

/**
 * Reads exactly one ID.
 *
 * @throws ParameterError as `readIdentifiers` does
 */
export function readIdentifier(value: unknown, rule: IdentifierRule): string {
	const { displayName } = rule;
	if (isEmpty(value)) throw empty(rule);
	if (typeof value === 'number' || typeof value === 'bigint') {
		throw new ParameterError(
			`The parameter '${displayName}' received a number, but these IDs are text`,
			'Long numbers lose digits and leading zeros. Pass the ID as text, and make the previous node return it as text.',
		);
	}
	if (typeof value !== 'string') {
		throw new ParameterError(
			`The parameter '${displayName}' received ${describe(value)} instead of an ID`,
			'Pass one ID as text, multiple IDs separated by commas or new lines, or an array of strings.',
		);
	}
	const id = value.trim();
	refuseUnlikely(id, rule);
	return id;
}

function isEmpty(value: unknown): boolean {
	return value === undefined || value === null || (typeof value === 'string' && value.trim() === '');
}

function empty({ displayName }: IdentifierRule): ParameterError {
	return new ParameterError(
		`The parameter '${displayName}' is empty`,
		'Nothing is ended without an explicit ID. If the value comes from an expression, check that the previous node returns it.',
	);
}

function describe(value: unknown): string {
	if (Array.isArray(value)) return 'a list inside a list';
	return typeof value === 'boolean' ? 'a boolean' : 'an object';
}
