import type { ApiRequest, ApiResponse } from '../../core/http/messages';
import { found, queryFailed } from '../../core/http/readResult';
import type { QueryError, ReadResult } from '../../core/http/readResult';
import type { Display } from '../../core/queries/display';
import { asObject, asText } from '../../core/util/json';
import type { JsonRecord } from '../../core/util/json';
import { encodeForUrl } from '../../core/util/url';
import { BY_CLASS, BY_CODE, NOT_FOUND_CODES } from './errors';
import { readData, VENDOR } from './responses';

/** How records are named in sentences for people. */
export const NOUN = { vendor: VENDOR, singular: 'BP record', plural: 'BP records' } as const;

/** The service of "Get BP Record". */
export const RECORD_PATH = '/ws/rest/service/v1/bp/record';

/** Where records live. */
export interface Place {
	bpName: string;
	/** '' for a business process at company level. */
	projectNumber: string;
}

/** "Get BP Record", by default without line items, which Unifier returns unless told otherwise. */
export function recordRequest(
	{ bpName, projectNumber }: Place,
	recordNumber: string,
	includeLineItems = false,
): ApiRequest {
	const lineitem = includeLineItems ? 'yes' : 'no';
	const input = JSON.stringify({ bpname: bpName, record_no: recordNumber, lineitem });
	return { method: 'GET', path: `${inProject(RECORD_PATH, projectNumber)}?input=${encodeForUrl(input)}` };
}

/** The path of a V1 service for one project; without a number it is for the company. */
export function inProject(path: string, projectNumber: string): string {
	return projectNumber === '' ? path : `${path}/${encodeForUrl(projectNumber)}`;
}

/** The number of a record as text; undefined when it has none. */
export function numberOf(record: JsonRecord): string | undefined {
	return textOfNumber(record['record_no']);
}

/** A number that customers make up, as text; undefined for a JSON number that has lost digits. */
export function textOfNumber(value: unknown): string | undefined {
	return Number.isSafeInteger(value) ? String(value) : asText(value);
}

/** How a record is shown. */
export interface Appearance extends Display {
	/** Elements besides the status, where simplified. */
	elements: readonly string[];
	includeLineItems?: boolean;
}

/** Where Unifier has the line items of a record (sample of "Get BP Record"). */
const LINE_ITEMS = '_bp_lineitems';

/**
 * A record as the user sees it. Simplified it has the status, the elements and the line items that were asked for; otherwise
 * all that Unifier returned. The names of a command's parameters win over elements of the same name.
 */
export function showRecord(
	record: JsonRecord,
	recordNumber: string,
	{ bpName, projectNumber }: Place,
	{ isSimple, elements, includeLineItems = false }: Appearance,
): JsonRecord {
	const names = { id: recordNumber, recordNumber, bpName, projectNumber };
	if (!isSimple) return { ...names, ...record, ...names };
	const values = Object.fromEntries(['status', ...elements].map((name) => [name, record[name] ?? null]));
	const lineItems = includeLineItems ? { lineItems: record[LINE_ITEMS] ?? [] } : {};
	return { ...names, ...values, ...names, ...lineItems };
}

/** What a command needs beside the record number. */
export interface RecordSettings extends Place {
	/** Whether the rules of the business process may stop it. */
	applyRules: boolean;
}

/** What is read, and the module whose right Get that needs ("Creating Integration Users"). */
const RECORDS = { plural: 'records', module: 'Business Process Services' } as const;

/** Messages of an answer whose code is not in a table. */
const NOT_FOUND_WORDS = /\bnot found\b|\b(?:does|do) not exist\b/i;

/** Reads the data of an answer about records; `pick` returns undefined for data of another form. */
export function readRecordData<T>(
	response: ApiResponse,
	pick: (data: unknown) => T | undefined,
): ReadResult<T> {
	return readData(response, RECORDS, pick);
}

/** Reads the records in an answer. */
export function readRecords(response: ApiResponse): ReadResult<JsonRecord[]> {
	return readRecordData(response, (data) =>
		Array.isArray(data) ? data.map((record: unknown) => asObject(record) ?? {}) : undefined,
	);
}

/** Reads the answer of "Get BP Record" about the record of this number. */
export function readRecord(recordNumber: string, response: ApiResponse): ReadResult<JsonRecord> {
	const result = readRecords(response);
	if (result.kind === 'failed' && meansNotFound(result.error)) return notFound(result.error);
	if (result.kind !== 'found') return result;
	const [record, ...others] = result.value;
	if (record === undefined) return notFound({ httpStatus: response.status });
	// Its fields are those of the integration interface, so its number may be missing.
	const hasNumber = (record['record_no'] ?? '') !== '';
	if (others.length === 0 && (!hasNumber || numberOf(record) === recordNumber)) return found(record);
	return queryFailed({
		reason: 'Unifier returned a different record',
		hint: 'Enter the record number exactly as Unifier shows it.',
		httpStatus: response.status,
	});
}

function meansNotFound({ code, vendorMessage = '' }: QueryError): boolean {
	if (code === undefined) return false;
	if (NOT_FOUND_CODES.includes(Number(code))) return true;
	return BY_CODE[Number(code)] === undefined && NOT_FOUND_WORDS.test(vendorMessage);
}

function notFound(details: Partial<QueryError>): ReadResult<never> {
	const { reason, hint } = BY_CLASS.notFound;
	return queryFailed({ ...details, reason, hint, notFound: true });
}
