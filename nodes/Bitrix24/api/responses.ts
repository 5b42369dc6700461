import { isSuccess } from '../../core/http/messages';
import type { ApiResponse } from '../../core/http/messages';
import { asObject, asText, readObject } from '../../core/util/json';
import type { JsonRecord } from '../../core/util/json';
import { outsideText } from '../../core/util/text';
import { knownError, unreadable } from './errors';
import type { ErrorAnswer } from './errors';
import { LEFT_OUT } from './knownErrors';
import type { KnownError } from './knownErrors';
import { keyOf } from './requests';

/** What an answer says about one call. Commands, lists and state queries all start from this. */
export type Reply =
	| { kind: 'success'; result: unknown; total: unknown; next: unknown }
	/** Bitrix24 has rejected the call. */
	| ({ kind: 'error' } & CallError)
	/** A command of a batch that is missing from the answer. */
	| ({ kind: 'leftOut' } & CallError)
	/** Not one of the documented answers, or one whose HTTP status contradicts its result. */
	| ({ kind: 'unreadable' } & CallError);

interface CallError {
	error: KnownError;
	details: VendorDetails;
}

/** The vendor's code and words, as far as there are any. */
export interface VendorDetails {
	code?: string;
	vendorMessage?: string;
}

/** An answer to one call, or to a batch of calls. */
export interface Answer {
	/** In the order of the calls. */
	replies: Reply[];
	/**
	 * When the method has running time again, in epoch seconds, as successful calls say; errors do not say it,
	 * and self-hosted portals need not (page "Limits", `operating_reset_at`).
	 */
	resetsAt: number | undefined;
}

/** Classifies an answer, call by call. Never throws. */
export function readAnswer(response: ApiResponse, calls: number): Answer {
	const parts = partsOf(response.text, calls);
	return { replies: parts.map((part) => classify(part, response)), resetsAt: latestReset(parts) };
}

/** What the body holds for one call. */
type Part =
	| { kind: 'result'; result: unknown; total: unknown; next: unknown; time: unknown }
	| ({ kind: 'error' } & ErrorAnswer)
	| { kind: 'leftOut' }
	| { kind: 'unreadable' };

function classify(part: Part, { status, text }: ApiResponse): Reply {
	switch (part.kind) {
		case 'error':
			return { kind: 'error', error: knownError(part, status), details: detailsOf(part) };
		case 'leftOut':
			return { kind: 'leftOut', error: LEFT_OUT, details: {} };
		case 'unreadable':
			return {
				kind: 'unreadable',
				error: unreadable(status),
				details: detailsOf({ description: outsideText(text) }),
			};
		case 'result':
			if (isSuccess(status)) {
				return { kind: 'success', result: part.result, total: part.total, next: part.next };
			}
			// The body is not quoted: its result contradicts what is made of it.
			return { kind: 'unreadable', error: unreadable(status), details: {} };
	}
}

function detailsOf({ code = '', description }: { code?: string; description: string }): VendorDetails {
	return {
		...(code !== '' && { code: outsideText(code) }),
		...(description !== '' && { vendorMessage: outsideText(description) }),
	};
}

/**
 * One part for each call. An answer is an error when it has the key `error`, whatever its value and the HTTP
 * status ("Error codes"); the error of a whole batch holds for all its commands.
 */
function partsOf(text: string, calls: number): Part[] {
	const body = readObject(text);
	const whole: Part = body === undefined ? { kind: 'unreadable' } : partOf(body);
	if (calls === 1) return [whole];
	if (whole.kind === 'error')
		return Array.from({ length: calls }, () => ({ ...whole, isOfWholeBatch: true }));
	if (whole.kind !== 'result') return Array.from({ length: calls }, () => whole);
	return batchParts(asObject(whole.result), calls);
}

function partOf(body: JsonRecord): Part {
	if (Object.hasOwn(body, 'error')) return errorIn(body);
	if (!Object.hasOwn(body, 'result')) return { kind: 'unreadable' };
	return {
		kind: 'result',
		result: body['result'],
		total: body['total'],
		next: body['next'],
		time: body['time'],
	};
}

function batchParts(result: JsonRecord | undefined, calls: number): Part[] {
	const results = bucket(result?.['result']);
	const errors = bucket(result?.['result_error']);
	const totals = bucket(result?.['result_total']) ?? {};
	const nexts = bucket(result?.['result_next']) ?? {};
	const times = bucket(result?.['result_time']) ?? {};
	return Array.from({ length: calls }, (_, index): Part => {
		const key = keyOf(index);
		if (errors && Object.hasOwn(errors, key)) return errorIn(asObject(errors[key]) ?? {});
		if (results && Object.hasOwn(results, key)) {
			return { kind: 'result', result: results[key], total: totals[key], next: nexts[key], time: times[key] };
		}
		return { kind: results && errors ? 'leftOut' : 'unreadable' };
	});
}

/**
 * One part of a batch's answer, by command. PHP writes an empty map as an empty list; a list with entries has
 * lost the names of its commands and says nothing about any of them.
 */
function bucket(value: unknown): JsonRecord | undefined {
	return Array.isArray(value) && value.length === 0 ? {} : asObject(value);
}

function errorIn(body: JsonRecord): Part {
	const given = body['error'];
	const nested = asObject(given);
	const code = nested?.['code'] ?? given;
	return {
		kind: 'error',
		code: typeof code === 'string' || typeof code === 'number' ? String(code).trim() : '',
		description: asText(body['error_description'] ?? nested?.['message']) ?? '',
	};
}

/** The end of the year 9999. A later time is not plausible. */
const LAST_SECOND = 253_402_300_799;

function latestReset(parts: readonly Part[]): number | undefined {
	let latest: number | undefined;
	for (const part of parts) {
		const at = part.kind === 'result' ? asObject(part.time)?.['operating_reset_at'] : undefined;
		if (typeof at !== 'number' || !(at > 0 && at <= LAST_SECOND)) continue;
		if (latest === undefined || at > latest) latest = at;
	}
	return latest;
}
