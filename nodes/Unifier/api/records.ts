import type { ApiRequest, ApiResponse } from '../../core/http/messages';
import { found, queryFailed } from '../../core/http/readResult';
import type { QueryError, ReadResult } from '../../core/http/readResult';
import { sentParts } from '../../core/queries/criteria';
import type { Criterion } from '../../core/queries/criteria';
import type { ListQuery, Page, PageRequest } from '../../core/queries/list';
import { dateOrdersOf, listedRecord, meets } from './criterion';
import type { ListedRecord, WireFilter } from './criterion';
import { inProject, NOUN, numberOf, readRecords, showRecord } from './record';
import type { Place } from './record';

/** The service of "Fetch BP Record List". */
export const RECORDS_PATH = '/ws/rest/service/v1/bp/records';

/** The request for a list of records. */
export interface ListRequest {
	/** Element names; the record number comes always. */
	fields: readonly string[];
	join: 'AND' | 'OR';
	/** Empty for all records. */
	filter: readonly WireFilter[];
}

/** "Fetch BP Record List", without line items, which it returns by default. */
export function recordsRequest({ bpName, projectNumber }: Place, list: ListRequest): ApiRequest {
	const { fields, join, filter } = list;
	return {
		method: 'POST',
		path: inProject(RECORDS_PATH, projectNumber),
		body: JSON.stringify({
			bpname: bpName,
			lineitem: 'no',
			record_fields: fields.join(';'),
			// Without any filter in it, it would be a faulty one, whose answer is not documented.
			...(filter.length > 0 && { filter_criteria: { join, filter } }),
		}),
	};
}

/** What the user wants of a list of records. */
export interface RecordQuery extends Place {
	criteria: ReadonlyArray<Criterion<WireFilter>>;
	/** Names of the elements to read besides status and what is filtered by. */
	elements: readonly string[];
	isSimple: boolean;
}

/**
 * Unifier, "Fetch BP Record List": no paging is documented, so one request returns all. A row is a `ListedRecord`.
 */
export const recordList: ListQuery<RecordQuery> = {
	noun: NOUN,
	requestsInFlight: 1,
	*pages(query) {
		yield pageRequest(query);
		return undefined;
	},
	idOf: (row) => numberOf(listedRecord(row).record),
	show: (row, query) => {
		const { record } = listedRecord(row);
		return showRecord(record, numberOf(record) ?? '', query, query);
	},
};

function pageRequest(query: RecordQuery): PageRequest {
	const { criteria, elements } = query;
	const filter = sentParts(criteria);
	const fields = new Set(['status', ...filter.map(({ field }) => field), ...elements]);
	return {
		request: recordsRequest(query, { fields: [...fields], join: 'AND', filter }),
		read: (response) => readPage(response, criteria),
	};
}

function readPage(response: ApiResponse, criteria: ReadonlyArray<Criterion<WireFilter>>): ReadResult<Page> {
	const result = readRecords(response);
	if (result.kind !== 'found') return result;
	const records = result.value;
	const dateOrders = dateOrdersOf(sentParts(criteria), records);
	const rows = records.map((record) => ({ record, dateOrders }));
	for (const row of rows) {
		const error = ambiguityIn(row, criteria);
		if (error) return queryFailed(error);
	}
	return found({ rows });
}

/** The error for a record about which a date range alone decides, and cannot. */
function ambiguityIn(
	row: ListedRecord,
	criteria: ReadonlyArray<Criterion<WireFilter>>,
): QueryError | undefined {
	const { record, dateOrders } = row;
	const failed = criteria.filter(({ passes }) => passes(row) !== true);
	const [first] = failed;
	if (!first?.sent) return undefined;
	const isUndecided = failed.every(({ sent }) => sent && meets(record, sent, dateOrders) === 'ambiguous');
	return isUndecided ? ambiguous(first.displayName, first.sent) : undefined;
}

function ambiguous(displayName: string, { value, value2 = '' }: WireFilter): QueryError {
	return {
		reason: `the dates of the filter '${displayName}' (${value} to ${value2}) and of the records do not tell whether the day or the month comes first`,
		hint: 'Choose an end of the range with a day above 12, or set a date format on the integration user that begins with the year. Write the dates in the format that is set there.',
	};
}
