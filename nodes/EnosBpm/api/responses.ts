import { forAll } from '../../core/commands/contract';
import type { CommandResponse, StateReport, Verdict } from '../../core/commands/contract';
import { CREDENTIAL } from '../../core/http/cause';
import { isSuccess, REQUEST_TIMEOUT, TOO_MANY_REQUESTS } from '../../core/http/messages';
import type { ApiResponse } from '../../core/http/messages';
import { NOTHING_CHANGED, queryFailed, readOutage } from '../../core/http/readResult';
import type { ReadResult } from '../../core/http/readResult';
import { asText } from '../../core/util/json';
import type { JsonRecord } from '../../core/util/json';
import { omit } from '../../core/util/omit';
import { outsideText } from '../../core/util/text';
import {
	GATEWAY_DOWN,
	NOT_BPM,
	NOT_DONE,
	NOT_ENOS,
	THROTTLED_ON_THE_WAY,
	UNLISTED,
	UNREADABLE,
} from './commandErrors';
import type { CommandError } from './commandErrors';
import { readEnvelope } from './envelope';
import type { Envelope } from './envelope';
import {
	EXPIRED_HINT,
	EXPIRED_REASON,
	isOutageCode,
	NO_RIGHT,
	isSessionCode,
	KNOWN_ERRORS,
	NO_ORGANIZATION,
	NO_ORGANIZATION_HINT,
	NOT_FOUND,
} from './errors';
import { instanceOf, NOUN, stateOf } from './instance';
import type { InstanceState } from './instance';

/** What a response of the BPM service is, whatever was asked. */
type Classified =
	/** Code 0 under its own name, at an HTTP status of success. */
	| { kind: 'data'; envelope: Envelope }
	/** The session is not valid, by the code at any HTTP status, or by HTTP 401 where there is no code against anything. */
	| { kind: 'sessionExpired'; envelope: Envelope | undefined }
	/** EnOS or its gateway says no, by a code. */
	| { kind: 'error'; envelope: Envelope; error: CommandError }
	/** No code that counts. */
	| { kind: 'noCode'; envelope: Envelope | undefined; error: CommandError };

/**
 * Classifies a response. The body comes first, at any HTTP status; a response without a code says nothing about what EnOS
 * did.
 */
function classify(response: ApiResponse): Classified {
	const { status, text } = response;
	const envelope = readEnvelope(text);
	const code = envelope?.code ?? 0;
	if (code === 0 ? status === 401 : isSessionCode(code)) return { kind: 'sessionExpired', envelope };
	if (envelope && code !== 0) {
		return { kind: 'error', envelope, error: KNOWN_ERRORS[code]?.command ?? UNLISTED };
	}
	if (envelope?.key === 'code' && isSuccess(status)) return { kind: 'data', envelope };
	return { kind: 'noCode', envelope, error: byStatus(response) };
}

/** What a response without a code means. */
function byStatus({ status, text }: ApiResponse): CommandError {
	if (status === TOO_MANY_REQUESTS) return THROTTLED_ON_THE_WAY;
	if (status >= 500 || status === REQUEST_TIMEOUT) return GATEWAY_DOWN;
	if (status === 404) return NOT_BPM;
	if (!isSuccess(status) || text.trimStart().startsWith('<')) return NOT_ENOS(status);
	return UNREADABLE;
}

/** Reads the response to "Terminate Process Instance": only code 0 and data true are a success. Never throws. */
export function readTermination(targets: readonly unknown[], response: ApiResponse): CommandResponse {
	const { status, text } = response;
	const answer = classify(response);
	switch (answer.kind) {
		case 'sessionExpired':
			return expired(answer.envelope);
		case 'error':
			return failed(targets, answer.error, status, vendorDetails(answer.envelope));
		case 'data':
			return answer.envelope.data === true
				? forAll(targets, { outcome: 'terminated', ...requestIdOf(answer.envelope) })
				: failed(targets, NOT_DONE, status, vendorDetails(answer.envelope));
		case 'noCode':
			return failed(targets, answer.error, status, {
				...(text.trim() !== '' && { vendorMessage: outsideText(text) }),
			});
	}
}

function expired(envelope: Envelope | undefined): CommandResponse {
	// A code of success behind HTTP 401 says nothing against the session.
	const details = envelope && envelope.code !== 0 ? vendorDetails(envelope) : undefined;
	const reason = EXPIRED_REASON;
	const hint = envelope?.code === NO_ORGANIZATION ? NO_ORGANIZATION_HINT : EXPIRED_HINT;
	return {
		kind: 'sessionExpired',
		verdict: { outcome: details ? 'failed' : 'unknown', reason, hint, cause: CREDENTIAL, ...details },
		stop: { scope: 'run', reason, hint, cause: CREDENTIAL },
	};
}

function failed(
	targets: readonly unknown[],
	{ stopsRun, throttled, ...verdict }: CommandError,
	status: number,
	details: VendorDetails,
): CommandResponse {
	const { reason, hint, cause } = verdict;
	return {
		kind: 'verdicts',
		verdicts: targets.map(() => ({ ...verdict, ...details })),
		...(stopsRun && { stop: { scope: 'run', reason, hint, ...(cause && { cause }) } }),
		// The run slows down by itself on HTTP status 429.
		...(throttled && status !== TOO_MANY_REQUESTS && { throttled }),
	};
}

/**
 * The state of an instance, by "Get Process Instance"; `terminate` never leads to a completed one. A response about another
 * instance, or none of EnOS, leaves the question open.
 *
 * @param reason what was sent as the reason of the termination
 */
export function readState(
	id: string,
	reason: string | undefined,
	response: ApiResponse,
): ReadResult<StateReport[]> {
	const answer = classify(response);
	if (answer.kind === 'error' && answer.envelope.key === 'code' && answer.envelope.code === NOT_FOUND) {
		return { kind: 'found', value: [{ state: 'absent' }] };
	}
	const result = readData(response, (data) => instanceOf(data, id));
	if (result.kind === 'failed') {
		const error = omit(result.error, 'notFound');
		// Without a code it is not EnOS that has turned the question down.
		return error.code === undefined && !error.stopsRun ? { kind: 'tryAgain', error } : queryFailed(error);
	}
	return result.kind === 'found' ? { kind: 'found', value: [reportOf(result.value, reason)] } : result;
}

const MEANINGS: Readonly<Record<InstanceState, StateReport>> = {
	inProgress: { state: 'running' },
	completed: { state: 'ended', endedByItself: true },
	terminated: { state: 'ended' },
};

/** The reason may not be there: the page's table and its sample differ in the key that it is sent by. */
function reportOf(instance: JsonRecord, reason: string | undefined): StateReport {
	const vendorState = stateOf(instance);
	const isLost = vendorState === 'terminated' && asText(instance['terminateReason']) !== asText(reason);
	const isForbidden = vendorState === 'inProgress' && instance['terminable'] === false;
	return {
		...MEANINGS[vendorState],
		vendorState,
		...(isLost && { extra: { reasonStored: false } }),
		...(isForbidden && { refusal: NO_RIGHT }),
	};
}

/**
 * Reads the response to a look-up or a list: code 0 and the data that is wanted. `pick` returns undefined for data of
 * another form. Never throws.
 */
export function readData<T>(response: ApiResponse, pick: (data: unknown) => T | undefined): ReadResult<T> {
	const { status: httpStatus, text } = response;
	const answer = classify(response);
	if (answer.kind === 'sessionExpired') {
		const details = { httpStatus, ...(answer.envelope && vendorDetails(answer.envelope)) };
		return {
			kind: 'sessionExpired',
			error: { reason: EXPIRED_REASON, hint: EXPIRED_HINT, cause: CREDENTIAL, ...details, stopsRun: true },
		};
	}
	if (answer.kind === 'error') {
		const { error, envelope } = answer;
		return readFailure(error, envelope.code, { httpStatus, ...vendorDetails(envelope) });
	}
	const value = answer.kind === 'data' ? pick(answer.envelope.data) : undefined;
	if (value !== undefined) return { kind: 'found', value };
	const { reason, hint, cause, stopsRun } = answer.kind === 'noCode' ? answer.error : byStatus(response);
	const words = answer.envelope ? '' : outsideText(text);
	return (
		readOutage(response, NOUN.vendor) ??
		queryFailed({
			reason,
			hint,
			...(cause && { cause }),
			httpStatus,
			...(words !== '' && { vendorMessage: words }),
			...(stopsRun && { stopsRun }),
		})
	);
}

function readFailure(
	{ outcome, reason, hint, cause, stopsRun, throttled }: CommandError,
	code: number,
	details: VendorDetails & { httpStatus: number },
): ReadResult<never> {
	if (isOutageCode(code)) {
		const error = { reason, hint: NOTHING_CHANGED, ...(cause && { cause }), ...details };
		return { kind: 'tryAgain', error, ...(throttled && { throttled }) };
	}
	return queryFailed({
		reason,
		hint,
		...KNOWN_ERRORS[code]?.read,
		...(cause && { cause }),
		...details,
		...(outcome === 'notFound' && { notFound: true as const }),
		...(stopsRun && { stopsRun }),
	});
}

type VendorDetails = Pick<Verdict, 'code' | 'vendorMessage' | 'extra'>;

/** The vendor's code, words and request ID, for the output. */
function vendorDetails(envelope: Envelope): VendorDetails {
	return {
		code: String(envelope.code),
		...(envelope.text !== undefined && { vendorMessage: envelope.text }),
		...requestIdOf(envelope),
	};
}

function requestIdOf({ requestId }: Envelope): Pick<Verdict, 'extra'> {
	return requestId === undefined ? {} : { extra: { requestId } };
}
