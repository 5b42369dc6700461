import { asObject, asText, readObject } from '../../core/util/json';
import type { JsonRecord } from '../../core/util/json';
import { keyOf } from './requests';

/** A refusal as Bitrix24 words it; either text may be empty. */
export interface RestRefusal {
	code: string;
	description: string;
}

/** What an answer says about one call. */
export type Reply =
	| { kind: 'result'; result: unknown; total: unknown; next: unknown; time: unknown }
	| { kind: 'refused'; refusal: RestRefusal }
	/** A command of a batch that the server left out. */
	| { kind: 'notRun' }
	/** The answer is none of the documented ones. */
	| { kind: 'unclear' };

/**
 * One reply for each call of a request; never throws. An answer is a refusal when it has the key `error`, whatever its
 * value and the HTTP status ("Error codes"); one of a whole batch holds for all its commands.
 */
export function readReplies(text: string, calls: number): Reply[] {
	const body = readObject(text);
	const whole = body === undefined ? { kind: 'unclear' as const } : readReply(body);
	if (calls === 1 || whole.kind !== 'result') return Array.from({ length: calls }, () => whole);
	return readBatch(asObject(whole.result), calls);
}

function readReply(body: JsonRecord): Reply {
	if (Object.hasOwn(body, 'error')) return { kind: 'refused', refusal: refusalOf(body) };
	if (!Object.hasOwn(body, 'result')) return { kind: 'unclear' };
	return {
		kind: 'result',
		result: body['result'],
		total: body['total'],
		next: body['next'],
		time: body['time'],
	};
}

function readBatch(result: JsonRecord | undefined, calls: number): Reply[] {
	const results = bucket(result?.['result']);
	const refusals = bucket(result?.['result_error']);
	const totals = bucket(result?.['result_total']) ?? {};
	const nexts = bucket(result?.['result_next']) ?? {};
	const times = bucket(result?.['result_time']) ?? {};
	return Array.from({ length: calls }, (_, index): Reply => {
		const key = keyOf(index);
		if (refusals && Object.hasOwn(refusals, key)) {
			return { kind: 'refused', refusal: refusalOf(asObject(refusals[key]) ?? {}) };
		}
		if (results && Object.hasOwn(results, key)) {
			return { kind: 'result', result: results[key], total: totals[key], next: nexts[key], time: times[key] };
		}
		return { kind: results && refusals ? 'notRun' : 'unclear' };
	});
}

/**
 * One part of a batch's answer by command. An empty one is written as an empty list; a list with entries has lost the
 * names of its commands and says nothing about any of them.
 */
function bucket(value: unknown): JsonRecord | undefined {
	return Array.isArray(value) && value.length === 0 ? {} : asObject(value);
}

function refusalOf(body: JsonRecord): RestRefusal {
	const given = body['error'];
	const nested = asObject(given);
	const code = nested?.['code'] ?? given;
	return {
		code: typeof code === 'string' || typeof code === 'number' ? String(code).trim() : '',
		description: asText(body['error_description'] ?? nested?.['message']) ?? '',
	};
}

/** The end of the year 9999. Later than that is no time that anybody could name. */
const LAST_SECOND = 253_402_300_799;

/**
 * When the running time that Bitrix24 grants a method has room again, in epoch seconds, as its successful calls say;
 * refusals say nothing about it, and self-hosted portals need not (page "Limits", `operating_reset_at`).
 */
export function latestReset(replies: readonly Reply[]): number | undefined {
	let latest: number | undefined;
	for (const reply of replies) {
		const at = reply.kind === 'result' ? asObject(reply.time)?.['operating_reset_at'] : undefined;
		if (typeof at !== 'number' || !(at > 0 && at <= LAST_SECOND)) continue;
		if (latest === undefined || at > latest) latest = at;
	}
	return latest;
}
