import type { Criterion } from '../../core/queries/criteria';
import type { ListQuery, Page, PageRequest } from '../../core/queries/list';
import { paginateByOffset } from '../../core/queries/pagination';
import { found } from '../../core/http/readResult';
import { asObject, asText } from '../../core/util/json';
import {
	instanceOf,
	instancePath,
	PROCESS_INSTANCES,
	REQUESTS_IN_FLIGHT,
	showInstance,
	starterOf,
	stateOf,
	THINGS,
	timeOf,
} from './instance';
import type { InstanceState } from './instance';
import { readData } from './reading';

/** What a list of process instances is asked for. Times in epoch milliseconds. */
export interface InstanceQuery {
	processStatus: InstanceState;
	processName: string | undefined;
	startBy: string | undefined;
	startedAfter: number | undefined;
	startedBefore: number | undefined;
	isSimple: boolean;
}

/** The labels of the filters. */
export const FILTER = {
	processStatus: 'Process Status',
	processName: 'Process Name',
	startBy: 'Started By',
	startedAfter: 'Started After',
	startedBefore: 'Started Before',
} as const;

/** The documented default. A server may give fewer rows on a page than it is asked for. */
const PAGE_SIZE = 1000;

const NOT_FOUND = '33404';

/**
 * EnOS BPM, "Query Process Instance", oldest first. Its rows have the same first fields as the instance itself; whether
 * they have the others (times, starter, `terminable`) is not documented, so what lacks them is read one by one.
 */
export const instancesListing: ListQuery<InstanceQuery> = {
	noun: THINGS,
	requestsInFlight: REQUESTS_IN_FLIGHT,
	pages: (query, wanted) =>
		paginateByOffset({
			pagesPerRequest: 1,
			wanted,
			// What has ended stays, and what ends now comes in where it was started.
			growsAnywhere: query.processStatus !== 'inProgress',
			request: ([page = 0]) => pageOf(query, page, PAGE_SIZE),
		}),
	idOf: (row) => asText(row['id']),
	detail: {
		isNeeded: (row) => !('createdTime' in row) || !('terminable' in row) || !('startedBy' in row),
		request: (row) => ({ method: 'GET', path: instancePath(asText(row['id']) ?? '') }),
		read: (row, response) => {
			const reading = readData(response, (data) => instanceOf(data, asText(row['id'])));
			const isGone = reading.kind === 'failed' && reading.error.code === NOT_FOUND;
			return isGone ? found(undefined) : reading;
		},
	},
	criteria: checksOf,
	compare: (a, b) => (timeOf(a['createdTime']) ?? 0) - (timeOf(b['createdTime']) ?? 0),
	show: (row, { isSimple }) => showInstance(row, isSimple),
};

function pageOf(query: InstanceQuery, current: number, pageSize: number): PageRequest {
	const { processStatus, processName, startBy, startedAfter, startedBefore } = query;
	const body = {
		processStatus,
		processName,
		startBy,
		startedAfter,
		startedBefore,
		pagination: { current, pageSize, sorts: [{ field: 'createdTime', order: 'asc' }] },
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
	if (!Array.isArray(processInstances)) return undefined;
	const rows = processInstances.map((row: unknown) => asObject(row) ?? {});
	const total = asObject(pagination)?.['total'];
	return { rows, ...(typeof total === 'number' && { total }) };
}

function checksOf(query: InstanceQuery): Criterion[] {
	const { processStatus, processName, startBy, startedAfter, startedBefore } = query;
	const checks: Criterion[] = [
		{ displayName: FILTER.processStatus, sent: true, passes: (row) => stateOf(row) === processStatus },
	];
	if (processName !== undefined) {
		checks.push({
			displayName: FILTER.processName,
			sent: true,
			passes: (row) => asText(row['name']) === processName,
		});
	}
	if (startBy !== undefined) {
		checks.push({ displayName: FILTER.startBy, sent: true, passes: (row) => starterOf(row) === startBy });
	}
	if (startedAfter !== undefined) {
		checks.push({
			displayName: FILTER.startedAfter,
			sent: true,
			passes: (row) => (timeOf(row['createdTime']) ?? -Infinity) >= startedAfter,
		});
	}
	if (startedBefore !== undefined) {
		checks.push({
			displayName: FILTER.startedBefore,
			sent: true,
			passes: (row) => (timeOf(row['createdTime']) ?? Infinity) <= startedBefore,
		});
	}
	return checks;
}
