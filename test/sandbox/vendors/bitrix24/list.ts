import type { Json, JsonObject } from '../../core/emulator.ts';
import { readFilter } from './filter.ts';
import type { Column, Condition, FilterStyle } from './filter.ts';
import type { Params } from './input.ts';
import { arrayEntries, arrayValues, strval } from './php.ts';
import { atom } from './time.ts';

export const PAGE_SIZE = 50;

/** What a list falls back to. */
export interface ListDefaults {
	select: string[];
	order: { name: string; descending: boolean };
}

/** The order of a list: any case, unknown names dropped, any direction but DESC means ascending. */
function sorter<Row>(
	params: Params,
	columns: Array<Column<Row>>,
	defaults: ListDefaults,
): (a: Row, b: Row) => number {
	const wanted = (arrayEntries(params['ORDER']) ?? []).map(([name, direction]) => ({
		name: name.toUpperCase(),
		descending: strval(direction).toUpperCase() === 'DESC',
	}));
	const byName = (list: typeof wanted) =>
		list.flatMap(({ name, descending }) => {
			const column = columns.find((entry) => entry.name === name && !entry.outputOnly);
			return column ? [{ column, descending }] : [];
		});
	const known = byName(wanted);
	const keys = known.length > 0 ? known : byName([defaults.order]);
	return (a, b) => {
		for (const { column, descending } of keys) {
			const [left, right] = [column.value(a), column.value(b)];
			if (left === right) continue;
			// Null sorts first, as in the vendor's database.
			const less = left === null || (right !== null && left < right);
			return less === descending ? 1 : -1;
		}
		return 0;
	};
}

/** The selected columns in the list's own order; the default when no known name is left. */
function selected<Row>(
	params: Params,
	columns: Array<Column<Row>>,
	defaults: ListDefaults,
): Array<Column<Row>> {
	const names = (arrayValues(params['SELECT']) ?? []).map((name) => strval(name).toUpperCase());
	const known = columns.filter(({ name }) => names.includes(name));
	return known.length > 0 ? known : columns.filter(({ name }) => defaults.select.includes(name));
}

function written<Row>(column: Column<Row>, row: Row): Json {
	if (column.output) return column.output(row);
	const value = column.value(row);
	if (value === null) return null;
	return column.type === 'date' ? atom(Number(value)) : String(value);
}

/** A list after filter and order, ready to be cut into pages. */
export interface Listed<Row> {
	rows: Row[];
	conditions: Array<Condition<Row>>;
	write: (row: Row) => JsonObject;
}

/** Filters, sorts and selects (pages of the three list methods). */
export function list<Row>(
	all: Row[],
	columns: Array<Column<Row>>,
	params: Params,
	defaults: ListDefaults,
	style: FilterStyle,
): Listed<Row> {
	const conditions = readFilter(params['FILTER'], columns, style);
	const rows = all
		.filter((row) => conditions.every(({ test }) => test(row)))
		.sort(sorter(params, columns, defaults));
	const fields = selected(params, columns, defaults);
	const write = (row: Row): JsonObject =>
		Object.fromEntries(fields.map((column) => [column.name, written(column, row)]));
	return { rows, conditions, write };
}
