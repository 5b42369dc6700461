import type { Json, JsonObject } from './emulator.ts';

/** What one seed option or switch takes. */
export interface Rule<Value> {
	accepts: (value: Json) => boolean;
	/** Ends the refusal "... it takes". */
	takes: string;
	/** Never set: it carries the type of the values that fit. */
	type?: Value;
}

type Rules = Record<string, Rule<unknown>>;

/** The values that fit a table of rules. */
export type Values<Table extends Rules> = {
	[Name in keyof Table]: Given<Table[Name]>;
};

/** The value of an option whose rule is given. */
export type Given<One> = One extends Rule<infer Value> ? Value : never;

const isObject = (value: Json): value is JsonObject =>
	typeof value === 'object' && value !== null && !Array.isArray(value);

/** One of the given values. */
export const oneOf = <const All extends readonly Json[]>(...values: All): Rule<All[number]> => ({
	accepts: (value) => values.includes(value),
	takes: values.map((value) => JSON.stringify(value)).join(' | '),
});

/** true or false. */
export const flag: Rule<boolean> = oneOf(true, false);

/** A text that satisfies a condition. */
export const textThat = (takes: string, fits: (value: string) => boolean): Rule<string> => ({
	accepts: (value) => typeof value === 'string' && fits(value),
	takes,
});

/** Any text, the empty one included. */
export const text = textThat('a text', () => true);

/** Any text but the empty one. */
export const filledText = textThat('a text of at least one character', (value) => value !== '');

/** A text that `Date.parse` can read. */
export const date = textThat('a date', (value) => !Number.isNaN(Date.parse(value)));

/** A whole number between two bounds, both included. */
export const wholeNumber = (from: number, to = Number.MAX_SAFE_INTEGER): Rule<number> => ({
	accepts: (value) => Number.isSafeInteger(value) && Number(value) >= from && Number(value) <= to,
	takes: `a whole number from ${from}${to === Number.MAX_SAFE_INTEGER ? '' : ` to ${to}`}`,
});

/** Any whole number, negative ones included. */
export const integer: Rule<number> = { accepts: Number.isSafeInteger, takes: 'a whole number' };

/** A whole number from 0. */
export const count = wholeNumber(0);

/** Any object; a list is not one. */
export const object: Rule<JsonObject> = { accepts: isObject, takes: 'an object' };

/** Any list. */
export const list: Rule<Json[]> = { accepts: Array.isArray, takes: 'a list' };

/** A list whose items all fit a rule. */
export const listOf = <Value>(item: Rule<Value>): Rule<Value[]> => ({
	accepts: (value) => Array.isArray(value) && value.every(item.accepts),
	takes: `a list of ${item.takes}`,
});

/** What fits either of two rules. */
export const either = <One, Other>(one: Rule<One>, other: Rule<Other>): Rule<One | Other> => ({
	accepts: (value) => one.accepts(value) || other.accepts(value),
	takes: `${one.takes}, or ${other.takes}`,
});

/** What fits the rule, or null. */
export const orNull = <Value>(rule: Rule<Value>): Rule<Value | null> => either(rule, oneOf(null));

/** An object with the required keys and no keys but those of the table. */
export const entry = <Table extends Rules, Required extends keyof Table & string = never>(
	table: Table,
	...required: Required[]
): Rule<Partial<Values<Table>> & Pick<Values<Table>, Required>> => ({
	accepts: (value) =>
		isObject(value) &&
		required.every((name) => Object.hasOwn(value, name)) &&
		Object.entries(value).every(([name, part]) => ruleNamed(table, name)?.accepts(part) === true),
	takes: `{ ${Object.keys(table)
		.map((name) => ((required as string[]).includes(name) ? name : `${name}?`))
		.join(', ')} }`,
});

/** The rule of that name. A name that every object inherits, such as `toString`, has none. */
function ruleNamed(table: Rules, name: string): Rule<unknown> | undefined {
	return Object.hasOwn(table, name) ? table[name] : undefined;
}

/**
 * The given options or switches (`kind` says which), checked. Throws when one has a name that the vendor does not
 * know or a value that does not fit.
 */
export function checked<Table extends Rules>(
	vendor: string,
	kind: 'seed option' | 'switch',
	table: Table,
	given: JsonObject,
): Partial<Values<Table>> {
	for (const [name, value] of Object.entries(given)) {
		const rule = ruleNamed(table, name);
		if (!rule) throw new Error(`${vendor} has no ${kind} named ${name}`);
		if (!rule.accepts(value)) {
			throw new Error(`${vendor} ${kind} ${name} cannot be ${JSON.stringify(value)}: it takes ${rule.takes}`);
		}
	}
	return given as Partial<Values<Table>>;
}
