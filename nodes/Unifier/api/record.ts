import { encodeForUrl } from '../../core/util/url';
import { asText } from '../../core/util/json';
import type { ApiRequest } from '../../core/http/messages';
import type { JsonRecord } from '../../core/util/json';
import type { WireFilter } from './criterion';

/** How records are named in sentences for people. */
export const THINGS = { vendor: 'Unifier', singular: 'BP record', plural: 'BP records' } as const;

/** The service of "Get BP Record". */
export const RECORD_PATH = '/ws/rest/service/v1/bp/record';

/** The service of "Fetch BP Record List". */
export const RECORDS_PATH = '/ws/rest/service/v1/bp/records';

/** Where records live. */
export interface Place {
	bpName: string;
	/** '' for a business process at company level. */
	projectNumber: string;
}

/** What is asked of a list of records. */
export interface ListRequest {
	/** Element names; the record number comes always. */
	fields: readonly string[];
	join: 'AND' | 'OR';
	/** None: all records. */
	filter: readonly WireFilter[];
}

/** "Get BP Record", without line items, which it would give by default. */
export function recordRequest({ bpName, projectNumber }: Place, recordNumber: string): ApiRequest {
	const input = JSON.stringify({ bpname: bpName, record_no: recordNumber, lineitem: 'no' });
	return { method: 'GET', path: `${inProject(RECORD_PATH, projectNumber)}?input=${encodeForUrl(input)}` };
}

/** "Fetch BP Record List", without line items, which it would give by default. */
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

/** The path of a V1 service for one project; without a number it is for the company. */
export function inProject(path: string, projectNumber: string): string {
	return projectNumber === '' ? path : `${path}/${encodeForUrl(projectNumber)}`;
}

/** The number of a record as text; undefined when it has none. */
export function numberOf(record: JsonRecord): string | undefined {
	const number = record['record_no'];
	return typeof number === 'number' ? String(number) : asText(number);
}

/**
 * A record as the user sees it. Simplified it has the status and the elements that were asked for; otherwise all that
 * Unifier gave. The names that commands take win over elements of the same name.
 */
export function showRecord(
	record: JsonRecord,
	recordNumber: string,
	{ bpName, projectNumber }: Place,
	{ isSimple, elements }: { isSimple: boolean; elements: readonly string[] },
): JsonRecord {
	const names = { id: recordNumber, recordNumber, bpName, projectNumber };
	const values = isSimple
		? Object.fromEntries(['status', ...elements].map((name) => [name, record[name] ?? null]))
		: record;
	return { ...names, ...values, ...names };
}

/** What Unifier needs beside the record number. */
export interface RecordSettings extends Place {
	/** Whether the rules of the business process may stop it. */
	applyRules: boolean;
}
