import type { Stop, Verdict } from './contract';
import { redirectHost } from '../http/messages';
import type { WireResponse } from '../http/messages';

/** Verdicts and stops that are the same for all vendors. */

export const CANCELLED: Stop = { scope: 'run', reason: 'the execution was cancelled' };

/** How to get unstuck where nobody knows what was done. It holds for every command: each may be repeated. */
export const RUN_AGAIN = 'Run it again: what is done by then is reported as done.';

/** An answer that leaves a target out. */
export const NOT_MENTIONED: Verdict = {
	outcome: 'unknown',
	reason: 'the answer did not mention it',
};

/** Where the vendor is to be asked first: without its word nothing is sent. */
export const NOT_SEEN: Verdict = {
	outcome: 'notSent',
	reason: 'its state could not be read first, and the command does not fit every state',
	hint: 'Run it again a little later.',
	notRun: true,
};

/** Of a target that was left when the run or its group stopped. */
export function notSent({ reason, hint }: Stop): Verdict {
	return {
		outcome: 'notSent',
		reason: `the run was stopped because ${reason}`,
		...(hint !== undefined && { hint }),
	};
}

/** The vendor asks for more time than anybody should wait. */
export function tooLong(askedMs: number): Stop {
	return {
		scope: 'run',
		reason: `the vendor asked to wait for ${Math.ceil(askedMs / 60_000)} minutes`,
		hint: 'Run it again then: what is done by then is reported as done.',
	};
}

/** The verdict with the vendor's own word for the target's state. */
export function withState(verdict: Verdict, state: string | undefined): Verdict {
	return state === undefined ? verdict : { ...verdict, extra: { ...verdict.extra, state } };
}

/** The server sends the client elsewhere. Wherever that is, it gets no request: it may not be the vendor. */
export function redirected(response: WireResponse): Stop & { hint: string } {
	return {
		scope: 'run',
		reason: `the server redirected the request to ${redirectHost(response)}, and redirects are not followed`,
		hint: 'Enter the new address in the credential if you trust it.',
	};
}

/** A time in epoch seconds for people, to the next full minute; undefined when it is none. */
export function clockTime(epochSeconds: number): string | undefined {
	const date = new Date(Math.ceil(epochSeconds / 60) * 60_000);
	return Number.isNaN(date.getTime())
		? undefined
		: `${date.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}
