import type { TargetState, StateReport, Verdict } from '../contract';
import { RUN_AGAIN } from '../verdicts';
import type { CommandWords } from '../vocabulary';
import { isMaybeByThisRun, stateAfterCommand } from './inDoubt';

/** Outcomes that claim nothing about the target that the vendor could confirm. */
const NO_CLAIM: ReadonlyArray<Verdict['outcome']> = ['failed', 'unknown', 'notSent', 'dryRun'];

/** Whether an outcome says that nothing is left to do, so that the vendor may be asked to confirm it. */
export function isClaim({ outcome }: Verdict): boolean {
	return !NO_CLAIM.includes(outcome);
}

/** The verdict when the vendor was asked to confirm it. What it did not say is not confirmed, and the reason says why. */
export function verified(
	{ alreadyInState, ...verdict }: Verdict,
	report: StateReport,
	words: CommandWords,
): Verdict {
	const { participle, change } = words;
	const isDone = verdict.outcome === participle;
	const isChange = change !== undefined && isDone;
	const state = isChange ? stateAfterCommand(report) : report.state;
	const found = contradictionIn(report, state, { isDone, change });
	const claim = isChange || report.endedByItself ? `was ${participle}` : 'had ended';
	const isVerified = state !== undefined && (found === undefined || found.outcome === 'alreadyEnded');
	return {
		...verdict,
		...(found === undefined && alreadyInState && { alreadyInState }),
		...(state === undefined && { reason: unconfirmed(verdict, report) }),
		...(found && {
			...found,
			reason: `the system reported that it ${claim}, but a later check showed that it ${found.reason}`,
		}),
		extra: {
			...verdict.extra,
			...(isVerified && (isDone || isMaybeByThisRun(verdict)) && !report.endedByItself && report.extra),
			verified: isVerified,
			...(report.vendorState !== undefined && { vendorState: report.vendorState }),
		},
	};
}

function unconfirmed({ reason }: Verdict, { vendorState, error, isRefused }: StateReport): string {
	const unclear =
		vendorState === undefined ? 'the response does not show its state' : 'its state does not confirm it';
	// Of a success only the message is shown, so it has to say which right is missing.
	const remedy = isRefused && error?.hint !== undefined ? `. ${error.hint.replace(/\.$/, '')}` : '';
	const why = `this could not be verified because ${error?.reason ?? unclear}${remedy}`;
	return reason === undefined ? why : `${reason}; ${why}`;
}

/** What the command claims to have done is confirmed by an end that it may have led to, and by no other. */
function contradictionIn(
	{ endedByItself }: StateReport,
	state: TargetState | undefined,
	{ isDone, change }: { isDone: boolean; change: CommandWords['change'] },
): ReturnType<typeof contradiction> {
	if (state === undefined) return undefined;
	if (isDone && !change && state === 'ended' && endedByItself) {
		return { outcome: 'alreadyEnded', reason: 'had ended on its own' };
	}
	return contradiction(state, isDone && change !== undefined, change);
}

/** What the vendor's word makes of a claim that it contradicts, be it that of a change of state or that of an end. */
function contradiction(
	state: TargetState,
	isChange: boolean,
	change: CommandWords['change'],
): { outcome: Verdict['outcome']; reason: string; hint?: string } | undefined {
	switch (state) {
		case 'running':
			return { outcome: 'unknown', reason: `was still ${change?.from ?? 'running'}`, hint: RUN_AGAIN };
		case 'inState':
			return isChange ? undefined : { outcome: 'unknown', reason: `was ${change?.to}`, hint: RUN_AGAIN };
		case 'ended':
			// To send it again would change nothing: that it has ended is certain.
			return isChange ? { outcome: 'alreadyEnded', reason: 'had ended' } : undefined;
		case 'absent':
			return isChange ? { outcome: 'unknown', reason: 'could not be found', hint: RUN_AGAIN } : undefined;
	}
}
