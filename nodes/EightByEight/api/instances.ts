import type { Criterion } from '../../core/queries/criteria';
import type { PageRequest, PageResult, PageIterator, ListQuery } from '../../core/queries/list';
import { found } from '../../core/http/readResult';
import { encodeForUrl } from '../../core/util/url';
import { asText } from '../../core/util/json';
import type { JsonRecord } from '../../core/util/json';
import { definitionPath, versionsOf } from './definitions';
import type { InstanceState } from './instance';
import { isFullPage, MAX_LIMIT, restOfPages } from './offsets';
import { readRows } from './reading';
import { TIME_STEP_MS, timeOf, timeText, REQUESTS_IN_FLIGHT, THINGS, showInstance } from './instance';

/** What a list of workflows is asked for. Times in epoch milliseconds, whole hundredths of a second, both included. */
export interface InstanceQuery {
	definitionId: string;
	/** Left out: all of them. */
	version: number | undefined;
	status: InstanceState | undefined;
	startTimeFrom: number | undefined;
	startTimeTo: number | undefined;
	isSimple: boolean;
}

/** Which part of one version's list a request is for. */
interface Part {
	version: number | undefined;
	startTimeTo: number | undefined;
	limit: number;
	offset?: number;
}

/**
 * 8x8 Automation, "List instances", for each version of the definition, the latest first: without a version 8x8 lists the
 * instances of the latest one only, while those of older ones go on.
 */
export function* instancesWalk(query: InstanceQuery, wanted: number | undefined): PageIterator {
	if (query.version !== undefined) {
		yield* versionWalk(query, query.version, wanted);
		return;
	}
	const versions = yield* versionsOf(query.definitionId);
	let missing = wanted;
	// A definition that 8x8 does not know has no versions either; what that means its list of instances says.
	for (const version of versions.length > 0 ? versions : [undefined]) {
		missing = yield* versionWalk(query, version, missing);
	}
}

/**
 * The list is in order of start, the newest first, so each page ends the next one's window of time. What vanishes or starts
 * meanwhile moves nothing: who reads on by offset would skip as many as have vanished. Gives how many are still missing.
 */
function* versionWalk(
	query: InstanceQuery,
	version: number | undefined,
	wanted: number | undefined,
): Generator<PageRequest, number | undefined, PageResult> {
	let { startTimeTo } = query;
	for (let limit = Math.min(wanted ?? MAX_LIMIT, MAX_LIMIT); ; limit = MAX_LIMIT) {
		const { rows, newRows, remaining } = yield pageOf(query, { version, startTimeTo, limit });
		if (!isFullPage(rows, limit)) return remaining;
		const next = endOfNext(rows, startTimeTo);
		const isStuck = next === startTimeTo;
		// Known from other versions: 8x8 overlooks the version, and all have been listed.
		if (!isStuck && newRows === 0) return remaining;
		if (isStuck && limit === MAX_LIMIT) {
			yield* byOffset(query, { version, startTimeTo, limit }, rows);
			return remaining;
		}
		startTimeTo = next;
	}
}

/** Where time does not part the rows: more than a page of them started at once, or the server overlooks the window. */
function* byOffset(
	query: InstanceQuery,
	part: Part,
	first: readonly JsonRecord[],
): Generator<PageRequest, void, PageResult> {
	yield* restOfPages(
		{
			step: (offset) => pageOf(query, { ...part, offset }),
			keyOf: (row) => asText(row['workflowId']) ?? '',
			mayShift: true,
		},
		first,
	);
}

/**
 * The end of the next page's window; the same again where the rows are not in the documented order, or later than asked for.
 * The last row's time was cut off, so others of the same hundredth of a second may follow it.
 */
function endOfNext(rows: readonly JsonRecord[], end: number | undefined): number | undefined {
	const starts = rows.map((row) => timeOf(row['startedAt']) ?? NaN);
	const isInOrder = starts.every((start, index) => start <= (starts[index - 1] ?? end ?? Infinity));
	if (!isInOrder) return end;
	const next = (starts.at(-1) ?? NaN) + TIME_STEP_MS;
	return end === undefined || next < end ? next : end;
}

function pageOf(
	{ definitionId, status, startTimeFrom, isSimple }: InstanceQuery,
	{ version, startTimeTo, limit, offset = 0 }: Part,
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
			const reading = readRows(response);
			if (reading.kind !== 'found') return reading;
			return found({ rows: isSimple ? reading.value.map(withoutData) : reading.value });
		},
	};
}

/** What a workflow was started with is most of its bulk, and personal; nobody keeps what nobody shows. */
function withoutData({ data: _data, ...rest }: JsonRecord): JsonRecord {
	return rest;
}

/** The labels of the filters. */
export const FILTER = {
	startTimeFrom: 'Start Time From',
	startTimeTo: 'Start Time To',
	status: 'Status',
	version: 'Version',
} as const;

/** 8x8 Automation, "List instances", of one definition: the latest version first, and of each the newest first. */
export const instancesListing: ListQuery<InstanceQuery> = {
	noun: THINGS,
	requestsInFlight: REQUESTS_IN_FLIGHT,
	pages: instancesWalk,
	idOf: (row) => asText(row['workflowId']),
	criteria: checksOf,
	show: (row, { definitionId, isSimple }) => showInstance(row, { definitionId, isSimple }),
};

function checksOf({ definitionId, version, status, startTimeFrom, startTimeTo }: InstanceQuery): Criterion[] {
	const checks: Criterion[] = [
		{
			displayName: 'Definition',
			sent: true,
			passes: (row) => isSameId(asText(row['definitionId']) ?? definitionId, definitionId),
		},
	];
	if (version !== undefined) {
		checks.push({ displayName: FILTER.version, sent: true, passes: (row) => row['version'] === version });
	}
	if (status !== undefined) {
		checks.push({ displayName: FILTER.status, sent: true, passes: (row) => row['status'] === status });
	}
	if (startTimeFrom !== undefined) {
		checks.push({
			displayName: FILTER.startTimeFrom,
			sent: true,
			passes: (row) => (timeOf(row['startedAt']) ?? -Infinity) >= startTimeFrom,
		});
	}
	if (startTimeTo !== undefined) {
		checks.push({
			displayName: FILTER.startTimeTo,
			sent: true,
			passes: (row) => (timeOf(row['startedAt']) ?? Infinity) <= startTimeTo,
		});
	}
	return checks;
}

/** UUIDs are the same in capitals. */
function isSameId(one: string, other: string): boolean {
	return one.toLowerCase() === other.toLowerCase();
}
