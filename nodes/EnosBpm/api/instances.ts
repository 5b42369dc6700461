import { found } from '../../core/http/readResult';
import { sentParts } from '../../core/queries/criteria';
import type { Criterion } from '../../core/queries/criteria';
import type { Display } from '../../core/queries/display';
import type { ListQuery, Page, PageRequest } from '../../core/queries/list';
import { paginateByOffset } from '../../core/queries/pagination';
import type { SortOrder } from '../../core/queries/sorting';
import { asObject, asText } from '../../core/util/json';
import { FORBIDDEN, NOT_FOUND } from './errors';
import {
	instanceOf,
	instancePath,
	NOUN,
	PROCESS_INSTANCES,
	REQUESTS_IN_FLIGHT,
	showInstance,
	timeOf,
} from './instance';
import type { InstanceState } from './instance';
import { readData } from './responses';

/** What EnOS is asked to leave out ("Query Process Instance", request body). Times in epoch milliseconds. */
export interface SentFilter {
	processStatus?: InstanceState;
	processName?: string;
	startBy?: string;
	startedAfter?: number;
	startedBefore?: number;
}

/** What a list of process instances is asked for. */
export interface InstanceQuery extends Display {
	criteria: ReadonlyArray<Criterion<SentFilter>>;
	sort?: SortOrder;
}

/** The documented default. A server may give fewer rows on a page than it is asked for. */
const PAGE_SIZE = 1000;

/** What is shown of each row, or tested. */
const ALWAYS_NEEDED = ['createdTime', 'terminable', 'startedBy'];

/**
 * EnOS BPM, "Query Process Instance", oldest first unless a limit wants the newest. Its rows have the same first fields as the instance itself; whether
 * they have the others (times, starter, `terminable`) is not documented, so what lacks them is read one by one.
 */
export const instanceList: ListQuery<InstanceQuery> = {
	noun: NOUN,
	requestsInFlight: REQUESTS_IN_FLIGHT,
	pages: (query, wanted) => {
		const filter = filterOf(query);
		const isNewestFirst = query.sort === 'newestFirst' && wanted !== undefined;
		return paginateByOffset({
			pageSize: PAGE_SIZE,
			pagesPerRequest: 1,
			wanted,
			// Ended instances stay in the list, and an instance that ends now is added at the place of its start.
			growsAnywhere: isNewestFirst || filter.processStatus !== 'inProgress',
			request: ([page = 0]) => pageRequest(filter, page, isNewestFirst ? 'desc' : 'asc'),
		});
	},
	idOf: (row) => asText(row['id']),
	detail: {
		isNeeded: (row, query) => [...ALWAYS_NEEDED, ...endTimesFor(query)].some((field) => !(field in row)),
		request: (row) => ({ method: 'GET', path: instancePath(asText(row['id']) ?? '') }),
		read: (row, response) => {
			const result = readData(response, (data) => instanceOf(data, asText(row['id'])));
			const isGone = result.kind === 'failed' && result.error.code === String(NOT_FOUND);
			return isGone ? found(undefined) : result;
		},
		isHidden: ({ code }) => code === String(FORBIDDEN),
	},
	sorting: { startOf: (row) => timeOf(row['createdTime']), byDefault: 'oldestFirst', isPaged: () => true },
	show: (row, { isSimple }) => showInstance(row, isSimple),
};

/** The time without which a row that has ended looks as if it were still in progress. */
function endTimesFor(query: InstanceQuery): string[] {
	const { processStatus } = filterOf(query);
	if (processStatus === 'terminated') return ['terminatedTime'];
	return processStatus === 'completed' ? ['completedTime'] : [];
}

function filterOf({ criteria }: InstanceQuery): SentFilter {
	return Object.assign({}, ...sentParts(criteria)) as SentFilter;
}

function pageRequest(filter: SentFilter, current: number, order: 'asc' | 'desc'): PageRequest {
	const { processStatus, processName, startBy, startedAfter, startedBefore } = filter;
	const body = {
		processStatus,
		processName,
		startBy,
		startedAfter,
		startedBefore,
		pagination: { current, pageSize: PAGE_SIZE, sorts: [{ field: 'createdTime', order }] },
	};
	return {
		request: {
			method: 'POST',
			path: `${PROCESS_INSTANCES}/queryList`,
			body: JSON.stringify(body),
			contentType: 'application/json;charset=UTF-8',
		},
		read: (response) => readData(response, readPage),
	};
}

function readPage(data: unknown): Page | undefined {
	const { processInstances, pagination } = asObject(data) ?? {};
	const total = asObject(pagination)?.['total'];
	const listed: unknown = processInstances === null && total === 0 ? [] : processInstances;
	if (!Array.isArray(listed)) return undefined;
	const rows = listed.map((row: unknown) => asObject(row) ?? {});
	return { rows, ...(typeof total === 'number' && { total }) };
}
