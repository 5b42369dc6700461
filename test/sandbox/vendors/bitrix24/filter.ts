import { isDropped } from '../../core/dropFilters.ts';
import type { Json } from '../../core/emulator.ts';
import { arrayEntries, arrayValues, intval, strval } from './php.ts';
import type { Switches } from './switches.ts';
import { parseDate } from './time.ts';

/** One field of a list. */
export interface Column<Row> {
	name: string;
	type: 'text' | 'int' | 'date';
	value: (row: Row) => string | number | null;
	/** How the value is written; without it, numbers as text and null as null. */
	output?: (row: Row) => Json;
	/** May only be selected. */
	outputOnly?: true;
	/** Before main 24.200.300 the server makes an empty text of ISO dates for this field, without an error. */
	lostInOld?: true;
}

/** How one list reads filters. */
export interface FilterStyle {
	generation: Switches['generation'];
	/** Text without an operator is a LIKE mask. */
	masks: boolean;
	/** Fields whose conditions are overlooked, as the switch `dropFilters` names them. */
	dropFilters: readonly string[];
}

/** One condition of a filter. */
export interface Condition<Row> {
	column: Column<Row>;
	operator: string;
	given: Json;
	test: (row: Row) => boolean;
}

const OLD_OPERATOR = /^(<=|>=|!|<|>)?(.*)$/s;
const NEW_OPERATOR = /^(<=|>=|!=|!|=|<|>)?(.*)$/s;

const isNegative = (operator: string): boolean => operator.startsWith('!');
const isOrder = (operator: string): boolean => operator.startsWith('<') || operator.startsWith('>');

function ordered(operator: string, difference: number): boolean {
	switch (operator) {
		case '<':
			return difference < 0;
		case '<=':
			return difference <= 0;
		case '>':
			return difference > 0;
		case '>=':
			return difference >= 0;
		default:
			return difference === 0;
	}
}

/** A backslash protects the character behind it, and is itself lost. */
function like(mask: string): RegExp {
	const pattern = mask.replace(/\\(.)|[%_]|[^%_\\]+|\\$/gs, (part, quoted?: string) => {
		if (part === '%') return '.*';
		if (part === '_') return '.';
		return (quoted ?? part).replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
	});
	return new RegExp(`^${pattern}$`, 'is');
}

const compareText = (a: string, b: string): number => {
	const [left, right] = [a.toLowerCase(), b.toLowerCase()];
	return left < right ? -1 : Number(left > right);
};

function equals<Row>(
	column: Column<Row>,
	value: string | number | null,
	given: Json,
	mask: boolean,
): boolean {
	if (given === '' || given === null) return value === null || value === '';
	switch (column.type) {
		case 'int': {
			const wanted = intval(given);
			return value === wanted || (wanted === 0 && value === null);
		}
		case 'date':
			return value === parseDate(strval(given));
		case 'text': {
			if (value === null) return false;
			const text = strval(given);
			if (mask && !/^\d+$/.test(text)) return like(text).test(String(value));
			return compareText(String(value), text) === 0;
		}
	}
}

/** What is left of a value by the time that the database sees it. */
function converted<Row>({ lostInOld }: Column<Row>, given: Json, { generation }: FilterStyle): Json {
	const isLost = lostInOld && generation === 'old' && !Number.isNaN(parseDate(strval(given)));
	return isLost ? '' : given;
}

function compare<Row>(
	column: Column<Row>,
	value: string | number | null,
	operator: string,
	given: Json,
): boolean {
	if (value === null) return false;
	if (column.type === 'text') return ordered(operator, compareText(String(value), strval(given)));
	if (column.type === 'int') return ordered(operator, Number(value) - intval(given));
	// The database takes an empty text for a moment before all others.
	return ordered(operator, given === '' ? Infinity : Number(value) - parseDate(strval(given)));
}

function condition<Row>(
	column: Column<Row>,
	operator: string,
	given: Json,
	style: FilterStyle,
): Condition<Row> {
	const test = (row: Row): boolean => {
		const value = column.value(row);
		if (isOrder(operator)) return compare(column, value, operator, converted(column, given, style));
		const any = arrayValues(given);
		// A mask belongs to a bare value: with a list or an explicit equals sign the match is exact.
		const mask = style.masks && !any && (operator === '' || operator === '!');
		const hit = (any ?? [given]).some((one) => equals(column, value, converted(column, one, style), mask));
		return isNegative(operator) ? !hit : hit;
	};
	return { column, operator, given, test };
}

/**
 * The conditions of a FILTER. A key that is no operator and known field is skipped without an error;
 * only the documentation of 2026 knows `=`, `!=` and names in any case.
 */
export function readFilter<Row>(
	filter: Json | undefined,
	columns: Array<Column<Row>>,
	style: FilterStyle,
): Array<Condition<Row>> {
	const documented = style.generation === 'docs2026';
	const conditions: Array<Condition<Row>> = [];
	for (const [key, given] of arrayEntries(filter) ?? []) {
		const match = (documented ? NEW_OPERATOR : OLD_OPERATOR).exec(key);
		const name = documented ? match?.[2]?.toUpperCase() : match?.[2];
		const column = columns.find((entry) => entry.name === name && !entry.outputOnly);
		if (!column || isDropped(style.dropFilters, column.name)) continue;
		conditions.push(condition(column, match?.[1] ?? '', given, style));
	}
	return conditions;
}
