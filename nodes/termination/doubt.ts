import type { Inquiry, Standing, StandingReport, Verdict } from './contract';
import type { Entry } from './entries';
import type { TransportFault } from './transport';

type Absent = Inquiry<unknown>['absentMeans'];
type Words = Pick<Verdict, 'outcome' | 'reason' | 'hint'>;

const RUN_AGAIN = 'Run it again: what has ended by then is reported as ended.';

/** Added to the output where an earlier request of the same run may have done it, whose answer did not tell. */
const MAYBE_BY_THIS_RUN = { maybeByThisRun: true };

/** Whether nobody knows if the command worked. */
export function isInDoubt(verdict: Verdict): boolean {
	return verdict.outcome === 'unknown';
}

/** Whether it makes sense to send the command again after this many attempts. */
export function isWorthRepeating(verdict: Verdict, attempts: number, most: number): boolean {
	return (
		(isInDoubt(verdict) || verdict.notRun === true) && attempts < Math.min(most, verdict.attempts ?? most)
	);
}

/** The verdict about a request that got no answer. */
export function ofFault({ maybeSent, reason, hint, code }: TransportFault): Verdict {
	return { outcome: maybeSent ? 'unknown' : 'notSent', reason, hint, ...(code !== undefined && { code }) };
}

/**
 * What a later answer means for a target of which an earlier request may have ended it: an end or an absence may be the
 * work of that request, and a refusal says nothing about it unless it speaks of the target's state.
 */
function afterDoubt(verdict: Verdict, doubt: Verdict): Verdict {
	switch (verdict.outcome) {
		case 'alreadyEnded':
		case 'notRunning':
		case 'notFound':
			return { ...verdict, ...maybeByThisRun(verdict) };
		case 'notSent':
			return doubt;
		case 'failed':
			return verdict.stillRunning ? verdict : openRefusal(verdict);
		default:
			return verdict;
	}
}

/** A refusal that may concern only the repetition: the first request may have worked all the same. */
function openRefusal(verdict: Verdict): Verdict {
	const { outcome, reason, hint, ifStanding, ...rest } = verdict;
	const refusal: Words = {
		outcome,
		...(reason !== undefined && { reason }),
		...(hint !== undefined && { hint }),
	};
	return {
		...rest,
		outcome: 'unknown',
		reason: `${reason ?? 'the vendor refused'}, and an earlier request of this run may have worked`,
		hint: hint ?? RUN_AGAIN,
		ifStanding: { ...ifStanding, running: ifStanding?.running ?? refusal },
	};
}

function maybeByThisRun({ reason, extra }: Verdict): Pick<Verdict, 'reason' | 'extra'> {
	const told = 'an earlier request of this run may have done it';
	return {
		reason: reason === undefined ? told : `${reason}; ${told}`,
		extra: { ...extra, ...MAYBE_BY_THIS_RUN },
	};
}

/** The verdict once the vendor has said how the target stands. */
export function withStanding(verdict: Verdict, standing: Standing, absentMeans: Absent): Verdict {
	const { ifStanding, reason: _reason, hint: _hint, notRun: _notRun, ...rest } = verdict;
	const given: Words | undefined = ifStanding?.[standing];
	if (!isInDoubt(verdict)) return given ? { ...rest, ...given } : verdict;
	const change = given ?? usual(verdict, standing, absentMeans);
	return {
		...rest,
		...change,
		...(standing !== 'running' && { extra: { ...rest.extra, ...MAYBE_BY_THIS_RUN } }),
	};
}

/** What a standing means for a command of which nobody knows whether it worked. */
function usual({ reason, hint }: Verdict, standing: Standing, absentMeans: Absent): Words {
	const why = reason ?? 'the answer was lost';
	switch (standing) {
		case 'ended':
			return { outcome: 'alreadyEnded', reason: `${why}, and afterwards it had ended` };
		case 'absent':
			return {
				outcome: absentMeans,
				reason: `${why}, and afterwards it was ${absentMeans === 'notRunning' ? 'not among the running ones' : 'not there'}`,
				hint: 'This run may have ended it; or it had finished already, or the ID is wrong.',
			};
		case 'running':
			return {
				outcome: 'unknown',
				reason: `${why}, and afterwards it was still running`,
				hint: hint ?? RUN_AGAIN,
			};
	}
}

/** Whether the run should ask how the target stands. */
export function asks(verdict: Verdict): boolean {
	return verdict.ifStanding !== undefined || isInDoubt(verdict);
}

/** The verdict when the vendor was asked to confirm it; without a report it could not be asked. */
export function verified(verdict: Verdict, report: StandingReport | undefined): Verdict {
	const { standing, state } = report ?? {};
	const extra = {
		...verdict.extra,
		verified: standing !== undefined && standing !== 'running',
		...(state !== undefined && { state }),
	};
	if (standing !== 'running') return { ...verdict, extra };
	return {
		...verdict,
		outcome: 'unknown',
		reason: 'the vendor said that it had ended, and afterwards it was still running',
		hint: RUN_AGAIN,
		extra,
	};
}

/** Keeps what a new answer says about an entry, in the light of what earlier requests may have done. */
export function settle<Settings>(entry: Entry<Settings>, verdict: Verdict, httpStatus?: number): void {
	const said = entry.doubt ? afterDoubt(verdict, entry.doubt) : verdict;
	entry.verdict = said;
	if (isInDoubt(said)) entry.doubt = said;
	if (httpStatus !== undefined) entry.httpStatus = httpStatus;
}
