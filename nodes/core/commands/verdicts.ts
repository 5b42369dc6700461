import type { Stop } from '../http/stops';
import type { Verdict } from './contract';

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

/** The verdict with the vendor's own word for the target's state. */
export function withState(verdict: Verdict, state: string | undefined): Verdict {
	return state === undefined ? verdict : { ...verdict, extra: { ...verdict.extra, state } };
}
