import { OWN_FAULT, UNAVAILABLE } from '../http/cause';
import type { QueryError } from '../http/readResult';
import type { Stop } from '../http/stops';
import type { StateReport, Verdict } from './contract';

/** How to get unstuck where nobody knows what was done. It holds for every command: each may be repeated. */
export const RUN_AGAIN = 'It is safe to run the node again: whatever is already done is reported as done.';

/** An answer that leaves a target out. */
export const NOT_MENTIONED: Verdict = {
	outcome: 'unknown',
	reason: 'the response did not mention it',
};

/** Where the vendor is to be asked first: without a state that the command fits nothing is sent. */
export function notSeen({ vendorState, error, isRefused }: StateReport): Verdict {
	if (error && isRefused) return refused(error);
	if (vendorState !== undefined) {
		return {
			outcome: 'notSent',
			reason: 'it is in a state that this node does not know',
			hint: 'Look it up in the system, and report the state to the maintainers of this node.',
			vendorMessage: vendorState,
		};
	}
	const { reason = 'the response does not show it', ...details } = error ?? {};
	return {
		outcome: 'notSent',
		reason: `its state has to be known before the command is sent, but could not be read: ${reason}`,
		hint: 'Run the node again later.',
		cause: UNAVAILABLE,
		...wordsOf(details),
		notRun: true,
	};
}

/** Of targets about which the vendor refuses every question, so that the command was not sent. */
export function refused(error: QueryError): Verdict {
	return { outcome: 'failed', ...explained(error) };
}

/** Why something could not be done, by the answer to a question. */
export function explained({ reason, hint, ...details }: QueryError): Omit<Verdict, 'outcome'> {
	return { reason, ...(hint !== undefined && { hint }), ...wordsOf(details) };
}

function wordsOf({
	cause,
	code,
	vendorMessage,
	extra,
}: Partial<QueryError>): Pick<Verdict, 'cause' | 'code' | 'vendorMessage' | 'extra'> {
	return {
		...(cause && { cause }),
		...(code !== undefined && { code }),
		...(vendorMessage !== undefined && { vendorMessage }),
		...(extra !== undefined && { extra }),
	};
}

/** Of a target whose response could not be dealt with, because of a fault of this package's own. */
export const NOT_JUDGED: Verdict = {
	outcome: 'unknown',
	reason: 'the request was sent, but an internal error in this node kept it from reading the response',
	hint: 'Look it up in the system, or run the node again: whatever is already done is reported as done. Report this error to the maintainers of this node.',
	cause: OWN_FAULT,
};

/** Of a target that was left when the run or its group stopped. */
export function notSent({ reason, hint, cause }: Stop): Verdict {
	return {
		outcome: 'notSent',
		reason: `the run was stopped because ${reason}`,
		...(hint !== undefined && { hint }),
		...(cause && { cause }),
	};
}

/** The verdict with the vendor's own word for the target's state. */
export function withState(verdict: Verdict, vendorState: string | undefined): Verdict {
	return vendorState === undefined ? verdict : { ...verdict, extra: { ...verdict.extra, vendorState } };
}
