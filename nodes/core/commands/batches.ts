import { mapYielding } from '../util/concurrency';
import type { Contract, Target, Verdict } from './contract';

/** One thing to act on, however many targets name it. */
export interface Job<Settings> {
	target: Target<Settings>;
	group: string;
	/** How many requests have carried it. */
	attempts: number;
	/** What is known so far. */
	verdict?: Verdict;
	/** The verdict about an earlier request that may have worked. */
	doubt?: Verdict;
	httpStatus?: number;
}

/** Jobs that travel in one request. */
export type Batch<Settings> = Array<Job<Settings>>;

/** One job for each different target; `jobOf` gives that of the target at an index. Equal targets are sent once. */
export async function toJobs<Settings>(
	targets: ReadonlyArray<Target<Settings>>,
	contract: Contract<Settings>,
): Promise<{ jobs: Array<Job<Settings>>; jobOf: (index: number) => Job<Settings> }> {
	const known = new Map<string, Map<string, Job<Settings>>>();
	const jobs: Array<Job<Settings>> = [];
	const byTarget = await mapYielding(targets, (target) => {
		const group = contract.groupKey(target);
		let members = known.get(group);
		if (!members) known.set(group, (members = new Map<string, Job<Settings>>()));
		let job = members.get(target.id);
		if (!job) {
			job = { target, group, attempts: 0 };
			members.set(target.id, job);
			jobs.push(job);
		}
		return job;
	});
	const jobOf = (index: number): Job<Settings> => {
		const job = byTarget[index];
		if (!job) throw new RangeError(`There is no target ${index}`);
		return job;
	};
	return { jobs, jobOf };
}

/** Fills requests to the vendor's limit, group by group, in the order of the jobs. */
export function toBatches<Settings>(
	jobs: ReadonlyArray<Job<Settings>>,
	contract: Contract<Settings>,
): Array<Batch<Settings>> {
	const batches: Array<Batch<Settings>> = [];
	const open = new Map<string, Batch<Settings>>();
	for (const job of jobs) {
		if (contract.needsOwnRequest?.(job.target)) {
			batches.push([job]);
			continue;
		}
		let batch = open.get(job.group);
		if (!batch || batch.length >= contract.targetsPerRequest) {
			batch = [];
			open.set(job.group, batch);
			batches.push(batch);
		}
		batch.push(job);
	}
	return batches;
}

/** The targets of a batch. */
export function targetsOf<Settings>(batch: Batch<Settings>): Array<Target<Settings>> {
	return batch.map(({ target }) => target);
}

/** The group that a batch belongs to. */
export function groupOf<Settings>(batch: Batch<Settings>): string {
	return batch[0]?.group ?? '';
}
