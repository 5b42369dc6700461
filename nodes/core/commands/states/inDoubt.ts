import type { TransportFault } from '../../http/transport';
import { omit } from '../../util/omit';
import type { Batch, Job } from '../batches';
import type { ByState, Contract, StateQuery, TargetState, StateReport, Verdict } from '../contract';
import { isInDoubt } from '../retryPolicy';
import { explained, NOT_JUDGED, notSeen, RUN_AGAIN, withState } from '../verdicts';
import type { CommandWords } from '../vocabulary';

/** What the vendor's word means depends on what its command does, and on whether it forgets what has ended. */
type CommandTraits = Pick<Contract<never>, 'words' | 'keepsEnded'>;
type Absent = StateQuery<unknown>['absentMeans'];
type Explained = Pick<Verdict, 'outcome' | 'reason' | 'hint'>;

/** Added to the output where an earlier request of the same run, whose answer was lost, may have done it. */
const MAYBE_BY_THIS_RUN = { maybeByThisRun: true };

/** Whether an earlier request of the run may have brought the target to where it is. */
export function isMaybeByThisRun(verdict: Verdict): verdict is Verdict & Required<Pick<Verdict, 'extra'>> {
	return verdict.extra?.['maybeByThisRun'] === true;
}

/**
 * What the vendor's word means before anything was sent: the verdict about a target to which the command must not go, or
 * undefined where it may.
 */
export function stateBefore(
	report: StateReport,
	absentMeans: Absent,
	{ participle }: CommandWords,
): Verdict | undefined {
	const { state, vendorState } = report;
	switch (state) {
		case 'running':
			return undefined;
		case 'inState':
			return withState({ outcome: participle, alreadyInState: true }, vendorState);
		case 'ended':
			return withState({ outcome: 'alreadyEnded' }, vendorState);
		case 'absent':
			return withState({ outcome: absentMeans, ...(report.error && explained(report.error)) }, vendorState);
		default:
			return notSeen(report);
	}
}

/** What the vendor's word means once the command may have been carried out. */
export function stateAfterCommand({ state, stateAfterCommand: after }: StateReport): TargetState | undefined {
	return after ?? state;
}

/** The verdict about a request that got no answer. */
export function faultVerdict({
	maybeSent,
	stopsRun,
	passing,
	reason,
	hint,
	cause,
	...said
}: TransportFault): Verdict {
	const { code, vendorMessage } = said;
	return {
		outcome: maybeSent ? 'unknown' : 'notSent',
		reason,
		hint,
		...(cause && { cause }),
		...(code !== undefined && { code }),
		...(vendorMessage !== undefined && { vendorMessage }),
		...(passing && !stopsRun && { notRun: true }),
	};
}

/**
 * What a later answer means for a target with which an earlier request may have worked: an end or an absence may be the
 * work of that request, where the command ends its targets; and a refusal says nothing about it unless it speaks of the
 * target's state.
 */
function afterDoubt(
	verdict: Verdict,
	doubt: Verdict,
	{ words: { change }, keepsEnded }: CommandTraits,
): Verdict {
	switch (verdict.outcome) {
		case 'notFound':
			return change || keepsEnded ? verdict : { ...verdict, ...maybeByThisRun(verdict) };
		case 'alreadyEnded':
		case 'notRunning':
			return change ? verdict : { ...verdict, ...maybeByThisRun(verdict) };
		case 'notSent':
			return doubt;
		case 'failed':
			return verdict.stillRunning ? verdict : openError(verdict);
		default:
			return verdict;
	}
}

/** A refusal that may concern only the repetition: the first request may have worked all the same. */
function openError(verdict: Verdict): Verdict {
	const { outcome, reason, hint, byState, ...rest } = verdict;
	const refusal: Explained = {
		outcome,
		...(reason !== undefined && { reason }),
		...(hint !== undefined && { hint }),
	};
	return {
		...rest,
		outcome: 'unknown',
		reason: `${reason ?? 'the system refused the request'}, but an earlier request in this run may have worked`,
		hint: hint ?? RUN_AGAIN,
		byState: { ...byState, running: byState?.running ?? refusal },
	};
}

function maybeByThisRun({ reason, extra }: Verdict): Pick<Verdict, 'reason' | 'extra'> {
	const note = 'an earlier request in this run may have done this';
	return {
		reason: reason === undefined ? note : `${reason}; ${note}`,
		extra: { ...extra, ...MAYBE_BY_THIS_RUN },
	};
}

/** The verdict once the vendor has said how the target stands; the same verdict where it has not. */
export function withReport(
	verdict: Verdict,
	report: StateReport,
	absentMeans: Absent,
	traits: CommandTraits,
): Verdict {
	const inDoubt = isInDoubt(verdict);
	// A command that was refused has not been carried out.
	const state = inDoubt ? stateAfterCommand(report) : report.state;
	if (state === undefined) return withState(verdict, report.vendorState);
	const given = verdict.byState?.[state];
	const rest = omit(verdict, 'byState', 'reason', 'hint', 'notRun');
	if (!inDoubt) {
		const settled = given ? { ...rest, ...given } : verdict;
		const told = isMaybeByThisRun(verdict) ? withDoubt(settled, report, state, traits) : settled;
		return withState(told, report.vendorState);
	}
	// How it stood before the lost request is not known, so nobody may say that it was so already.
	const known = omit(given ?? usual(verdict, report, state, absentMeans, traits), 'alreadyInState');
	return withState(withDoubt({ ...rest, ...known }, report, state, traits), report.vendorState);
}

/** The verdict with what holds where this run may have done it; without that where the state speaks against it. */
function withDoubt(
	verdict: Verdict,
	report: StateReport,
	state: TargetState,
	traits: CommandTraits,
): Verdict {
	if (mayBeDone(report, state, traits)) {
		return { ...verdict, extra: { ...verdict.extra, ...MAYBE_BY_THIS_RUN, ...report.extra } };
	}
	if (!isMaybeByThisRun(verdict)) return verdict;
	return { ...verdict, extra: omit(verdict.extra, 'maybeByThisRun') };
}

/** Whether a target that stands so may have been brought there by the command: no change of a state ends anything. */
function mayBeDone(
	{ endedByItself }: StateReport,
	state: TargetState,
	{ words: { change }, keepsEnded }: CommandTraits,
): boolean {
	if (change) return state === 'inState';
	return state === 'ended' ? !endedByItself : state === 'absent' && !keepsEnded;
}

/** What a state means for a command of which nobody knows whether it worked. */
function usual(
	{ reason, hint }: Verdict,
	{ endedByItself }: StateReport,
	state: TargetState,
	absentMeans: Absent,
	{ words: { participle, change }, keepsEnded }: CommandTraits,
): NonNullable<ByState[TargetState]> {
	const why = reason ?? 'the response was lost';
	const from = change?.from ?? 'running';
	switch (state) {
		case 'inState':
			return { outcome: participle, reason: `${why}; a later check found it no longer ${from}` };
		case 'ended':
			return {
				outcome: 'alreadyEnded',
				reason: `${why}; a later check found that it had ended${endedByItself ? ' on its own' : ''}`,
			};
		case 'absent':
			return {
				outcome: absentMeans,
				reason: `${why}; a later check ${absentMeans === 'notRunning' ? 'did not find it running' : 'did not find it'}`,
				hint:
					change || keepsEnded
						? 'It may have been removed since, or the ID is wrong.'
						: 'This run may have ended it, it may have finished earlier, or the ID is wrong.',
			};
		case 'running':
			return {
				outcome: 'unknown',
				reason: `${why}; a later check found it still ${from}`,
				hint: hint ?? RUN_AGAIN,
			};
	}
}

/** Keeps what a new answer says about a job, in the light of what earlier requests may have done. */
export function settle<Settings>(
	job: Job<Settings>,
	verdict: Verdict,
	traits: CommandTraits,
	httpStatus?: number,
): void {
	const read = job.doubt ? afterDoubt(verdict, job.doubt, traits) : verdict;
	job.verdict = read;
	job.isOpen = false;
	if (isInDoubt(read)) job.doubt = read;
	if (httpStatus !== undefined) job.httpStatus = httpStatus;
}

/** What holds for a target may come from the answer about another one; the vendor's words about it do not. */
type Finding = Pick<Verdict, 'outcome' | 'reason' | 'hint' | 'cause' | 'code' | 'stillRunning'>;

/**
 * Settles jobs about which the vendor said the same as about one that was sent again alone. Returns those that this leaves
 * open: because nothing is known about the one either, or because it was only done now.
 */
export function settleAlike<Settings>(
	[sent]: Batch<Settings>,
	alike: Batch<Settings>,
	traits: CommandTraits,
): Batch<Settings> {
	const verdict = sent?.verdict;
	if (!verdict || isInDoubt(verdict) || verdict.notRun || verdict.outcome === traits.words.participle)
		return alike;
	const { outcome, reason, hint, cause, code, stillRunning } = verdict;
	const finding: Finding = {
		outcome,
		...(reason !== undefined && { reason }),
		...(hint !== undefined && { hint }),
		...(cause && { cause }),
		...(code !== undefined && { code }),
		...(stillRunning && { stillRunning }),
	};
	for (const job of alike) {
		const { vendorMessage, extra } = job.verdict ?? {};
		settle(
			job,
			{ ...finding, ...(vendorMessage !== undefined && { vendorMessage }), ...(extra && { extra }) },
			traits,
		);
	}
	return [];
}

/** After an exception: nobody has read what came of the request that carries the job, if there is one. */
export function settleOpen<Settings>(job: Job<Settings>, traits: CommandTraits): void {
	if (job.isOpen) settle(job, NOT_JUDGED, traits);
}
