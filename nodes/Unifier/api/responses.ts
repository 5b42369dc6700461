import { NOTHING_CHANGED, readOutage, queryFailed, found } from '../../core/http/readResult';
import type { ReadResult, QueryError } from '../../core/http/readResult';
import { isSuccess } from '../../core/http/messages';
import { excerpt } from '../../core/util/text';
import { readJson, asObject } from '../../core/util/json';
import type { ApiResponse } from '../../core/http/messages';
import { isKnown, NOT_THERE } from './codes';
import { readEnvelope } from './envelope';
import type { Envelope } from './envelope';
import { THINGS, numberOf } from './record';
import { BASE_URL, BY_CODE, BY_STATUS, byRange, NOT_UNIFIER, UNCLEAR, BY_CLASS } from './errors';
import type { JsonRecord } from '../../core/util/json';

/** What is read, for messages, and the right that it needs ("Creating Integration Users"). */
export interface Subject {
	/** In the plural. */
	things: string;
	module: string;
	/** How to go on without the right. */
	otherwise?: string;
}

const SUCCESS = 200;

const SERVER_ERROR = 500;

const INVALID_FILTER = 811;

/**
 * Reads the answer to a look-up: `status` 200 in the body and the data that is wanted, at an HTTP status of success.
 * Refusals come with HTTP 200 and a code in the body. `pick` gives undefined for data of another form.
 */
export function readData<T>(
	response: ApiResponse,
	subject: Subject,
	pick: (data: unknown) => T | undefined,
): ReadResult<T> {
	const { status, text } = response;
	if (status === 401 || status === 403) return refusedAccess(response, subject);
	const envelope = readEnvelope(text);
	if (envelope && (isSuccess(status) || isKnown(envelope.code))) {
		if (envelope.code !== SUCCESS) return refusedBy(envelope, status);
		const value = isSuccess(status) ? pick(envelope.data) : undefined;
		if (value !== undefined) return { kind: 'found', value };
	}
	return readOutage(response, THINGS.vendor) ?? foreign(response);
}

function refusedAccess(response: ApiResponse, { things, module, otherwise }: Subject): ReadResult<never> {
	const told = { ...toldBy(response), stopsRun: true as const };
	if (response.status === 401) {
		const { reason = '', hint = '' } = BY_STATUS[401] ?? {};
		return { kind: 'sessionExpired', error: { reason, hint, ...told } };
	}
	const right = `Give the integration user Get access for ${module}.`;
	return queryFailed({
		reason: `the integration user may not read ${things}`,
		hint: otherwise === undefined ? right : `${right} ${otherwise}`,
		...told,
	});
}

function refusedBy({ code, messages, errors }: Envelope, httpStatus: number): ReadResult<never> {
	const vendorMessage = excerpt([...errors, ...messages].join(' '));
	const error = {
		...wordsOf(code),
		code: String(code),
		...(vendorMessage !== '' && { vendorMessage }),
		httpStatus,
	};
	return code === SERVER_ERROR
		? { kind: 'tryAgain', error: { ...error, stopsRun: true } }
		: queryFailed(error);
}

function wordsOf(code: number): Pick<QueryError, 'reason' | 'hint'> {
	const row = BY_CODE[code];
	if (code === INVALID_FILTER) {
		return {
			reason: 'Unifier did not accept the filter',
			hint: 'Check the element names and the values; dates have the format that is set on the integration user.',
		};
	}
	if (!row) {
		return {
			reason: `Unifier refused to give the data (code ${code})`,
			hint: "Unifier's own words are in 'vendorMessage'.",
		};
	}
	return { reason: row.reason, hint: code === SERVER_ERROR ? NOTHING_CHANGED : row.hint };
}

/** An answer that Unifier would not give, or of which a part is missing. */
function foreign(response: ApiResponse): ReadResult<never> {
	const { status, text } = response;
	const told = toldBy(response);
	const isPage = isSuccess(status) && readJson(text) === undefined && !/^\s*[{[]/.test(text);
	if (isPage || status === 404 || status === 405) {
		return queryFailed({ reason: NOT_UNIFIER.reason, hint: BASE_URL, ...told, stopsRun: true });
	}
	if (isSuccess(status)) {
		const hint = `A proxy may have answered in place of Unifier. ${NOTHING_CHANGED}`;
		return { kind: 'tryAgain', error: { reason: UNCLEAR.noEnvelope.reason, hint, ...told } };
	}
	const { reason, hint } = byRange(status);
	return queryFailed({ reason, hint, ...told });
}

function toldBy({ status, text }: ApiResponse): Pick<QueryError, 'httpStatus' | 'vendorMessage'> {
	const vendorMessage = excerpt(text);
	return { httpStatus: status, ...(vendorMessage !== '' && { vendorMessage }) };
}

/** What is read, and the module whose right Get that needs ("Creating Integration Users"). */
const RECORDS = { things: 'records', module: 'Business Process Services' } as const;

/** In an answer whose code is in no table. */
const NOT_THERE_WORDS = /\bnot found\b|\b(?:does|do) not exist\b/i;

/** Reads the records in an answer. */
export function readRecords(response: ApiResponse): ReadResult<JsonRecord[]> {
	return readData(response, RECORDS, (data) =>
		Array.isArray(data) ? data.map((record: unknown) => asObject(record) ?? {}) : undefined,
	);
}

/** Reads the answer of "Get BP Record" about the record of this number. */
export function readRecord(recordNumber: string, response: ApiResponse): ReadResult<JsonRecord> {
	const reading = readRecords(response);
	if (reading.kind === 'failed' && isAbsence(reading.error)) return absent(reading.error);
	if (reading.kind !== 'found') return reading;
	const [record, ...others] = reading.value;
	if (record === undefined) return absent({ httpStatus: response.status });
	// Its fields are those of the integration interface, so its number may be missing.
	const isIt = others.length === 0 && (numberOf(record) ?? recordNumber) === recordNumber;
	if (isIt) return found(record);
	return queryFailed({
		reason: 'Unifier answered with another record',
		hint: 'Enter the record number exactly as Unifier shows it.',
		httpStatus: response.status,
	});
}

function isAbsence({ code, vendorMessage = '' }: QueryError): boolean {
	if (code === undefined) return false;
	if (NOT_THERE.includes(Number(code))) return true;
	return BY_CODE[Number(code)] === undefined && NOT_THERE_WORDS.test(vendorMessage);
}

function absent(told: Partial<QueryError>): ReadResult<never> {
	const { reason, hint } = BY_CLASS.notFound;
	return queryFailed({ ...told, reason, hint, notFound: true });
}
