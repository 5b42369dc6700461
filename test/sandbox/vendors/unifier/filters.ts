import { isDropped } from '../../core/dropFilters.ts';
import type { Json, JsonObject } from '../../core/emulator.ts';
import { Refusal } from './envelope.ts';
import type { DateFormat, FaultyFilter, Switches } from './switches.ts';
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

/** How dates are written: in exactly one format, or in any that fits the order of the user. */
type Dates = User['dateOrder'] | DateFormat;

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
		const test =
			criteriaTest(criteria, known, switches.dateFormat ?? dateOrder) ?? faulty(switches.faultyCriteria);
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
	dates: Dates,
): Test | undefined {
	const all = join.toUpperCase() === 'AND';
	if (filter.length === 0 || (!all && join.toUpperCase() !== 'OR')) return undefined;
	const tests: Test[] = [];
	for (const criterion of filter) {
		const test = criterionTest(criterion, known, dates);
		if (!test) return undefined;
		tests.push(test);
	}
	return (row) => (all ? tests.every((test) => test(row)) : tests.some((test) => test(row)));
}

function criterionTest(
	{ field, value, value2, condition_type: type }: Criterion,
	known: Set<string>,
	dates: Dates,
): Test | undefined {
	if (field === undefined || value === undefined || !known.has(field)) return undefined;
	if (type === 'eq') return (row) => textOf(row[field]) === value;
	if (type === 'like') {
		const pattern = likePattern(value);
		return (row) => pattern.test(textOf(row[field]));
	}
	if (type !== 'range' || value2 === undefined) return undefined;
	const from = comparable(value, dates);
	const to = comparable(value2, dates);
	if (from === undefined || to === undefined) return undefined;
	return (row) => {
		const at = comparable(textOf(row[field]), dates);
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
function comparable(text: string, dates: Dates): number | undefined {
	if (text.trim() !== '' && Number.isFinite(Number(text))) return Number(text);
	const [, date = '', ...time] =
		/^(\S+)(?: (\d{1,2}):(\d{2})(?::(\d{2}))?(?: ([AP]M))?)?$/.exec(text.trim()) ?? [];
	const day = dates === 'dmy' || dates === 'mdy' ? dayInOrder(date, dates) : dayInFormat(date, dates);
	if (day === undefined) return undefined;
	const [hours = 0, minutes = 0, seconds = 0] = time.slice(0, 3).map((part?: string) => Number(part ?? 0));
	const half = time[3] === undefined ? hours : (hours % 12) + (time[3] === 'PM' ? 12 : 0);
	return day + ((half * 60 + minutes) * 60 + seconds) * 1000;
}

function dayInOrder(date: string, order: User['dateOrder']): number | undefined {
	const parts = /^(\d{1,4})[-/](\d{1,2})[-/](\d{1,4})$/.exec(date)?.slice(1).map(Number);
	if (!parts) return undefined;
	const [a = 0, b = 0, c = 0] = parts;
	const [year, month, day] = a > 31 ? [a, b, c] : order === 'dmy' ? [c, b, a] : [c, a, b];
	return Date.UTC(year, month - 1, day);
}

const MONTHS = 'JanFebMarAprMayJunJulAugSepOctNovDec';

/** How each part of a format is written. `M` and `D` are one digit or two, as needed. */
const PARTS: Record<string, string> = {
	YYYY: String.raw`(\d{4})`,
	YY: String.raw`(\d{2})`,
	MMM: '([A-Z][a-z]{2})',
	MM: String.raw`(\d{2})`,
	M: String.raw`([1-9]\d?)`,
	DD: String.raw`(\d{2})`,
	D: String.raw`([1-9]\d?)`,
};

function dayInFormat(date: string, format: DateFormat): number | undefined {
	const names = format.split(/[-/.]/);
	const pattern = names
		.map((name) => PARTS[name])
		.join(String.raw`[${format.replace(/[^-/.]/g, '').slice(0, 1)}]`);
	const values = new RegExp(`^${pattern}$`).exec(date)?.slice(1);
	if (!values) return undefined;
	const valueOf = (letter: string): string =>
		values[names.findIndex((name) => name.startsWith(letter))] ?? '';
	const year = Number(valueOf('Y')) + (valueOf('Y').length === 2 ? 2000 : 0);
	const named = valueOf('M');
	const month = /^\d/.test(named) ? Number(named) - 1 : MONTHS.indexOf(named) / 3;
	if (!Number.isInteger(month) || month < 0 || month > 11) return undefined;
	return Date.UTC(year, month, Number(valueOf('D')));
}
