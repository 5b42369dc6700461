import { found, NOTHING_CHANGED, queryFailed } from '../../core/http/readResult';
import type { ReadResult, QueryError } from '../../core/http/readResult';
import { isSuccess } from '../../core/http/messages';
import { asObject, readJson } from '../../core/util/json';
import type { ApiResponse } from '../../core/http/messages';
import type { JsonRecord } from '../../core/util/json';
import { excerptOfForeign, isError, toldBy, refusedBy } from './errors';

/** What is said where 8x8 does not know what was asked for. */
type Absence = Required<Pick<QueryError, 'reason' | 'hint'>>;

/** Of a list: what it lists may be unknown, or all of the account, which 8x8 has to enable ("Getting started"). */
const NOTHING_THERE: Absence = {
	reason: '8x8 did not find the account or what belongs to it',
	hint: 'Check the account ID in the credential (a sub-account ID does not fit), and whether 8x8 has enabled the account for the Automation API.',
};

/**
 * Reads a bare array, as 8x8 answers all lists ("List instances", "List definitions", "Definition versions"). An entry
 * that is no object comes as an empty one.
 */
export function readRows(response: ApiResponse): ReadResult<JsonRecord[]> {
	return readBody(
		response,
		(body) => (Array.isArray(body) ? body.map((row: unknown) => asObject(row) ?? {}) : undefined),
		NOTHING_THERE,
	);
}

/** Reads one instance ("Get instance"). An answer about another one would be worse than none. */
export function readInstance(id: string, response: ApiResponse): ReadResult<JsonRecord> {
	return readBody(response, (body) => {
		const instance = asObject(body);
		const told = instance?.['workflowId'];
		// IDs are hexadecimal; whoever types one may use capitals.
		return typeof told === 'string' && told.toLowerCase() === id.toLowerCase() ? instance : undefined;
	});
}

/** `pick` gives undefined for a body of another form. */
function readBody<T>(
	response: ApiResponse,
	pick: (body: unknown) => T | undefined,
	absence?: Absence,
): ReadResult<T> {
	const body = readJson(response.text);
	const object = asObject(body);
	if (!isSuccess(response.status) || (object && isError(object))) {
		return readRefused(response, object, absence);
	}
	const value = pick(body);
	return value === undefined ? queryFailed(unreadable(response)) : found(value);
}

function unreadable({ status, text }: ApiResponse): QueryError {
	return {
		reason: 'the answer could not be read',
		hint: "A proxy may have answered in place of 8x8. Check the 'Base URL' in the credential, and run it again.",
		httpStatus: status,
		...excerptOfForeign(text),
	};
}

/** An answer that is no success: "API error codes" and "API rate limiting", by the table that commands have too. */
function readRefused(
	response: ApiResponse,
	body: JsonRecord | undefined,
	absence: Absence | undefined,
): ReadResult<never> {
	const told = { ...toldBy(body), httpStatus: response.status };
	const refused = refusedBy(response, body);
	switch (refused.kind) {
		case 'known': {
			const { reason, hint, stopsRun, notRun } = refused.refusal;
			if (notRun) return busy({ reason, ...told }, { throttled: true });
			return queryFailed({ reason, hint, ...told, ...(stopsRun && { stopsRun }) });
		}
		case 'absent': {
			const { reason, hint } = refused.what === 'workflow' && absence ? absence : refused.refusal;
			return queryFailed({ reason, hint, ...told, notFound: true });
		}
		case 'trouble':
			return busy({ reason: refused.reason, ...told, ...excerptOfForeign(response.text) });
		case 'rejected':
			return queryFailed({ ...rejected(response.status, told.vendorMessage), ...told });
	}
}

function busy(error: QueryError, more: { throttled?: true } = {}): ReadResult<never> {
	return { kind: 'tryAgain', error: { ...error, hint: NOTHING_CHANGED, stopsRun: true }, ...more };
}

function rejected(status: number, vendorMessage: string | undefined): Absence {
	const words = vendorMessage?.replace(/\.$/, '');
	return {
		reason: words === undefined ? `8x8 rejected the request (HTTP ${status})` : `8x8 rejected it: ${words}`,
		hint: 'Check the IDs and the filters.',
	};
}
