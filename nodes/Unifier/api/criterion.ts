import { anyOf } from '../../core/queries/criteria';
import type { Criterion } from '../../core/queries/criteria';
import type { JsonRecord } from '../../core/util/json';
import { omit } from '../../core/util/omit';
import { isAfter, isBefore, isBetween, isDate, possibleOrders } from './dates';
import type { DateOrder } from './dates';
import { asNumber, hasSeparators, haveSameDigits, isLike, isSameValue } from './values';

/** How Unifier can be asked to compare an element; these are the documented names ("Fetch BP Record List"). */
export type ConditionType = 'eq' | 'like' | 'range';

/** One entry of `filter_criteria` ("Fetch BP Record List"); `range` has two values. */
export interface WireFilter {
	field: string;
	value: string;
	value2?: string;
	condition_type: ConditionType;
}

/** Entries that are sent together, joined by OR. */
export interface AnyOf {
	anyOf: readonly WireFilter[];
}

/** What Unifier is asked for by one criterion. All of them are joined by AND; an `AnyOf` is sent alone. */
export type SentFilter = WireFilter | AnyOf;

/** How an element may be compared. The dates in `before` and `after` are excluded; Unifier has no such condition. */
export const CONDITION_TYPES = ['eq', 'like', 'range', 'before', 'after'] as const;

/** A condition on one element of a record. */
export interface Condition extends Omit<WireFilter, 'condition_type'> {
	type: (typeof CONDITION_TYPES)[number];
	/** Set if the user has chosen the format of the dates. */
	dateOrder?: DateOrder;
	/** `_` in a pattern stands for itself. */
	isUnderscorePlain?: true;
}

/** A row of a list: a record, and how its dates may be read, which only the whole list shows. */
export type ListedRecord = Readonly<{
	record: JsonRecord;
	dateOrders: readonly DateOrder[];
}>;

/** A criterion of a list of records. */
export interface RecordCriterion extends Criterion<SentFilter> {
	/** On the elements that it looks at. */
	conditions: readonly Condition[];
	judge: (row: ListedRecord) => Judgement;
}

/** Whether a record meets a criterion. */
export type Judgement =
	| boolean
	/** The answer depends on which part of a date comes first, and nothing in the list shows which. */
	| 'ambiguous'
	/** The value is neither a date nor a number that the node can read. */
	| 'unreadable';

/** Elements whose values are names, even if they look like numbers. */
const NAMES: readonly string[] = ['record_no', 'status'];

/** A criterion that Unifier is asked to apply, where it can be, and that the node checks again. */
export function elementCriterion(displayName: string, condition: Condition): RecordCriterion {
	const sent = wireFilterOf(condition);
	return {
		displayName,
		conditions: [condition],
		...(sent && { sent }),
		...(isAnyText(condition) && { isVague: true }),
		judge: (row) => judge(row, condition),
		passes: (row) => passed(judge(listedRecord(row), condition)),
		nearMiss: (row) => nearMiss(listedRecord(row).record, condition),
	};
}

/** A pattern of wildcards alone. */
function isAnyText({ type, value, isUnderscorePlain }: Condition): boolean {
	return type === 'like' && (isUnderscorePlain ? /^%+$/ : /^[%_]+$/).test(value);
}

/** Which judgement counts if one of several criteria has to be met. */
const STRONGEST_FIRST = [true, 'ambiguous', 'unreadable'] as const;

/** A criterion that a record meets by meeting any of these. Unifier is asked for it only if it can be asked for all of them. */
export function anyCriterion(displayName: string, criteria: readonly RecordCriterion[]): RecordCriterion {
	const conditions = criteria.flatMap((criterion) => criterion.conditions);
	const filters = conditions.flatMap((condition) => wireFilterOf(condition) ?? []);
	const sent = filters.length === conditions.length ? { anyOf: filters } : undefined;
	const judgeAny = (row: ListedRecord): Judgement => {
		const judgements = criteria.map((criterion) => criterion.judge(row));
		return STRONGEST_FIRST.find((one) => judgements.includes(one)) ?? false;
	};
	return { ...anyOf(displayName, sent, criteria), conditions, judge: judgeAny };
}

/** The same criterion, tested by the node alone. */
export function testedHere(criterion: RecordCriterion): RecordCriterion {
	return omit(criterion, 'sent');
}

function wireFilterOf({ type, field, value, value2 }: Condition): WireFilter | undefined {
	if (type === 'before' || type === 'after') return undefined;
	return { field, value, ...(value2 !== undefined && { value2 }), condition_type: type };
}

function passed(judgement: Judgement): boolean | undefined {
	return typeof judgement === 'boolean' ? judgement : undefined;
}

/** The row of a list as `recordList` makes it. */
export function listedRecord(row: JsonRecord): ListedRecord {
	return row as unknown as ListedRecord;
}

/** The orders in which the dates of a list can be read, as far as these conditions look at them. */
export function dateOrdersOf(
	conditions: readonly Condition[],
	records: readonly JsonRecord[],
): readonly DateOrder[] {
	const texts = conditions.filter(isOnDates).flatMap(({ field, value, value2 = '' }) => {
		return [value, value2, ...records.flatMap((record) => textOf(record[field]) ?? [])];
	});
	return possibleOrders(texts);
}

/** Whether a record meets a condition. One without the element is not what Unifier was asked for. */
function judge({ record, dateOrders }: ListedRecord, condition: Condition): Judgement {
	const { field, type, value, value2 = '', dateOrder } = condition;
	const text = textOf(record[field]);
	// If Unifier was not asked for this, such records may be in the list.
	if (text === undefined) return wireFilterOf(condition) ? false : 'unreadable';
	if (type === 'eq') return NAMES.includes(field) ? text === value : isSameValue(text, value);
	if (type === 'like') return isLike(text, value, condition.isUnderscorePlain ? '' : '_');
	if (!isOnDates(condition)) {
		const number = numberIn(record[field]);
		return number === undefined ? 'unreadable' : isWithin(number, asNumber(value), asNumber(value2));
	}
	if (!isDate(text)) return 'unreadable';
	const orders = dateOrder ? [dateOrder] : dateOrders;
	const results = new Set(orders.map((order) => compareDates(text, condition, order)));
	const [result] = results;
	return results.size === 1 ? (result ?? 'unreadable') : 'ambiguous';
}

function compareDates(
	text: string,
	{ type, value, value2 = '' }: Condition,
	order: DateOrder,
): boolean | undefined {
	if (type === 'before') return isBefore(text, value, order);
	return type === 'after' ? isAfter(text, value, order) : isBetween(text, value, value2, order);
}

/** Why a record that does not meet a condition may still be meant. */
function nearMiss(record: JsonRecord, { field, type, value }: Condition): string | undefined {
	const text = textOf(record[field]) ?? '';
	if (type !== 'like' && !NAMES.includes(field) && asNumber(value) !== undefined && hasSeparators(text)) {
		const mayMeetIt = type !== 'eq' || haveSameDigits(text, value);
		return mayMeetIt ? 'whose value is a number with separators' : undefined;
	}
	const isInOtherCase = type === 'eq' && text !== value && text.toLowerCase() === value.toLowerCase();
	return isInOtherCase ? 'whose value differs only in letter case' : undefined;
}

/** Whether a condition is one on dates. */
export function isOnDates({ type, value }: Condition): boolean {
	if (type === 'before' || type === 'after') return true;
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
