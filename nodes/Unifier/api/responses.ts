import { CONFIGURATION } from '../../core/http/cause';
import { isSuccess } from '../../core/http/messages';
import type { ApiResponse } from '../../core/http/messages';
import { found, NOTHING_CHANGED, queryFailed, readOutage } from '../../core/http/readResult';
import type { QueryError, ReadResult } from '../../core/http/readResult';
import { asObject, asText, readJson, readObject } from '../../core/util/json';
import { outsideText } from '../../core/util/text';
import { BASE_URL_HINT, BY_CODE, CODE, UNCLEAR } from './errors';
import type { KnownError } from './errors';
import { BY_STATUS, byRange, NOT_UNIFIER } from './httpErrors';
import { PASTED_TOKEN_REFUSED } from './pastedToken';

/** The vendor as users know it. */
export const VENDOR = 'Unifier';

/** The envelope of every answer of Unifier's services. */
export interface Envelope {
	/** The field `status`: 200 or a code of "Response Error Codes". */
	code: number;
	/** The texts of `message`, one entry for each line, without spaces around it. */
	messages: string[];
	/** The texts of `errors`. Then `message` may be empty. */
	errors: string[];
	/** The field `rest_audit_id`, as text. */
	auditId?: string;
	/** The field `data` as it came. */
	data: unknown;
}

/** A classified answer. Each call takes from it what it needs. */
export type Answer = UnifierAnswer | OtherAnswer;

/**
 * An envelope, and so an answer of Unifier itself, whether or not it did what was asked: business errors come with HTTP
 * 200 and a code in the body. With another HTTP status than one of success the code has to be one that only Unifier sends.
 */
export interface UnifierAnswer {
	kind: 'envelope';
	envelope: Envelope;
	/** Whether the HTTP status is one of success. */
	hasSuccessStatus: boolean;
}

/** An answer without an envelope. */
export interface OtherAnswer {
	kind:
		/** HTTP 401. */
		| 'sessionExpired'
		/** HTTP 403. */
		| 'noAccess'
		/** A web page or nothing in place of data, HTTP 404 or 405. */
		| 'notUnifier'
		/** Data, or the beginning of it, that is not an envelope. */
		| 'unreadable'
		/** Another HTTP status than one of success. */
		| 'httpError';
	/** What it means for a command. */
	error: KnownError;
}

/** Classifies the answer of any service of Unifier. Never throws. */
export function classify(response: ApiResponse): Answer {
	const { status, text, hasPastedToken = false } = response;
	if (status === 401 && hasPastedToken) return { kind: 'sessionExpired', error: PASTED_TOKEN_REFUSED };
	if (status === 401 || status === 403) return classifyByStatus(response);
	const envelope = readEnvelope(text);
	const hasSuccessStatus = isSuccess(status);
	if (!envelope || !(hasSuccessStatus || isKnownCode(envelope.code))) return classifyByStatus(response);
	return { kind: 'envelope', envelope, hasSuccessStatus };
}

/** Whether only Unifier would send this code: it is one of the terminate page or of the tables. */
function isKnownCode(code: number): boolean {
	return (
		code === CODE.success ||
		code === CODE.rule ||
		(code >= 12753 && code <= 12761) ||
		BY_CODE[code] !== undefined
	);
}

const KIND_BY_STATUS: Readonly<Record<number, OtherAnswer['kind']>> = {
	401: 'sessionExpired',
	403: 'noAccess',
	404: 'notUnifier',
	405: 'notUnifier',
};

/** The class of an answer that has no envelope, or one without what it should hold. */
function classifyByStatus({ status, text }: ApiResponse): OtherAnswer {
	if (!isSuccess(status)) {
		return { kind: KIND_BY_STATUS[status] ?? 'httpError', error: BY_STATUS[status] ?? byRange(status) };
	}
	// Truncated JSON came from some service too.
	const isJson = readJson(text) !== undefined || /^\s*[{[]/.test(text);
	return isJson
		? { kind: 'unreadable', error: UNCLEAR.noEnvelope }
		: { kind: 'notUnifier', error: NOT_UNIFIER };
}

/** What is read, for messages, and the right that it needs ("Creating Integration Users"). */
export interface Subject {
	/** `records`. */
	plural: string;
	/** The module for which the integration user needs the right Get. */
	module: string;
	/** What the user can do without the right. */
	otherwise?: string;
}

/**
 * Reads the answer of a look-up, a list or a pick list: `status` 200 in the body and the wanted data, at an HTTP status of
 * success. `pick` returns undefined for data of another form.
 */
export function readData<T>(
	response: ApiResponse,
	subject: Subject,
	pick: (data: unknown) => T | undefined,
): ReadResult<T> {
	const answer = classify(response);
	if (answer.kind !== 'envelope') return failureOf(answer, response, subject);
	const { envelope, hasSuccessStatus } = answer;
	if (envelope.code !== CODE.success) return failureByCode(envelope, response.status);
	const value = hasSuccessStatus ? pick(envelope.data) : undefined;
	return value === undefined ? failureOf(classifyByStatus(response), response, subject) : found(value);
}

function failureByCode({ code, messages, errors }: Envelope, httpStatus: number): ReadResult<never> {
	const vendorMessage = outsideText([...errors, ...messages].join(' '));
	const error = {
		...textsByCode(code),
		code: String(code),
		...(vendorMessage !== '' && { vendorMessage }),
		httpStatus,
	};
	return code === CODE.serverError
		? { kind: 'tryAgain', error: { ...error, stopsRun: true } }
		: queryFailed(error);
}

function textsByCode(code: number): Pick<QueryError, 'reason' | 'hint' | 'cause'> {
	const row = BY_CODE[code];
	if (code === CODE.invalidFilter) {
		return {
			reason: 'Unifier did not accept the filter',
			hint: 'Check the element names and the values. Dates must have the format that is set on the integration user.',
			cause: CONFIGURATION,
		};
	}
	if (!row) {
		return {
			reason: `Unifier refused to return the data (code ${code})`,
			hint: 'Check the business process and the project.',
		};
	}
	const { reason, hint, cause } = row;
	return { reason, hint: code === CODE.serverError ? NOTHING_CHANGED : hint, ...(cause && { cause }) };
}

/** What an answer without an envelope, or without the wanted data, means for a read. */
function failureOf(
	{ kind, error: { reason, hint, cause } }: OtherAnswer,
	response: ApiResponse,
	{ plural, module, otherwise }: Subject,
): ReadResult<never> {
	const { status, text } = response;
	const vendorMessage = outsideText(text);
	const known = cause ? { cause } : {};
	const details = { ...known, httpStatus: status, ...(vendorMessage !== '' && { vendorMessage }) };
	switch (kind) {
		case 'sessionExpired':
			return { kind, error: { reason, hint, ...details, stopsRun: true } };
		case 'noAccess': {
			const right = `Give the integration user Get access for ${module}.`;
			return queryFailed({
				reason: `the integration user may not read ${plural}`,
				hint: otherwise === undefined ? right : `${right} ${otherwise}`,
				...details,
				stopsRun: true,
			});
		}
		case 'notUnifier':
			return queryFailed({ reason, hint: BASE_URL_HINT, ...details, stopsRun: true });
		case 'unreadable':
			return {
				kind: 'tryAgain',
				error: {
					reason,
					hint: `A proxy may have answered instead of Unifier. ${NOTHING_CHANGED}`,
					...details,
				},
			};
		case 'httpError':
			return readOutage(response, VENDOR) ?? queryFailed({ reason, hint, ...details });
	}
}

/** Deeper nesting is not read: no documented answer has it. */
const MAX_DEPTH = 5;

/** The answer as an envelope; undefined when it is not a JSON object, or has no numeric `status`. */
function readEnvelope(text: string): Envelope | undefined {
	const body = readObject(text);
	const code = codeOf(body?.['status']);
	if (!body || code === undefined) return undefined;
	const auditId = body['rest_audit_id'];
	return {
		code,
		messages: textsOf(body['message']),
		errors: textsOf(body['errors']),
		...((typeof auditId === 'number' || asText(auditId) !== undefined) && {
			auditId: String(auditId).trim(),
		}),
		data: body['data'],
	};
}

/** Some services send the status as text ("202"). */
function codeOf(status: unknown): number | undefined {
	if (typeof status !== 'number' && asText(status) === undefined) return undefined;
	const code = Number(status);
	return Number.isInteger(code) ? code : undefined;
}

/**
 * The texts in a `message` of any documented form: a text, a list of texts or objects, an object, empty or missing. A text
 * with several lines counts as several messages where a new line begins with a bracket.
 */
function textsOf(value: unknown, depth = 0): string[] {
	if (typeof value === 'string') {
		return value
			.split(/\r?\n(?=\s*\[)/)
			.map((line) => line.trim())
			.filter((line) => line !== '');
	}
	if (depth >= MAX_DEPTH) return [];
	const entries = Array.isArray(value) ? (value as unknown[]) : Object.values(asObject(value) ?? {});
	return entries.flatMap((entry) => textsOf(entry, depth + 1));
}
