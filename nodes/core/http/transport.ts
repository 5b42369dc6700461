import type { Cause } from './cause';
import type { ApiRequest, ApiResponse } from './messages';

/** Why no response came. */
export interface TransportFault {
	/** The system's word for it, such as `ECONNRESET`. */
	code?: string;
	/** `false`: the vendor cannot have acted. `true`: it may have. */
	maybeSent: boolean;
	/** Every other request would fail in the same way. */
	stopsRun: boolean;
	/** Nothing was sent, for a reason that may pass by itself: a later run may well fare better. */
	passing?: true;
	/** No answer came in time. */
	timedOut?: true;
	/** So many requests in a row may meet it; then nothing else would get through either, and the run stops. */
	attempts?: number;
	/** Milliseconds to wait before the next one, where a server has asked for it. */
	waitMs?: number;
	/** Why, as the second half of a sentence. */
	reason: string;
	hint: string;
	/** Left out where it is not known. */
	cause?: Cause;
	/** What a server has said about it, as it came. */
	vendorMessage?: string;
}

/** A fault that came so many times in a row: one that may pass stops the run once it has come often enough. */
export function afterSome(fault: TransportFault, times: number): TransportFault {
	const isOver = fault.attempts !== undefined && times >= fault.attempts;
	return isOver ? { ...fault, stopsRun: true } : fault;
}

/** What came of one request; `cancelled`: it never left. */
export type SendResult =
	| { kind: 'response'; response: ApiResponse }
	| { kind: 'fault'; fault: TransportFault }
	| { kind: 'cancelled' };

/** What came of a request that left. */
export type TransportResult = Exclude<SendResult, { kind: 'cancelled' }>;

/** HTTP statuses for a request that took too long: 408 of a server, 504 of a gateway before it (RFC 9110). */
const TOO_SLOW: readonly number[] = [408, 504];

/** Whether a request took too long, by n8n's measure or the server's own. */
export function isTooSlow(result: TransportResult): boolean {
	return result.kind === 'fault' ? result.fault.timedOut === true : TOO_SLOW.includes(result.response.status);
}

/** What a request is for, which decides how long its response is waited for. */
export type RequestKind =
	/** It changes something: as long as the user wants. */
	| 'command'
	/** A page of a list, which the vendor may take long to put together. */
	| 'page'
	/** About one thing or a few: short. */
	| 'question';

/** The way to the vendor. Never rejects: what goes wrong is a fault. */
export interface Transport {
	/** Ends in bounded time, counted from its start, whatever the vendor does. */
	send(request: ApiRequest, kind: RequestKind): Promise<TransportResult>;
	/**
	 * Sees to another session for the next request, after a refusal of the last one; `round` counts those of one request (from
	 * 1). Undefined when it succeeds, a fault when there is none. Left out where there are no sessions.
	 */
	renew?(round: number): Promise<TransportFault | undefined>;
	/** How many sessions one request may go through after the first. Default: one. */
	renewals?: number;
}
