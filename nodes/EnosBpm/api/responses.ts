import { forAll } from '../../core/commands/contract';
import type { CommandResponse, Verdict, StateReport } from '../../core/commands/contract';
import { isSuccess } from '../../core/http/messages';
import { excerpt } from '../../core/util/text';
import type { ApiResponse } from '../../core/http/messages';
import { readEnvelope, isSessionExpired } from './envelope';
import type { Envelope } from './envelope';
import {
	BY_CODE,
	EXPIRED_HINT,
	EXPIRED_REASON,
	GATEWAY_DOWN,
	NO_ORGANIZATION_HINT,
	NOT_BPM,
	NOT_DONE,
	NOT_ENOS,
	THROTTLED_BY_SOMEBODY,
	UNLISTED,
	UNREADABLE,
	isOutage,
} from './errors';
import type { Refusal } from './errors';
import { asObject } from '../../core/util/json';
import { stateOf } from './instance';

const NO_ORGANIZATION = 31512;

const REQUEST_TIMEOUT = 408;

const TOO_MANY_REQUESTS = 429;

/**
 * Reads the answer to "Terminate Process Instance". The body comes first, at any HTTP status; only the documented
 * success is one: code 0 and data true. An answer without a code is nobody's word for what EnOS did.
 */
export function readAnswer(targets: readonly unknown[], response: ApiResponse): CommandResponse {
	const { status, text } = response;
	const envelope = readEnvelope(text);
	if (isSessionExpired(envelope, status)) return expired(envelope);
	if (envelope && envelope.code !== 0) {
		return refused(targets, BY_CODE[envelope.code] ?? UNLISTED, status, toldBy(envelope));
	}
	if (envelope?.key === 'code' && isSuccess(status)) {
		return envelope.data === true
			? forAll(targets, { outcome: 'terminated', ...extraOf(envelope) })
			: refused(targets, NOT_DONE, status, toldBy(envelope));
	}
	return refused(targets, byStatus(response), status, {
		...(text.trim() !== '' && { vendorMessage: excerpt(text) }),
	});
}

/** What an answer without a code means. */
export function byStatus({ status, text }: ApiResponse): Refusal {
	if (status === TOO_MANY_REQUESTS) return THROTTLED_BY_SOMEBODY;
	if (status >= 500 || status === REQUEST_TIMEOUT) return GATEWAY_DOWN;
	if (status === 404) return NOT_BPM;
	if (!isSuccess(status) || text.trimStart().startsWith('<')) return NOT_ENOS(status);
	return UNREADABLE;
}

function expired(envelope: Envelope | undefined): CommandResponse {
	// A code of success behind HTTP 401 is no code against the session.
	const told = envelope && envelope.code !== 0 ? toldBy(envelope) : undefined;
	const reason = EXPIRED_REASON;
	const hint = envelope?.code === NO_ORGANIZATION ? NO_ORGANIZATION_HINT : EXPIRED_HINT;
	return {
		kind: 'sessionExpired',
		verdict: { outcome: told ? 'failed' : 'unknown', reason, hint, ...told },
		stop: { scope: 'run', reason, hint },
	};
}

function refused(targets: readonly unknown[], refusal: Refusal, status: number, told: Told): CommandResponse {
	const { stopsRun, throttled, ...verdict } = refusal;
	const { reason, hint } = verdict;
	return {
		kind: 'verdicts',
		verdicts: targets.map(() => ({ ...verdict, ...told })),
		...(stopsRun && { stop: { scope: 'run', reason, hint } }),
		// By HTTP status 429 the run slows down without being told.
		...(throttled && status !== TOO_MANY_REQUESTS && { throttled }),
	};
}

type Told = Pick<Verdict, 'code' | 'vendorMessage' | 'extra'>;

function toldBy(envelope: Envelope): Told {
	return {
		code: String(envelope.code),
		...(envelope.text !== undefined && { vendorMessage: envelope.text }),
		...extraOf(envelope),
	};
}

function extraOf({ requestId }: Envelope): Pick<Verdict, 'extra'> {
	return requestId === undefined ? {} : { extra: { requestId } };
}

const NOT_FOUND = 33404;

/**
 * How an instance stands, by "Get Process Instance". Empty when the answer does not tell of this instance.
 */
export function readState(
	id: string,
	{ status, text }: ApiResponse,
): StateReport | 'sessionExpired' | 'tryAgain' {
	const envelope = readEnvelope(text);
	if (isSessionExpired(envelope, status)) return 'sessionExpired';
	if (envelope && isOutage(envelope.code)) return 'tryAgain';
	if (envelope?.key !== 'code') return {};
	if (envelope.code === NOT_FOUND) return { state: 'absent' };
	const instance = asObject(envelope.data);
	if (envelope.code !== 0 || !isSuccess(status) || instance?.['id'] !== id) return {};
	const vendorState = stateOf(instance);
	return { state: vendorState === 'inProgress' ? 'running' : 'ended', vendorState };
}
