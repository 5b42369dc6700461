import { MAX_WAIT_MS } from './backoff';
import type { RateLimitedClient } from './client';
import { CANCELLED, redirected, waitTooLong } from './stops';
import type { TransportFault } from './transport';
import { isRedirect } from './messages';
import type { ApiRequest, ApiResponse } from './messages';
import { NOTHING_CHANGED, queryFailed } from './readResult';
import type { ReadResult, QueryError } from './readResult';

/** A look-up changes nothing, so it may be sent again; at most so often in all. */
export const MAX_TRIES = 5;

/** One request for data, and how its answer reads. */
export interface ReadRequest<T> {
	request: ApiRequest;
	read: (response: ApiResponse) => ReadResult<T>;
}

/** What was found, or why nothing was. */
export type ReadOutcome<T> = { kind: 'found'; value: T } | { kind: 'failed'; error: QueryError };

/** Puts one question, again where that may help. Never rejects. */
export async function sendRead<T>(
	{ request, read }: ReadRequest<T>,
	line: RateLimitedClient,
): Promise<ReadOutcome<T>> {
	let mayRenew = true;
	for (let tries = 1; ; tries += 1) {
		const exchange = await line.send(request, () => true);
		if (exchange.kind === 'cancelled') return refused({ ...CANCELLED, stopsRun: true });
		const response = exchange.kind === 'response' ? exchange.response : undefined;
		const reading =
			exchange.kind === 'fault' ? readFault(exchange.fault) : readAnswer(exchange.response, read);
		if (reading.kind === 'found' || reading.kind === 'failed') return reading;
		if (reading.kind === 'sessionExpired') {
			const renewed = mayRenew ? await line.renew() : 'none';
			if (renewed !== undefined) {
				return refused(renewed === 'none' ? { ...reading.error, stopsRun: true } : ofFault(renewed));
			}
			mayRenew = false;
			continue;
		}
		if (response && reading.throttled) line.onThrottled(response, tries);
		const askedMs = response && line.requestedWaitMs(response);
		if (askedMs !== undefined && askedMs > MAX_WAIT_MS) {
			return refused({
				...reading.error,
				...waitTooLong(askedMs),
				hint: 'Run it again then.',
				stopsRun: true,
			});
		}
		if (tries >= MAX_TRIES) return refused(reading.error);
		await line.wait(askedMs, tries);
	}
}

/** Wherever a redirect leads to, it gets no request: it may not be the vendor. */
function readAnswer<T>(response: ApiResponse, read: ReadRequest<T>['read']): ReadResult<T> {
	if (!isRedirect(response)) return read(response);
	const { reason, hint } = redirected(response);
	return queryFailed({ reason, hint, httpStatus: response.status, stopsRun: true });
}

function readFault(fault: TransportFault): ReadResult<never> {
	return { kind: fault.stopsRun ? 'failed' : 'tryAgain', error: ofFault(fault) };
}

function ofFault({ reason, hint, code, maybeSent }: TransportFault): QueryError {
	return {
		reason,
		// What a fault's hint says of commands that may have worked does not concern a look-up.
		hint: maybeSent ? NOTHING_CHANGED : hint,
		...(code !== undefined && { code }),
		stopsRun: true,
	};
}

function refused(error: QueryError): ReadOutcome<never> {
	return { kind: 'failed', error };
}
