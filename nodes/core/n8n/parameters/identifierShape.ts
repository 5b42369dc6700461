import { ParameterError } from './parameterError';

/** What the IDs of one parameter look like. */
export interface IdentifierShape {
	/** The parameter's label, for messages. */
	displayName: string;
	/** People make these IDs up, so that they may hold spaces, brackets and semicolons. Default false. */
	isFreeText?: boolean;
}

/** What no ID holds, and how it may have come into one. */
interface Flaw {
	pattern: RegExp;
	/** After "contains". */
	what: string | ((id: string) => string);
	hint: string;
}

const QUOTES = `"'\`´“”„‟‘’‚‛«»‹›`;

/** In any ID. */
const NEVER: readonly Flaw[] = [
	{
		pattern: /^\.{1,2}$/,
		what: (id) => `'${id}', which is not an ID`,
		hint: 'It would change the URL of the request. Check the expression that returns the value.',
	},
	{
		pattern: /[\p{Cc}\u2028\u2029\p{Surrogate}]/u,
		what: 'an ID with an invalid character',
		hint: 'Check where the value comes from. It may contain a tab, a line break or broken text.',
	},
	{
		pattern: /[\p{Cf}\p{Default_Ignorable_Code_Point}]|[^\S ]/u,
		what: 'an ID with an invisible character',
		hint: 'It may have been copied from a web page or a document. Type the ID again, or clean it up in the previous node.',
	},
	{
		pattern: new RegExp(`^[${QUOTES}].*[${QUOTES}]$`),
		what: 'an ID in quotation marks',
		hint: 'Pass the ID without them. If an expression adds them, for example with JSON.stringify, remove that part.',
	},
];

/** In IDs that a system has made. */
const UNLESS_FREE: readonly Flaw[] = [
	{
		pattern: / /,
		what: 'an ID with a space',
		hint: 'Separate multiple IDs with commas or new lines.',
	},
	{
		pattern: /;/,
		what: 'an ID with a semicolon',
		hint: 'Separate multiple IDs with commas or new lines.',
	},
	{
		pattern: new RegExp(`^[${QUOTES}]|[${QUOTES}]$`),
		what: 'an ID that begins or ends with a quotation mark',
		hint: 'Pass the ID without it. If the value is a list that was converted to text, make the expression return the list itself.',
	},
	{
		pattern: /^[[({<]|[\])}>]$/,
		what: 'an ID that begins or ends with a bracket',
		hint: 'Pass only the ID. If the value is a list that was converted to text, make the expression return the list itself.',
	},
];

/** Most IDs, and nothing with a flaw: one look instead of eight, where an item may hold a hundred thousand of them. */
const ORDINARY = /^\w[\w.-]*$/;

/**
 * Accepts a trimmed text that may be an ID.
 *
 * @throws ParameterError for one that has come out of shape on its way: it would be looked for, and not found
 */
export function refuseUnlikely(id: string, { displayName, isFreeText = false }: IdentifierShape): void {
	if (ORDINARY.test(id)) return;
	const flaws = isFreeText ? NEVER : [...NEVER, ...UNLESS_FREE];
	const flaw = flaws.find(({ pattern }) => pattern.test(id));
	if (!flaw) return;
	const what = typeof flaw.what === 'string' ? flaw.what : flaw.what(id);
	throw new ParameterError(`The parameter '${displayName}' contains ${what}`, flaw.hint);
}
