import type { TargetState, StateReport, Verdict } from './contract';
import { stateAfterCommand } from './inDoubt';
import { RUN_AGAIN } from './verdicts';
import type { CommandWords } from './vocabulary';

/** Outcomes that claim nothing about the target that the vendor could confirm. */
const NO_CLAIM: ReadonlyArray<Verdict['outcome']> = ['failed', 'unknown', 'notSent', 'dryRun'];

/** Whether an outcome says that nothing is left to do, so that the vendor may be asked to confirm it. */
export function isClaim({ outcome }: Verdict): boolean {
	return !NO_CLAIM.includes(outcome);
}

/** The verdict when the vendor was asked to confirm it; without a report it could not be asked. */
export function verified(
	{ alreadyInState, ...verdict }: Verdict,
	report: StateReport | undefined,
	words: CommandWords,
): Verdict {
	const { participle, change } = words;
	const isChange = change !== undefined && verdict.outcome === participle;
	const state = isChange ? stateAfterCommand(report ?? {}) : report?.state;
	const found = state && contradiction(state, isChange, change);
	const isVerified = state !== undefined && (found === undefined || found.outcome === 'alreadyEnded');
	return {
		...verdict,
		...(found === undefined && alreadyInState && { alreadyInState }),
		...(found && {
			...found,
			reason: `the vendor said that it ${isChange ? `was ${participle}` : 'had ended'}, and afterwards it ${found.reason}`,
		}),
		extra: {
			...verdict.extra,
			verified: isVerified,
			...(report?.vendorState !== undefined && { state: report.vendorState }),
		},
	};
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
			return isChange ? { outcome: 'unknown', reason: 'was not there', hint: RUN_AGAIN } : undefined;
	}
}
