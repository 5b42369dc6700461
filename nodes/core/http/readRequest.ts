import { RATE_LIMITED, UNAVAILABLE } from './cause';
import type { RateLimitedClient } from './client';
import { MAX_READ_ATTEMPTS, MAX_WAIT_MS } from './limits';
import { isRedirect } from './messages';
import type { ApiRequest, ApiResponse } from './messages';
import { NOTHING_CHANGED, queryFailed } from './readResult';
import type { QueryError, ReadResult } from './readResult';
import { CANCELLED, redirected, waitTooLong } from './stops';
import { afterSome, isTooSlow } from './transport';
import type { RequestKind, TransportFault, TransportResult } from './transport';

/** One request for data, and how its response reads. */
export interface ReadRequest<T> {
	request: ApiRequest;
	read: (response: ApiResponse) => ReadResult<T>;
}

/** What was found, or why nothing was. The cause is given where no response was read; `exhausted`: however often it was asked for; `tooSlow`: asked for once. */
export type ReadOutcome<T> =
	{ kind: 'found'; value: T } | { kind: 'failed'; error: QueryError; cause?: ReadFailureCause };

type ReadFailureCause = 'cancelled' | 'redirected' | 'exhausted' | 'tooSlow' | TransportFault;

/** How a read request is repeated. */
export interface ReadOptions {
	/** Asked before each attempt; with `false` the request counts as cancelled. Default: always. */
	isWanted?: () => boolean;
	/** Called just before each attempt leaves. */
	onSend?: () => void;
	/** Default: MAX_READ_ATTEMPTS. */
	maxAttempts?: number;
	/** Default: `question`. */
	kind?: RequestKind;
	/** The caller can ask for less: a request that takes too long is not repeated. */
	isDivisible?: boolean;
}

/**
 * Sends a request that changes nothing, again where that may help: after a fault, when the vendor is busy, and with a new
 * session. Never rejects.
 */
export async function sendRead<T>(
	{ request, read }: ReadRequest<T>,
	client: RateLimitedClient,
	options: ReadOptions = {},
): Promise<ReadOutcome<T>> {
	const { isWanted = () => true, onSend, maxAttempts = MAX_READ_ATTEMPTS, isDivisible } = options;
	const sendOptions = { isWanted, kind: options.kind ?? 'question', ...(onSend && { onSend }) };
	let renewals = 0;
	let faults = 0;
	for (let attempt = 1; ; attempt += 1) {
		const given = await client.send(request, sendOptions);
		if (given.kind === 'cancelled') return cancelled();
		faults = given.kind === 'fault' && given.fault.attempts !== undefined ? faults + 1 : 0;
		const sent: TransportResult =
			given.kind === 'fault' ? { kind: 'fault', fault: afterSome(given.fault, faults) } : given;
		const result = resultOf(sent, read);
		if (result.kind === 'found') return result;
		if (result.kind === 'failed') return failed(result.error, causeOf(sent));
		if (result.kind === 'sessionExpired') {
			if (!isWanted()) return cancelled();
			renewals += 1;
			const renewed = await client.renew(renewals);
			if (renewed === undefined) continue;
			return failed(renewed === 'none' ? { ...result.error, stopsRun: true } : errorOf(renewed));
		}
		if (isDivisible && isTooSlow(sent)) return failed(result.error, 'tooSlow');
		const response = sent.kind === 'response' ? sent.response : undefined;
		if (response && result.throttled) client.onThrottled(response, attempt);
		const askedMs = sent.kind === 'fault' ? sent.fault.waitMs : client.requestedWaitMs(sent.response);
		if (askedMs !== undefined && askedMs > MAX_WAIT_MS) {
			const { reason, cause } = waitTooLong(askedMs);
			return failed({
				...result.error,
				reason,
				hint: 'Run the node again after that.',
				cause,
				stopsRun: true,
			});
		}
		if (attempt >= maxAttempts) {
			const cause = result.throttled ? RATE_LIMITED : UNAVAILABLE;
			return failed({ cause, ...result.error }, 'exhausted');
		}
		await client.wait(askedMs, attempt);
	}
}

/** A redirect is not followed: wherever it leads to may not be the vendor. */
function resultOf<T>(sent: TransportResult, read: ReadRequest<T>['read']): ReadResult<T> {
	if (sent.kind === 'fault') {
		return { kind: sent.fault.stopsRun ? 'failed' : 'tryAgain', error: errorOf(sent.fault) };
	}
	const { response } = sent;
	if (!isRedirect(response)) return read(response);
	const { reason, hint, cause } = redirected(response);
	return queryFailed({ reason, hint, cause, httpStatus: response.status, stopsRun: true });
}

function causeOf(sent: TransportResult): 'redirected' | TransportFault | undefined {
	if (sent.kind === 'fault') return sent.fault;
	return isRedirect(sent.response) ? 'redirected' : undefined;
}

function errorOf({ reason, hint, cause, code, vendorMessage, maybeSent }: TransportFault): QueryError {
	return {
		reason,
		// What a fault's hint says about commands that may have worked does not concern a look-up.
		hint: maybeSent ? NOTHING_CHANGED : hint,
		...(cause && { cause }),
		...(code !== undefined && { code }),
		...(vendorMessage !== undefined && { vendorMessage }),
		stopsRun: true,
	};
}

function cancelled(): ReadOutcome<never> {
	return failed({ reason: CANCELLED.reason, cause: CANCELLED.cause, stopsRun: true }, 'cancelled');
}

function failed(error: QueryError, cause?: ReadFailureCause): ReadOutcome<never> {
	return { kind: 'failed', error, ...(cause !== undefined && { cause }) };
}
