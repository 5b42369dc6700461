import { found } from '../../core/http/readResult';
import { sentParts } from '../../core/queries/criteria';
import type { Criterion } from '../../core/queries/criteria';
import type { Display } from '../../core/queries/display';
import type { ListQuery, PageIterator, PageRequest, PageResult } from '../../core/queries/list';
import { asText } from '../../core/util/json';
import type { JsonRecord } from '../../core/util/json';
import { encodeForUrl } from '../../core/util/url';
import { definitionPath, versionsOf } from './definitions';
import { REQUESTS_IN_FLIGHT, showInstance, NOUN, TIME_STEP_MS, timeOf, timeText } from './instance';
import type { InstanceState } from './instance';
import { isFullPage, MAX_LIMIT, restOfPages } from './offsets';
import { readRows } from './responses';

/**
 * What "List instances" can be asked for, besides the definition. Times in epoch milliseconds, whole hundredths of
 * a second, both ends included. Without a version the node asks for all of them.
 */
export interface ListParameters {
	version?: number;
	status?: InstanceState;
	startTimeFrom?: number;
	startTimeTo?: number;
}

/** What a Get Many asks for. */
export interface InstanceListQuery extends Display {
	definitionId: string;
	criteria: ReadonlyArray<Criterion<ListParameters>>;
}

/** What all pages of one list have in common. */
type ListScope = ListParameters & Pick<InstanceListQuery, 'definitionId' | keyof Display>;

/** Which part of one version's list a request is for. */
interface PageWindow {
	version: number | undefined;
	startTimeTo: number | undefined;
	limit: number;
	offset?: number;
}

/** 8x8 Automation, "List instances", of one definition: the latest version first, and of each the newest first. */
export const instanceList: ListQuery<InstanceListQuery> = {
	noun: NOUN,
	requestsInFlight: REQUESTS_IN_FLIGHT,
	pages: instancePages,
	idOf: (row) => asText(row['workflowId']),
	sorting: {
		startOf: (row) => timeOf(row['startedAt']),
		isPaged: (order) => order === 'newestFirst',
	},
	show: (row, { definitionId, isSimple }) => showInstance(row, { definitionId, isSimple }),
};

/** The criterion that every list has. The definition is part of the path, so there is no parameter to send. */
export function inDefinition(definitionId: string): Criterion<ListParameters> {
	return {
		displayName: 'Definition',
		sent: {},
		isVague: true,
		passes: (row) => isSameId(asText(row['definitionId']) ?? definitionId, definitionId),
	};
}

/** UUIDs are the same in capitals. */
export function isSameId(one: string, other: string): boolean {
	return one.toLowerCase() === other.toLowerCase();
}

/**
 * The pages of the list, for each version of the definition, the latest first: without a version 8x8 lists the
 * instances of the latest one only, while those of older ones go on.
 */
export function* instancePages(
	{ definitionId, criteria, isSimple, selection }: InstanceListQuery,
	wanted: number | undefined,
): PageIterator {
	const scope: ListScope = Object.assign(
		{ definitionId, isSimple, selection },
		...sentParts(criteria),
	) as ListScope;
	if (scope.version !== undefined) {
		const { seen } = yield* versionPages(scope, scope.version, wanted);
		// Nothing is also what 8x8 lists of a definition that does not exist.
		if (seen === 0) yield* versionsOf(definitionId);
		return undefined;
	}
	let remaining = wanted;
	for (const version of yield* versionsOf(definitionId)) {
		({ remaining } = yield* versionPages(scope, version, remaining));
	}
	return undefined;
}

/**
 * The list is in order of start, the newest first, so each page ends the time window of the next one. What
 * vanishes or starts meanwhile moves nothing; paging by offset would skip as many instances as have vanished.
 * Returns what the last page left: how many are still wanted, and how many have been seen.
 */
function* versionPages(
	scope: ListScope,
	version: number | undefined,
	wanted: number | undefined,
): Generator<PageRequest, { remaining: number | undefined; seen: number }, PageResult> {
	let { startTimeTo } = scope;
	for (let limit = Math.min(wanted ?? MAX_LIMIT, MAX_LIMIT); ; limit = MAX_LIMIT) {
		const { rows, newRows, remaining, seen } = yield pageRequest(scope, { version, startTimeTo, limit });
		if (!isFullPage(rows, limit)) return { remaining, seen };
		const next = endOfNext(rows, startTimeTo);
		const isStuck = next === startTimeTo;
		// All rows are known from other versions: 8x8 ignores the version, and everything has been listed.
		if (!isStuck && newRows === 0) return { remaining, seen };
		if (isStuck && limit === MAX_LIMIT) {
			yield* pagesByOffset(scope, { version, startTimeTo, limit }, rows);
			return { remaining, seen };
		}
		startTimeTo = next;
	}
}

/** For rows that time does not separate: too many started at once, or the server ignores the window. */
function* pagesByOffset(
	scope: ListScope,
	window: PageWindow,
	first: readonly JsonRecord[],
): Generator<PageRequest, void, PageResult> {
	yield* restOfPages(
		{
			request: (offset) => pageRequest(scope, { ...window, offset }),
			keyOf: (row) => asText(row['workflowId']) ?? '',
			mayShift: true,
		},
		first,
	);
}

/**
 * The end of the next page's window. It stays the same where the rows are not in the documented order, or later
 * than asked for. The last row's time was cut off, so others of the same hundredth of a second may follow it.
 */
export function endOfNext(rows: readonly JsonRecord[], end: number | undefined): number | undefined {
	const starts = rows.map((row) => timeOf(row['startedAt']) ?? NaN);
	const isInOrder = starts.every((start, index) => start <= (starts[index - 1] ?? end ?? Infinity));
	if (!isInOrder) return end;
	const next = (starts.at(-1) ?? NaN) + TIME_STEP_MS;
	return end === undefined || next < end ? next : end;
}

/** One page of "List instances". */
export function pageRequest(
	{ definitionId, status, startTimeFrom, isSimple, selection }: ListScope,
	{ version, startTimeTo, limit, offset = 0 }: PageWindow,
): PageRequest {
	const query = [
		`limit=${limit}`,
		...(offset > 0 ? [`offset=${offset}`] : []),
		...(version === undefined ? [] : [`version=${version}`]),
		...(status === undefined ? [] : [`status=${status}`]),
		...(startTimeFrom === undefined ? [] : [`startTimeFrom=${encodeForUrl(timeText(startTimeFrom))}`]),
		...(startTimeTo === undefined ? [] : [`startTimeTo=${encodeForUrl(timeText(startTimeTo))}`]),
	];
	return {
		request: { method: 'GET', path: `${definitionPath(definitionId)}/workflows?${query.join('&')}` },
		read: (response) => {
			const result = readRows(response);
			if (result.kind !== 'found') return result;
			const showsData = selection ? selection.fields.includes('data') : !isSimple;
			return found({ rows: showsData ? result.value : result.value.map(withoutData) });
		},
	};
}

/** What a workflow was started with is most of its bulk, and personal; it is not kept where it is not shown. */
function withoutData({ data: _data, ...rest }: JsonRecord): JsonRecord {
	return rest;
}
