import { isDropped } from '../../core/dropFilters.ts';
import type { Json, JsonObject } from '../../core/emulator.ts';
import { Refusal } from './envelope.ts';
import type { FaultyFilter, Switches } from './switches.ts';
import type { User } from './users.ts';

/** One entry of `filter_criteria.filter`. */
export interface Criterion {
	field?: string;
	value?: string;
	value2?: string;
	condition_type?: string;
}

export interface Filters {
	filter_condition?: string;
	filter_criteria?: { join?: string; filter?: Criterion[] };
}

type Test = (row: JsonObject) => boolean;

const SIMPLE = /^\s*(\w+)\s*=(.*)$/s;

// "Fetch BP Record List" allows the simple filter for these elements only.
const SIMPLE_FIELDS = ['end_date', 'record_no', 'status'];

/** Applies both filter forms; a row has to pass each form that was sent. */
export function filterRows(
	rows: JsonObject[],
	filters: Filters,
	dateOrder: User['dateOrder'],
	switches: Switches,
): JsonObject[] {
	const { filter_condition: condition, filter_criteria: criteria } = read(filters, switches.dropFilters);
	let kept = rows;
	if (condition !== undefined) {
		const test = simpleTest(condition) ?? faulty(switches.faultySimpleFilter);
		kept = kept.filter(test);
	}
	if (criteria !== undefined) {
		const known = new Set(rows.flatMap((row) => Object.keys(row)));
		const test = criteriaTest(criteria, known, dateOrder) ?? faulty(switches.faultyCriteria);
		kept = kept.filter(test);
	}
	return kept;
}

/** What is left of the filters without those on overlooked elements. */
function read({ filter_condition, filter_criteria }: Filters, dropFilters: string[]): Filters {
	const readable = (field = ''): boolean => !isDropped(dropFilters, field);
	const all = filter_criteria?.filter ?? [];
	const left = all.filter(({ field }) => readable(field));
	const overlooked = left.length === 0 && (all.length > 0 || !readable());
	return {
		...(filter_condition !== undefined &&
			readable(SIMPLE.exec(filter_condition)?.[1]) && { filter_condition }),
		...(filter_criteria && !overlooked && { filter_criteria: { ...filter_criteria, filter: left } }),
	};
}

function faulty(answer: FaultyFilter): Test {
	if (answer === 'refuse') throw new Refusal(811);
	return () => answer === 'all';
}

function simpleTest(condition: string): Test | undefined {
	const [, field, value] = SIMPLE.exec(condition) ?? [];
	if (field === undefined || value === undefined || !SIMPLE_FIELDS.includes(field)) return undefined;
	return (row) => textOf(row[field]) === value.trim();
}

function criteriaTest(
	{ join = 'AND', filter = [] }: { join?: string; filter?: Criterion[] },
	known: Set<string>,
	dateOrder: User['dateOrder'],
): Test | undefined {
	const all = join.toUpperCase() === 'AND';
	if (filter.length === 0 || (!all && join.toUpperCase() !== 'OR')) return undefined;
	const tests: Test[] = [];
	for (const criterion of filter) {
		const test = criterionTest(criterion, known, dateOrder);
		if (!test) return undefined;
		tests.push(test);
	}
	return (row) => (all ? tests.every((test) => test(row)) : tests.some((test) => test(row)));
}

function criterionTest(
	{ field, value, value2, condition_type: type }: Criterion,
	known: Set<string>,
	dateOrder: User['dateOrder'],
): Test | undefined {
	if (field === undefined || value === undefined || !known.has(field)) return undefined;
	if (type === 'eq') return (row) => textOf(row[field]) === value;
	if (type === 'like') {
		const pattern = likePattern(value);
		return (row) => pattern.test(textOf(row[field]));
	}
	if (type !== 'range' || value2 === undefined) return undefined;
	const from = comparable(value, dateOrder);
	const to = comparable(value2, dateOrder);
	if (from === undefined || to === undefined) return undefined;
	return (row) => {
		const at = comparable(textOf(row[field]), dateOrder);
		return at !== undefined && at >= from && at <= to;
	};
}

function likePattern(value: string): RegExp {
	const escaped = value.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
	if (!/[%_]/.test(value)) return new RegExp(escaped, 's');
	return new RegExp(`^${escaped.replaceAll('%', '.*').replaceAll('_', '.')}$`, 's');
}

const textOf = (value: Json | undefined): string =>
	value === undefined || value === null
		? ''
		: typeof value === 'object'
			? JSON.stringify(value)
			: String(value);

/** A number or a moment; days and months stand in the order of the user's own date format. */
function comparable(text: string, dateOrder: User['dateOrder']): number | undefined {
	if (text.trim() !== '' && Number.isFinite(Number(text))) return Number(text);
	const parts = /^(\d{1,4})[-/](\d{1,2})[-/](\d{1,4})(?: (\d{1,2}):(\d{2})(?::(\d{2}))?)?$/.exec(text.trim());
	if (!parts) return undefined;
	const [a = 0, b = 0, c = 0, hours = 0, minutes = 0, seconds = 0] = parts
		.slice(1)
		.map((part: string | undefined) => Number(part ?? 0));
	const [year, month, day] = a > 31 ? [a, b, c] : dateOrder === 'dmy' ? [c, b, a] : [c, a, b];
	return Date.UTC(year, month - 1, day, hours, minutes, seconds);
}
