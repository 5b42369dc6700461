import type { Contract, Target } from '../../commands/contract';
import type { TargetOutcome } from '../../commands/outcome';
import { MAX_REMEMBERED_RUNS } from '../../http/limits';
import { forEachYielding } from '../../util/concurrency';
import { targetKey } from './targetKey';

/** Outcomes with which a try may have ended a target: it has done it, or nobody knows. */
const MAY_HAVE_ENDED: ReadonlyArray<TargetOutcome['outcome']> = [
	'terminated',
	'killed',
	'suspended',
	'resumed',
	'unknown',
];

/**
 * What the earlier tries of a node may have ended. With Retry On Fail n8n runs the whole node again in the same execution;
 * what the first try has ended had not ended before.
 */
export class EarlierTries {
	/** By execution and run of the node, the keys of targets. */
	private readonly ended = new Map<string, Set<string>>();

	/** Whether an earlier try of the same run may have ended the target. */
	mayHaveEnded<Settings>(
		runKey: string | undefined,
		target: Target<Settings>,
		contract: Contract<Settings>,
	): boolean {
		const ended = runKey === undefined ? undefined : this.ended.get(runKey);
		return ended?.has(targetKey(target, contract)) === true;
	}

	/** Keeps what this try may have ended, for the next one. `outcomes` are those of the targets, in their order. */
	async remember<Settings>(
		runKey: string | undefined,
		targets: ReadonlyArray<Target<Settings>>,
		outcomes: readonly TargetOutcome[],
		contract: Contract<Settings>,
	): Promise<void> {
		if (runKey === undefined) return;
		const ended = this.ended.get(runKey) ?? new Set();
		await forEachYielding(targets, (target, index) => {
			if (outcomes[index] && mayHaveEnded(outcomes[index])) ended.add(targetKey(target, contract));
		});
		const oldest = this.ended.keys().next();
		if (this.ended.size >= MAX_REMEMBERED_RUNS && !oldest.done) this.ended.delete(oldest.value);
		this.ended.set(runKey, ended);
	}
}

function mayHaveEnded({ outcome, extra }: TargetOutcome): boolean {
	return MAY_HAVE_ENDED.includes(outcome) || extra['maybeByThisRun'] === true;
}

/** Of all runs of this process. */
export const earlierTries = new EarlierTries();
