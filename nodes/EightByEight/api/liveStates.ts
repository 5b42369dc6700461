import type {
	ListedState,
	StateList,
	StatePageResult,
	StatePages,
	WantedKeys,
} from '../../core/commands/states/stateList';
import type { PageRequest } from '../../core/queries/list';
import { asText } from '../../core/util/json';
import type { JsonRecord } from '../../core/util/json';
import { versionsOf } from './definitions';
import { reportOf } from './getInstance';
import type { InstanceState, WorkflowCommand, WorkflowSettings } from './instance';
import { endOfNext, pageRequest } from './instancePages';
import { isSameId } from './instances';
import { isFullPage, MAX_LIMIT } from './offsets';

/**
 * The states of workflows that have not ended. Each list is for one of them; those that the command is for come first.
 */
const LIVE: Readonly<Record<WorkflowCommand, readonly InstanceState[]>> = {
	terminate: ['Runnable', 'Suspended'],
	suspend: ['Runnable', 'Suspended'],
	resume: ['Suspended', 'Runnable'],
};

/** With one version, the versions and two lists take three requests. */
const WORTH_FROM = 4;

/**
 * IDs as in the samples begin with the second of the start: 60dbe307… was started at 2021-06-30T03:20:39.49Z ("Get
 * instance"). It is not documented, so it is only a hint at where to begin.
 */
const TIMED_ID = /^[0-9a-f]{24}$/;

/** Milliseconds by which the start may be later than its ID says. */
const START_MARGIN_MS = 60_000;

/**
 * The states of many workflows by "List instances", 500 a request. It lists one version and one state at a time, so a
 * definition with many old versions costs two requests for each of them that has none of the workflows; the pages end
 * before that where asking about the missing ones alone takes no more requests. All in all it never takes more than two
 * requests per version, and one for the versions, above those that asking about each would take. As the newest come first,
 * old workflows behind hundreds of newer ones are found only where their IDs show when they were started.
 */
export function liveStates(command: WorkflowCommand): StateList<WorkflowSettings> {
	return {
		worthFrom: WORTH_FROM,
		pages: (settings, wanted) => livePages(settings, wanted, LIVE[command]),
		keyOf: (id) => id.toLowerCase(),
		stateOf: (row, settings) => stateOf(row, settings, command),
	};
}

/** The pages of each version, the latest first, as long as more workflows are missing than there are lists left. */
function* livePages(
	{ definitionId }: WorkflowSettings,
	wanted: WantedKeys,
	statuses: readonly InstanceState[],
): StatePages {
	const startTimeTo = newestStart(wanted.keys());
	const versions = yield* versionsOf(definitionId);
	const lists = versions.flatMap((version) => statuses.map((status) => ({ version, status })));
	let missing = wanted.size;
	for (const [index, { version, status }] of lists.entries()) {
		if (missing <= lists.length - index) return;
		missing = yield* listPages({ definitionId, status, version }, startTimeTo, missing);
	}
}

/**
 * The pages of one list, each ending the time window of the next one. The list is left at the first page that has none of
 * the workflows, and where time does not separate its rows: paging by offset could take any number of requests.
 */
function* listPages(
	{ definitionId, status, version }: WorkflowSettings & { status: InstanceState; version: number },
	begin: number | undefined,
	wanted: number,
): Generator<PageRequest, number, StatePageResult> {
	let missing = wanted;
	let startTimeTo = begin;
	// The last one is asked about alone: a page takes no less.
	while (missing > 1) {
		const scope = { definitionId, keepsData: false };
		const page = yield pageRequest(scope, { version, status, startTimeTo, limit: MAX_LIMIT });
		({ missing } = page);
		const next = endOfNext(page.rows, startTimeTo);
		if (page.found === 0 || !isFullPage(page.rows, MAX_LIMIT) || next === startTimeTo) break;
		startTimeTo = next;
	}
	return missing;
}

/** The latest start time that the keys of IDs show, in epoch milliseconds; undefined where none does. */
function newestStart(keys: Iterable<string>): number | undefined {
	let newest = '';
	for (const key of keys) if (key > newest && TIMED_ID.test(key)) newest = key;
	return newest === '' ? undefined : Number.parseInt(newest.slice(0, 8), 16) * 1000 + START_MARGIN_MS;
}

/** What a row says by its own status, whatever status was asked for. One that Get would have to explain says nothing. */
function stateOf(
	row: JsonRecord,
	{ definitionId }: WorkflowSettings,
	command: WorkflowCommand,
): ListedState | undefined {
	const id = asText(row['workflowId']);
	const status = asText(row['status']);
	if (id === undefined || status === undefined) return undefined;
	if (!isSameId(asText(row['definitionId']) ?? definitionId, definitionId)) return undefined;
	const report = reportOf(status, command);
	return report.state === undefined ? undefined : { id, report };
}
