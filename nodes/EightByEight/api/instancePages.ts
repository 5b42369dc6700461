import { found } from '../../core/http/readResult';
import type { Page, PageRequest } from '../../core/queries/list';
import { asText } from '../../core/util/json';
import type { JsonRecord } from '../../core/util/json';
import { omit } from '../../core/util/omit';
import { encodeForUrl } from '../../core/util/url';
import { definitionPath } from './definitions';
import { TIME_STEP_MS, timeOf, timeText } from './instance';
import type { InstanceState } from './instance';
import { isFullPage, MAX_LIMIT, restOfPages } from './offsets';
import { readRows } from './responses';

/** What all lists of one Get Many have in common. Times in epoch milliseconds, both ends included. */
export interface ListScope {
	definitionId: string;
	startTimeFrom?: number;
	/** The data that a workflow was started with is wanted. */
	keepsData: boolean;
}

/** One list that 8x8 puts in order: of one version and one status. Without a status all of them are listed. */
export interface ListedPart {
	version: number;
	status: InstanceState | undefined;
}

/** Which part of a list a request is for. */
interface PageWindow extends ListedPart {
	startTimeTo: number | undefined;
	limit: number;
	offset?: number;
}

/** One page of "List instances". */
export function pageRequest(
	{ definitionId, startTimeFrom, keepsData }: ListScope,
	{ version, status, startTimeTo, limit, offset = 0 }: PageWindow,
): PageRequest {
	const query = [
		`limit=${limit}`,
		...(offset > 0 ? [`offset=${offset}`] : []),
		`version=${version}`,
		...(status === undefined ? [] : [`status=${status}`]),
		...(startTimeFrom === undefined ? [] : [`startTimeFrom=${encodeForUrl(timeText(startTimeFrom))}`]),
		...(startTimeTo === undefined ? [] : [`startTimeTo=${encodeForUrl(timeText(startTimeTo))}`]),
	];
	return {
		request: { method: 'GET', path: `${definitionPath(definitionId)}/workflows?${query.join('&')}` },
		read: (response) => {
			const result = readRows(response);
			if (result.kind !== 'found') return result;
			return found({ rows: keepsData ? result.value : result.value.map(withoutData) });
		},
	};
}

/** The data that a workflow was started with is most of its size, and personal. It is not kept if it is not shown. */
function withoutData(row: JsonRecord): JsonRecord {
	return omit(row, 'data');
}

/**
 * The pages of one list. It is in order of start, the newest first, so each page ends the time window of the next one. What
 * vanishes or starts meanwhile moves nothing; paging by offset would skip as many instances as have vanished.
 */
export function* listPages(
	scope: ListScope,
	part: ListedPart,
	{ startTimeTo: begin, wanted = MAX_LIMIT }: { startTimeTo: number | undefined; wanted: number | undefined },
): Generator<PageRequest, void, Page> {
	let startTimeTo = begin;
	for (let limit = Math.min(wanted, MAX_LIMIT); ; limit = MAX_LIMIT) {
		const { rows } = yield pageRequest(scope, { ...part, startTimeTo, limit });
		if (!isFullPage(rows, limit)) return;
		const next = endOfNext(rows, startTimeTo);
		if (next === startTimeTo && limit === MAX_LIMIT) {
			yield* pagesByOffset(scope, { ...part, startTimeTo, limit }, rows);
			return;
		}
		startTimeTo = next;
	}
}

/** For rows that time does not separate: too many started at once, or the server ignores the window. */
function* pagesByOffset(
	scope: ListScope,
	window: PageWindow,
	first: readonly JsonRecord[],
): Generator<PageRequest, void, Page> {
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
	const last = lastStart(rows, end ?? Infinity);
	if (last === undefined) return end;
	const next = last + TIME_STEP_MS;
	return end === undefined || next < end ? next : end;
}

/** The start of the last row; undefined where the rows are not in the documented order, later than `end`, or none. */
export function lastStart(rows: readonly JsonRecord[], end: number): number | undefined {
	let last: number | undefined;
	for (const row of rows) {
		const start = timeOf(row['startedAt']);
		if (start === undefined || start > (last ?? end)) return undefined;
		last = start;
	}
	return last;
}
