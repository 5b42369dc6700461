import { forEachYielding } from '../util/concurrency';
import type { Job } from './batches';
import type { Target } from './contract';
import type { RunState } from './runState';
import { isFailure, STRICT } from './vocabulary';
import type { CommandWords, Policy } from './vocabulary';

/**
 * Stops a run after so many failed targets, by the user's limit: when most of them fail, the input or the credential is
 * likely to be wrong.
 */
export class FailureBrake<Settings> {
	private failed = 0;

	constructor(
		private readonly limit: number,
		/** By which outcomes a target counts as failed. */
		private readonly policyOf: (job: Job<Settings>) => Policy,
		private readonly state: Pick<RunState, 'stop'>,
		private readonly words: Pick<CommandWords, 'plural' | 'singular'>,
	) {}

	/** Counts targets whose outcome is final. Those without one were left. */
	count(jobs: ReadonlyArray<Job<Settings>>): void {
		for (const job of jobs) {
			if (job.verdict && isFailure(job.verdict.outcome, this.policyOf(job))) this.failed += 1;
		}
		if (this.failed < this.limit) return;
		const { singular, plural } = this.words;
		const failed = this.failed === 1 ? `1 ${singular} has failed` : `${this.failed} ${plural} have failed`;
		this.state.stop('', {
			scope: 'run',
			reason: `${failed}, and 'Stop After Failures' is set to ${this.limit}`,
			hint: 'Find out why they failed, then run the node again for the rest.',
		});
	}
}

/** The policy of each job. Where the items that name a target differ, it fails if it fails for one of them. */
export async function policiesOf<Settings>(
	targets: ReadonlyArray<Target<Settings>>,
	jobOf: (index: number) => Job<Settings>,
	policyOf: ((target: Target<Settings>) => Policy) | undefined,
): Promise<(job: Job<Settings>) => Policy> {
	const policies = new Map<Job<Settings>, Policy>();
	await forEachYielding(targets, (target, index) => {
		const policy = policyOf?.(target) ?? STRICT;
		const job = jobOf(index);
		const other = policies.get(job);
		policies.set(
			job,
			other
				? {
						failIfAlreadyEnded: other.failIfAlreadyEnded || policy.failIfAlreadyEnded,
						ignoreNotFound: other.ignoreNotFound && policy.ignoreNotFound,
					}
				: policy,
		);
	});
	return (job) => policies.get(job) ?? STRICT;
}
