import { refuse } from './errors.ts';
import { STATUSES } from './model.ts';
import type { Instance, Status } from './model.ts';
import type { Switches } from './switches.ts';
import { parseTime } from './time.ts';

/** A parsed query string; a repeated name gives a list. */
export type Query = Record<string, unknown>;

const MAX_LIMIT = 500;
const DEFAULT_LIMIT = 100;

function single(query: Query, name: string): string | undefined {
	const value = query[name];
	if (value === undefined) return undefined;
	if (typeof value !== 'string') throw refuse.value(name);
	return value;
}

function integer(query: Query, name: string, minimum: number): number | undefined {
	const text = single(query, name);
	if (text === undefined) return undefined;
	if (!/^-?\d{1,9}$/.test(text) || Number(text) < minimum) throw refuse.range(name);
	return Number(text);
}

function limitOf(query: Query, outOfRange: Switches['limitOutOfRange']): number {
	const text = single(query, 'limit');
	if (text === undefined) return DEFAULT_LIMIT;
	const limit = /^-?\d{1,9}$/.test(text) ? Number(text) : NaN;
	if (limit >= 1 && limit <= MAX_LIMIT) return limit;
	if (outOfRange === 'refuse') throw refuse.range('limit');
	return Number.isNaN(limit) ? DEFAULT_LIMIT : Math.min(Math.max(limit, 1), MAX_LIMIT);
}

/** Which part of a list was asked for, as a function that cuts it out. */
export function pageOf(query: Query, settings: Switches): <Row>(rows: Row[]) => Row[] {
	const limit = limitOf(query, settings.limitOutOfRange);
	const offset = integer(query, 'offset', 0) ?? 0;
	const first = settings.offsetMode === 'page' ? offset * limit : offset;
	return (rows) => rows.slice(first, first + limit);
}

/** The `version` parameter; undefined when it is absent, which each operation reads in its own way. */
export function versionOf(query: Query): number | undefined {
	return integer(query, 'version', 1);
}

/** The filters of the instance list, joined by AND, both ends of the times included. */
export function filterOf(query: Query): (instance: Instance) => boolean {
	const status = single(query, 'status');
	if (status !== undefined && !STATUSES.includes(status as Status)) throw refuse.value('status');
	const time = (name: string, otherwise: number): number => {
		const text = single(query, name);
		if (text === undefined) return otherwise;
		const ms = parseTime(text);
		if (ms === undefined) throw refuse.value(name);
		return ms;
	};
	const from = time('startTimeFrom', -Infinity);
	const to = time('startTimeTo', Infinity);
	return (instance) =>
		(status === undefined || instance.status === status) &&
		instance.startedAt >= from &&
		instance.startedAt <= to;
}

/** The `includeLogs` parameter. */
export function includeLogsOf(query: Query): boolean {
	const text = single(query, 'includeLogs')?.toLowerCase() ?? 'false';
	if (text !== 'true' && text !== 'false') throw refuse.value('includeLogs');
	return text === 'true';
}
