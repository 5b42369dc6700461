import type { Criterion } from '../../core/queries/criteria';
import type { ListQuery, Page, PageRequest } from '../../core/queries/list';
import { found, queryFailed } from '../../core/http/readResult';
import type { ReadResult } from '../../core/http/readResult';
import type { ApiResponse } from '../../core/http/messages';
import type { JsonRecord } from '../../core/util/json';
import { dateOrdersOf, meets } from './criterion';
import type { ElementCriterion } from './criterion';
import type { DateOrder } from './dates';
import { numberOf, recordsRequest, showRecord, THINGS } from './record';
import type { Place } from './record';
import { readRecords } from './responses';

/** What a list of records is asked for. */
export interface RecordQuery extends Place {
	criteria: readonly ElementCriterion[];
	/** Names of the elements to read besides status and what is filtered by. */
	elements: readonly string[];
	isSimple: boolean;
}

/**
 * Unifier, "Fetch BP Record List": no paging is documented, so one request gives all. A row is a record and, since that
 * takes the whole list to know, how its dates may be read.
 */
export const recordsListing: ListQuery<RecordQuery> = {
	noun: THINGS,
	requestsInFlight: 1,
	*pages(query) {
		yield listStep(query);
	},
	idOf: (row) => numberOf(recordOf(row)),
	criteria: ({ criteria }) => criteria.map(checkOf),
	show: (row, query) => {
		const record = recordOf(row);
		return showRecord(record, numberOf(record) ?? '', query, query);
	},
};

function listStep(query: RecordQuery): PageRequest {
	const { criteria, elements } = query;
	const fields = new Set(['status', ...criteria.map(({ wire }) => wire.field), ...elements]);
	return {
		request: recordsRequest(query, {
			fields: [...fields],
			join: 'AND',
			filter: criteria.map(({ wire }) => wire),
		}),
		read: (response) => readList(response, criteria),
	};
}

function readList(response: ApiResponse, criteria: readonly ElementCriterion[]): ReadResult<Page> {
	const reading = readRecords(response);
	if (reading.kind !== 'found') return reading;
	const records = reading.value;
	const dateOrders = dateOrdersOf(criteria, records);
	const undecided = undecidedBy(criteria, records, dateOrders);
	if (undecided) return queryFailed(ambiguous(undecided));
	return found({ rows: records.map((record) => ({ record, dateOrders })) });
}

/** The criterion that alone decides about a record, and cannot. */
function undecidedBy(
	criteria: readonly ElementCriterion[],
	records: readonly JsonRecord[],
	orders: readonly DateOrder[],
): ElementCriterion | undefined {
	for (const record of records) {
		const verdicts = criteria.map((criterion) => meets(record, criterion, orders));
		if (!verdicts.includes(false) && verdicts.includes(undefined))
			return criteria[verdicts.indexOf(undefined)];
	}
	return undefined;
}

function ambiguous({ displayName, wire: { value, value2 = '' } }: ElementCriterion): {
	reason: string;
	hint: string;
} {
	return {
		reason: `the dates of the filter '${displayName}' (${value} to ${value2}) and of the records do not tell whether the day or the month comes first`,
		hint: 'Choose an end of the range with a day above 12, or set a date format on the integration user that begins with the year. Write the dates in the format that is set there.',
	};
}

function checkOf(criterion: ElementCriterion): Criterion {
	return {
		displayName: criterion.displayName,
		sent: true,
		passes: (row) => meets(recordOf(row), criterion, row['dateOrders'] as readonly DateOrder[]) === true,
	};
}

function recordOf(row: JsonRecord): JsonRecord {
	return row['record'] as JsonRecord;
}
