import { isSuccess } from '../../core/http/messages';
import type { ApiResponse } from '../../core/http/messages';
import { found, NOTHING_CHANGED, queryFailed } from '../../core/http/readResult';
import type { QueryError, ReadResult } from '../../core/http/readResult';
import { asObject, readJson } from '../../core/util/json';
import type { JsonRecord } from '../../core/util/json';
import {
	ACCOUNT_NOT_FOUND,
	BY_CODE,
	BY_MESSAGE,
	BY_STATUS,
	CODE,
	codeOf,
	DEFINITION_NOT_FOUND,
	foreignDetails,
	isVendorError,
	LIST_NOT_FOUND,
	missingIn,
	NOT_THE_API,
	UNREADABLE,
	vendorDetails,
	WORKFLOW_NOT_FOUND,
} from './errors';
import type { KnownError, VendorDetails } from './errors';

/** A response of 8x8, or of another server in its place, to any request. */
export type ClassifiedResponse = ResponseFacts & ResponseKind;

/** What a response consists of, whatever it means. */
interface ResponseFacts {
	httpStatus: number;
	/** The body's value; undefined where it is not JSON. */
	body: unknown;
	/** Whether the body is an error of 8x8. */
	isVendorError: boolean;
	/** What users may see of it where it is not what was asked for. */
	details: VendorDetails;
}

/** What a response means. */
type ResponseKind =
	/** HTTP 2xx without an error in the body. Whether the body fits is a question of the call. */
	| { kind: 'success'; isEmpty: boolean }
	/** A fact about the account, the key, the server or a value. */
	| { kind: 'knownError'; error: KnownError }
	/** 8x8 does not have it. */
	| { kind: 'notFound'; what: 'workflow' | 'definition'; error: KnownError }
	/** The server failed or gave up, or something else answered; the request may have been carried out. */
	| { kind: 'outage'; reason: string }
	/** The request itself was turned down. */
	| { kind: 'rejected' };

/** Classifies the response to any call ("API error codes", "API rate limiting"). Never throws. */
export function classify({ status: httpStatus, text }: ApiResponse): ClassifiedResponse {
	const body = readJson(text);
	const facts = { httpStatus, body, isVendorError: isVendorError(asObject(body)) };
	if (isSuccess(httpStatus) && !facts.isVendorError) {
		return { ...facts, kind: 'success', isEmpty: text.trim() === '', details: foreignDetails(text) };
	}
	const details = vendorDetails(asObject(body));
	const error = classifyError(facts, details.vendorMessage ?? '');
	if (error.kind === 'outage')
		return { ...facts, ...error, details: { ...details, ...foreignDetails(text) } };
	return { ...facts, ...error, details };
}

/** What a response means that is not a success: by its code, then its HTTP status, then its message. */
function classifyError(
	facts: Omit<ResponseFacts, 'details'>,
	message: string,
): Exclude<ResponseKind, { kind: 'success' }> {
	const { httpStatus } = facts;
	const code = codeOf(asObject(facts.body));
	const known = (code === undefined ? undefined : BY_CODE[code]) ?? BY_STATUS[httpStatus];
	if (known) return { kind: 'knownError', error: known };
	if (code === CODE.notFound || (httpStatus === 404 && facts.isVendorError)) {
		switch (missingIn(message)) {
			case 'account':
				return { kind: 'knownError', error: ACCOUNT_NOT_FOUND };
			case 'definition':
				return { kind: 'notFound', what: 'definition', error: DEFINITION_NOT_FOUND };
			default:
				return { kind: 'notFound', what: 'workflow', error: WORKFLOW_NOT_FOUND };
		}
	}
	if (httpStatus === 404) return { kind: 'knownError', error: NOT_THE_API };
	if (code === CODE.internal || isOutage(httpStatus)) {
		return { kind: 'outage', reason: `8x8 is having trouble (HTTP ${httpStatus})` };
	}
	const error = BY_MESSAGE.find(([pattern]) => pattern.test(message))?.[1];
	return error ? { kind: 'knownError', error } : { kind: 'rejected' };
}

function isOutage(status: number): boolean {
	return status === 408 || !(isSuccess(status) || (status >= 400 && status < 500));
}

/** How the response to a read call is read. */
export interface ReadRules<T> {
	/** Undefined for a body of another form. */
	pick: (body: unknown) => T | undefined;
	/** What it means that 8x8 does not find what was asked for, if that is not a workflow. */
	notFound?: KnownError;
}

/** The result of a read call. */
export function readResult<T>(response: ApiResponse, { pick, notFound }: ReadRules<T>): ReadResult<T> {
	const classified = classify(response);
	const details = { ...classified.details, httpStatus: classified.httpStatus };
	switch (classified.kind) {
		case 'success': {
			const value = pick(classified.body);
			return value === undefined
				? { kind: 'tryAgain', error: { ...unreadable(response), ...details } }
				: found(value);
		}
		case 'knownError': {
			const { reason, hint, stopsRun, notRun } = classified.error;
			const known = causeOf(classified.error);
			if (notRun) return tryAgain({ reason, ...known, ...details }, { throttled: true });
			return queryFailed({ reason, hint, ...known, ...details, ...(stopsRun && { stopsRun }) });
		}
		case 'notFound': {
			const isWorkflow = classified.what === 'workflow';
			const error = (isWorkflow ? notFound : undefined) ?? classified.error;
			const { reason, hint } = error;
			// If the definition is missing, it is not known whether the workflow is missing too.
			const isWanted = isWorkflow || notFound !== undefined;
			return queryFailed({
				reason,
				hint,
				...causeOf(error),
				...details,
				...(isWanted && { notFound: true }),
			});
		}
		case 'outage':
			return tryAgain({ reason: classified.reason, ...details });
		case 'rejected':
			return queryFailed({ ...rejected(classified), ...details });
	}
}

/**
 * The rows of a bare array, which is what 8x8 answers to all lists ("List instances", "List definitions",
 * "Definition versions"). An entry that is not an object becomes an empty one.
 */
export function readRows(response: ApiResponse): ReadResult<JsonRecord[]> {
	return readResult(response, {
		pick: (body) => (Array.isArray(body) ? body.map((row: unknown) => asObject(row) ?? {}) : undefined),
		notFound: LIST_NOT_FOUND,
	});
}

function causeOf({ cause }: KnownError): Pick<QueryError, 'cause'> {
	return cause ? { cause } : {};
}

function tryAgain(error: QueryError, more: { throttled?: true } = {}): ReadResult<never> {
	return { kind: 'tryAgain', error: { ...error, hint: NOTHING_CHANGED, stopsRun: true }, ...more };
}

/**
 * A success in another form: a proxy in trouble or a broken connection may be the cause. A web page would be returned
 * for every request; JSON that is truncated or does not fit may be returned for this one alone.
 */
function unreadable({ text }: ApiResponse): QueryError {
	const { reason, hint } = UNREADABLE;
	return {
		reason,
		hint: `${hint} Check the 'Base URL' in the credential, and run the node again.`,
		...(!/^\s*[[{]/.test(text) && { stopsRun: true }),
	};
}

function rejected({ httpStatus }: ResponseFacts): QueryError {
	return { reason: `8x8 rejected the request (HTTP ${httpStatus})`, hint: 'Check the IDs and the filters.' };
}
