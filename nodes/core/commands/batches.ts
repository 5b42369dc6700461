import { mapYielding } from '../util/concurrency';
import type { Contract, Target, Verdict } from './contract';

/** One thing to act on, however many targets name it. */
export interface Job<Settings> {
	/** The first target that names it, with the settings of all. */
	target: Target<Settings>;
	group: string;
	/** The vendor is to be asked to confirm its end. */
	verify: boolean;
	/** How many requests have carried it. */
	attempts: number;
	/** How many of these say nothing about it: they failed for their size, or for another target. */
	excused: number;
	/** A request that carries it has left, and its response has not been read. */
	isOpen: boolean;
	/** What is known so far. */
	verdict?: Verdict;
	/** The verdict about an earlier request that may have worked. */
	doubt?: Verdict;
	httpStatus?: number;
}

/** Jobs that travel in one request. */
export type Batch<Settings> = Array<Job<Settings>>;

/**
 * One job for each different target, however many items name it and whatever else they want; `jobOf` gives that of the
 * target at an index.
 */
export async function toJobs<Settings>(
	targets: ReadonlyArray<Target<Settings>>,
	contract: Contract<Settings>,
	wantsVerify: (target: Target<Settings>) => boolean,
): Promise<{ jobs: Array<Job<Settings>>; jobOf: (index: number) => Job<Settings> }> {
	const known = new DistinctTargets<Settings, Job<Settings>>(contract);
	const jobs: Array<Job<Settings>> = [];
	const byTarget = await mapYielding(targets, (target) => {
		const job = known.get(target, () => {
			const added = { target, group: '', verify: false, attempts: 0, excused: 0, isOpen: false };
			jobs.push(added);
			return added;
		});
		if (job.target !== target) job.target = merged(job.target, target, contract);
		job.verify ||= wantsVerify(target);
		return job;
	});
	await mapYielding(jobs, (job) => {
		job.group = contract.groupKey(job.target);
	});
	const jobOf = (index: number): Job<Settings> => {
		const job = byTarget[index];
		if (!job) throw new RangeError(`There is no target ${index}`);
		return job;
	};
	return { jobs, jobOf };
}

function merged<Settings>(
	first: Target<Settings>,
	{ settings }: Target<Settings>,
	contract: Contract<Settings>,
): Target<Settings> {
	const both = contract.mergeSettings?.(first.settings, settings);
	return both === undefined ? first : { ...first, settings: both };
}

/** One value for each different target, by what the vendor distinguishes targets by. */
export class DistinctTargets<Settings, Value> {
	/** How many different targets there are. */
	size = 0;

	private readonly known = new Map<string, Map<string, Value>>();

	constructor(private readonly contract: Pick<Contract<Settings>, 'scopeKey'>) {}

	/** The value of the target, which is made for the first that is equal. */
	get(target: Target<Settings>, make: () => Value): Value {
		const scope = this.contract.scopeKey(target);
		let members = this.known.get(scope);
		if (!members) this.known.set(scope, (members = new Map<string, Value>()));
		let value = members.get(target.id);
		if (value === undefined) {
			value = make();
			members.set(target.id, value);
			this.size += 1;
		}
		return value;
	}
}

/** Fills requests up to a limit, group by group, in the order of the jobs. */
export function toBatches<Settings>(
	jobs: ReadonlyArray<Job<Settings>>,
	contract: Pick<Contract<Settings>, 'needsOwnRequest' | 'targetsPerRequest'>,
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
