import type { ApiRequest, ApiResponse } from '../../core/http/messages';
import { found, queryFailed } from '../../core/http/readResult';
import type { QueryError, ReadResult } from '../../core/http/readResult';
import { sentParts } from '../../core/queries/criteria';
import type { Display } from '../../core/queries/display';
import type { ListQuery, Page, PageRequest } from '../../core/queries/list';
import type { JsonRecord } from '../../core/util/json';
import { dateOrdersOf, isOnDates, listedRecord } from './criterion';
import type { Condition, ListedRecord, RecordCriterion, SentFilter, WireFilter } from './criterion';
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
export interface RecordQuery extends Place, Display {
	criteria: readonly RecordCriterion[];
	/** Names of the elements to read besides status and what is filtered by. */
	elements: readonly string[];
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
	const fields = new Set(['status', ...conditionsOf(criteria).map(({ field }) => field), ...elements]);
	return {
		request: recordsRequest(query, { fields: [...fields], ...joined(sentParts(criteria)) }),
		read: (response) => readPage(response, criteria),
	};
}

function conditionsOf(criteria: readonly RecordCriterion[]): Condition[] {
	return criteria.flatMap(({ conditions }) => conditions);
}

/** One request has one `join` ("Fetch BP Record List"). */
function joined(sent: readonly SentFilter[]): Pick<ListRequest, 'join' | 'filter'> {
	const filter: WireFilter[] = [];
	for (const part of sent) {
		if ('anyOf' in part) return { join: 'OR', filter: part.anyOf };
		filter.push(part);
	}
	return { join: 'AND', filter };
}

function readPage(response: ApiResponse, criteria: readonly RecordCriterion[]): ReadResult<Page> {
	const result = readRecords(response);
	if (result.kind !== 'found') return result;
	const records = result.value;
	const nowhere = criteria.flatMap((criterion) => absentElement(criterion, records) ?? []);
	if (nowhere[0]) return queryFailed(nowhere[0]);
	const dateOrders = dateOrdersOf(conditionsOf(criteria), records);
	const rows = records.map((record) => ({ record, dateOrders }));
	for (const row of rows) {
		const error = ambiguityIn(row, criteria);
		if (error) return queryFailed(error);
	}
	return found({ rows });
}

/**
 * The error for an element that none of the records has, not even without a value: what Unifier makes of a filter by it is
 * not documented.
 */
function absentElement(
	{ displayName, conditions }: RecordCriterion,
	records: readonly JsonRecord[],
): QueryError | undefined {
	const absent = conditions.find(({ field }) => records.every((record) => !Object.hasOwn(record, field)));
	if (!absent || records.length === 0) return undefined;
	return {
		reason: `no record has the element '${absent.field}' that the filter '${displayName}' names`,
		hint: 'Enter its name as in the design of the business process. Names are case-sensitive.',
	};
}

/** The error for a record that only dates could decide on, if these are ambiguous. */
function ambiguityIn(row: ListedRecord, criteria: readonly RecordCriterion[]): QueryError | undefined {
	let first: RecordCriterion | undefined;
	for (const criterion of criteria) {
		const judgement = criterion.judge(row);
		if (judgement === true) continue;
		if (judgement !== 'ambiguous') return undefined;
		first ??= criterion;
	}
	return first && ambiguous(first, row);
}

function ambiguous({ displayName, conditions }: RecordCriterion, { dateOrders }: ListedRecord): QueryError {
	const { value = '', value2 } = conditions.find((one) => isOnDates(one) && !one.dateOrder) ?? {};
	const dates = value2 === undefined ? value : `${value} to ${value2}`;
	const parts = dateOrders.includes('yearFirst') ? 'the day, the month or the year' : 'the day or the month';
	return {
		reason: `neither the dates in the filter '${displayName}' (${dates}) nor those in the records show whether ${parts} comes first`,
		hint: "In this filter, choose the 'Date Format' that is set on the integration user, or use dates with a day above 12.",
	};
}
