import { ParameterError } from './parameterError';

/** How one ID parameter reads its value. */
export interface IdentifierRule {
	/** The parameter's label, for messages. */
	displayName: string;
	/** Whether an ID may have a space inside, as record numbers made by people do. Default false. */
	allowSpaces?: boolean;
}

const CONTROL_CHARACTER = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]/;

/**
 * Reads the value of an ID parameter: one ID, several in one text separated by commas or new lines,
 * or an array from an expression, whose entries are taken as they are. The order is kept, repeats too.
 *
 * @throws ParameterError for a value from which no request may be built: empty, undefined, `.` or `..`,
 * control characters, a number (which may have lost digits), anything that is not text.
 */
export function readIdentifiers(value: unknown, rule: IdentifierRule): string[] {
	if (Array.isArray(value)) {
		if (value.length === 0) throw empty(rule);
		return value.map((entry) => readIdentifier(entry, rule));
	}
	if (typeof value === 'string' && /[,\r\n]/.test(value)) {
		const parts = value.split(/[,\r\n]/).filter((part) => part.trim() !== '');
		if (parts.length === 0) throw empty(rule);
		return parts.map((part) => readIdentifier(part, rule));
	}
	return [readIdentifier(value, rule)];
}

/**
 * Reads exactly one ID.
 *
 * @throws ParameterError as `readIdentifiers` does
 */
export function readIdentifier(value: unknown, rule: IdentifierRule): string {
	const { displayName } = rule;
	if (value === undefined || value === null || value === '') throw empty(rule);
	if (typeof value === 'number' || typeof value === 'bigint') {
		throw new ParameterError(
			`The parameter '${displayName}' was given a number, and these IDs are text`,
			'A long number loses digits and leading zeros on its way. Pass the ID as text, and have the step before deliver it as text.',
		);
	}
	if (typeof value !== 'string') {
		throw new ParameterError(
			`The parameter '${displayName}' was given ${describe(value)} where an ID is expected`,
			'Pass one ID as text, several separated by commas or new lines, or an array of texts.',
		);
	}
	const id = value.trim();
	if (id === '') throw empty(rule);
	if (id === '.' || id === '..') {
		throw new ParameterError(
			`The parameter '${displayName}' holds '${id}', which is not an ID`,
			'Such a value would change the address that is called. Check the expression that makes it.',
		);
	}
	if (CONTROL_CHARACTER.test(id) || !isEncodable(id)) {
		throw new ParameterError(
			`The parameter '${displayName}' holds an ID with characters that no ID has`,
			'Check where the value comes from; a tab, a line break or broken text may have slipped into it.',
		);
	}
	if (rule.allowSpaces !== true && /\s/.test(id)) {
		throw new ParameterError(
			`The parameter '${displayName}' holds an ID with a blank inside`,
			'Separate several IDs by commas or new lines.',
		);
	}
	return id;
}

/** A half surrogate pair has no place in a URL: encoding it throws. */
function isEncodable(text: string): boolean {
	try {
		encodeURIComponent(text);
		return true;
	} catch {
		return false;
	}
}

function empty({ displayName }: IdentifierRule): ParameterError {
	return new ParameterError(
		`The parameter '${displayName}' is empty`,
		'Nothing is ended without an explicit ID. If the value comes from an expression, check that the step before delivers it.',
	);
}

function describe(value: unknown): string {
	if (Array.isArray(value)) return 'a list inside a list';
	return typeof value === 'boolean' ? 'true or false' : 'an object';
}
