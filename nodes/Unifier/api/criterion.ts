import type { Criterion } from '../../core/queries/criteria';
import type { JsonRecord } from '../../core/util/json';
import { isBetween, isDate, possibleOrders } from './dates';
import type { DateOrder } from './dates';

/** How an element may be compared; of the names that Unifier uses these three are documented ("Fetch BP Record List"). */
export const CONDITION_TYPES = ['eq', 'like', 'range'] as const;

/** One entry of `filter_criteria` ("Fetch BP Record List"); `range` has two values. */
export interface WireFilter {
	field: string;
	value: string;
	value2?: string;
	condition_type: (typeof CONDITION_TYPES)[number];
}

/** A row of a list: a record and, because that takes the whole list to know, how its dates may be read. */
export type ListedRecord = Readonly<{
	record: JsonRecord;
	dateOrders: readonly DateOrder[];
}>;

/** Elements whose values are names, even if they look like numbers. */
const NAMES: readonly string[] = ['record_no', 'status'];

/** The criterion that Unifier is asked to apply, and that the node checks again. */
export function elementCriterion(displayName: string, sent: WireFilter): Criterion<WireFilter> {
	return {
		displayName,
		sent,
		passes: (row) => {
			const { record, dateOrders } = listedRecord(row);
			const met = meets(record, sent, dateOrders);
			return met === 'unreadable' ? undefined : met === true;
		},
	};
}

/** The row of a list as `recordList` makes it. */
export function listedRecord(row: JsonRecord): ListedRecord {
	return row as unknown as ListedRecord;
}

/** The orders of day and month in which the dates of a list can be read, as far as these filters look at them. */
export function dateOrdersOf(
	filters: readonly WireFilter[],
	records: readonly JsonRecord[],
): readonly DateOrder[] {
	const texts = filters.filter(isDateRange).flatMap(({ field, value, value2 = '' }) => {
		return [value, value2, ...records.flatMap((record) => textOf(record[field]) ?? [])];
	});
	return possibleOrders(texts);
}

/** Why nobody can say whether a record meets a filter. */
type Undecided =
	/** The answer depends on whether the day or the month comes first, and nothing in the list shows which. */
	| 'ambiguous'
	/** The value is neither a date nor a number that the node can read. */
	| 'unreadable';

/** Whether a record meets a filter. A record without the element does not. */
export function meets(
	record: JsonRecord,
	filter: WireFilter,
	orders: readonly DateOrder[],
): boolean | Undecided {
	const { field, value, value2 = '', condition_type: type } = filter;
	const text = textOf(record[field]);
	if (text === undefined) return false;
	if (type === 'eq') return NAMES.includes(field) ? text === value : isSameValue(text, value);
	if (type === 'like') return isLike(text, value);
	if (!isDateRange(filter)) {
		const number = numberIn(record[field]);
		return number === undefined ? 'unreadable' : isWithin(number, asNumber(value), asNumber(value2));
	}
	if (!isDate(text)) return 'unreadable';
	const results = new Set(orders.map((order) => isBetween(text, value, value2, order)));
	const [result] = results;
	return results.size === 1 && result !== undefined ? result : 'ambiguous';
}

function isDateRange({ value, condition_type: type }: WireFilter): boolean {
	return type === 'range' && asNumber(value) === undefined;
}

function numberIn(value: unknown): number | undefined {
	return typeof value === 'number' ? value : asNumber(textOf(value) ?? '');
}

function isWithin(number: number, from?: number, to?: number): boolean {
	return number >= (from ?? NaN) && number <= (to ?? NaN);
}

/** A value of a record as trimmed text; undefined when it is empty or more than one. */
function textOf(value: unknown): string | undefined {
	if (typeof value === 'number' || typeof value === 'boolean') return String(value);
	if (typeof value !== 'string') return undefined;
	return value.trim() === '' ? undefined : value.trim();
}

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

/** Whether a text contains SQL wildcards. */
export function hasWildcards(text: string): boolean {
	return /[%_]/.test(text);
}

/**
 * Whether a text matches a pattern with SQL wildcards (`%` any text, `_` one character); without a wildcard, whether it
 * contains the pattern. Letter case does not count. Takes time in proportion to the product of both lengths at most.
 */
export function isLike(text: string, pattern: string): boolean {
	if (!hasWildcards(pattern)) return text.toLowerCase().includes(pattern.toLowerCase());
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
