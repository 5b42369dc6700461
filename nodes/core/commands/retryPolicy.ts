import { MAX_ATTEMPTS } from '../http/limits';
import type { Job } from './batches';
import type { Verdict } from './contract';

/** Whether nobody knows if the command worked. */
export function isInDoubt(verdict: Verdict): boolean {
	return verdict.outcome === 'unknown';
}

/**
 * Whether the command is to be sent again, unless the vendor says that it has worked: nobody knows whether it did, or the
 * vendor turned it away for now; and it was not sent as often as makes sense.
 */
export function shouldRetry<Settings>({
	verdict,
	...job
}: Pick<Job<Settings>, 'verdict' | 'attempts' | 'excused'>): boolean {
	if (verdict === undefined) return false;
	if (triesOf(job) >= Math.min(MAX_ATTEMPTS, verdict.attempts ?? MAX_ATTEMPTS)) return false;
	return isInDoubt(verdict) || verdict.notRun === true;
}

/** How many requests have said something about a job, or may have. */
export function triesOf<Settings>({
	attempts,
	excused,
}: Pick<Job<Settings>, 'attempts' | 'excused'>): number {
	return attempts - excused;
}

/** Whether nothing came of a command: nobody knows if it worked, or it did not get through. */
export function isUseless(verdict: Verdict): boolean {
	return isInDoubt(verdict) || verdict.outcome === 'notSent' || verdict.notRun === true;
}

/** Whether the state of the target would change its verdict. */
export function needsStateCheck<Settings>({ verdict }: Pick<Job<Settings>, 'verdict'>): boolean {
	return verdict !== undefined && (verdict.byState !== undefined || isInDoubt(verdict));
}
