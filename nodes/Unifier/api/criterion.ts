import { ParameterError } from '../../core/n8n/parameters/parameterError';
import type { JsonRecord } from '../../core/util/json';
import { asNumber, isLike, isSameValue } from './comparing';
import { isBetween, isDate, possibleOrders } from './dates';
import type { DateOrder } from './dates';

/** How an element may be compared; of the names that Unifier uses these three are documented ("Fetch BP Record List"). */
export const CONDITION_TYPES = ['eq', 'like', 'range'] as const;

/** One condition that records have to meet. */
export interface ElementCriterion {
	/** The filter's label, for messages. */
	displayName: string;
	/** As Unifier is asked for it. */
	wire: WireFilter;
}

/** Elements whose values are names, also where they look like numbers. */
const NAMES: readonly string[] = ['record_no', 'status'];

/**
 * A range as the filter takes it.
 *
 * @throws ParameterRefusal when its ends are neither two numbers nor two dates: then nobody could check what Unifier makes
 * of it
 */
export function rangeOf(displayName: string, field: string, value: string, value2: string): ElementCriterion {
	const areNumbers = asNumber(value) !== undefined && asNumber(value2) !== undefined;
	const areDates = isDate(value) && isDate(value2);
	if (!areNumbers && !areDates) {
		throw new ParameterError(
			`The range of the filter '${displayName}' has ends that are neither two numbers nor two dates`,
			'Write dates as Unifier shows them to the integration user, in digits, such as 2018/04/23 or 04/23/2018 11:06, and numbers without separators.',
		);
	}
	return { displayName, wire: { field, value, value2, condition_type: 'range' } };
}

/** The orders of day and month in which the dates of a list can be read, as far as these criteria look at them. */
export function dateOrdersOf(
	criteria: readonly ElementCriterion[],
	records: readonly JsonRecord[],
): readonly DateOrder[] {
	const texts = criteria.filter(isDateRange).flatMap(({ wire: { field, value, value2 = '' } }) => {
		return [value, value2, ...records.flatMap((record) => textOf(record[field]) ?? [])];
	});
	return possibleOrders(texts);
}

/**
 * Whether a record meets a criterion. One that lacks the element does not. Undefined where that depends on whether day or
 * month comes first, and nothing tells.
 */
export function meets(
	record: JsonRecord,
	criterion: ElementCriterion,
	orders: readonly DateOrder[],
): boolean | undefined {
	const { field, value, value2 = '', condition_type: type } = criterion.wire;
	const text = textOf(record[field]);
	if (text === undefined) return false;
	if (type === 'eq') return NAMES.includes(field) ? text === value : isSameValue(text, value);
	if (type === 'like') return isLike(text, value);
	if (!isDateRange(criterion)) return isWithin(numberIn(record[field]), asNumber(value), asNumber(value2));
	if (!isDate(text)) return false;
	const readings = new Set(orders.map((order) => isBetween(text, value, value2, order)));
	const [reading] = readings;
	return readings.size === 1 ? reading : undefined;
}

function isDateRange({ wire: { value, condition_type: type } }: ElementCriterion): boolean {
	return type === 'range' && asNumber(value) === undefined;
}

function numberIn(value: unknown): number | undefined {
	return typeof value === 'number' ? value : asNumber(textOf(value) ?? '');
}

function isWithin(number?: number, from?: number, to?: number): boolean {
	return number !== undefined && number >= (from ?? NaN) && number <= (to ?? NaN);
}

/** A value of a record as trimmed text; undefined when it is empty or more than one. */
function textOf(value: unknown): string | undefined {
	if (typeof value === 'number' || typeof value === 'boolean') return String(value);
	if (typeof value !== 'string') return undefined;
	return value.trim() === '' ? undefined : value.trim();
}

/** One entry of `filter_criteria` ("Fetch BP Record List"); `range` has two values. */
export interface WireFilter {
	field: string;
	value: string;
	value2?: string;
	condition_type: 'eq' | 'like' | 'range';
}
