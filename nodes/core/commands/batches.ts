import type { Contract, Verdict, Target } from './contract';
import { mapYielding } from '../util/concurrency';

/** One thing to act on, however many targets asked for it. */
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

/** Entries that travel in one request. */
export type Batch<Settings> = Array<Job<Settings>>;

/** One entry for each different target, and for each target its entry: equal ones are sent once. */
export async function toJobs<Settings>(
	targets: ReadonlyArray<Target<Settings>>,
	contract: Contract<Settings>,
): Promise<{ entries: Array<Job<Settings>>; ofTarget: Array<Job<Settings>> }> {
	const known = new Map<string, Map<string, Job<Settings>>>();
	const entries: Array<Job<Settings>> = [];
	const ofTarget = await mapYielding(targets, (target) => {
		const group = contract.groupKey(target);
		let members = known.get(group);
		if (!members) known.set(group, (members = new Map<string, Job<Settings>>()));
		let entry = members.get(target.id);
		if (!entry) {
			entry = { target, group, attempts: 0 };
			members.set(target.id, entry);
			entries.push(entry);
		}
		return entry;
	});
	return { entries, ofTarget };
}

/** Fills requests to the vendor's limit, group by group, in the order of the entries. */
export function toBatches<Settings>(
	entries: ReadonlyArray<Job<Settings>>,
	contract: Contract<Settings>,
): Array<Batch<Settings>> {
	const loads: Array<Batch<Settings>> = [];
	const open = new Map<string, Batch<Settings>>();
	for (const entry of entries) {
		if (contract.needsOwnRequest?.(entry.target)) {
			loads.push([entry]);
			continue;
		}
		let load = open.get(entry.group);
		if (!load || load.length >= contract.targetsPerRequest) {
			load = [];
			open.set(entry.group, load);
			loads.push(load);
		}
		load.push(entry);
	}
	return loads;
}

/** The targets of a load. */
export function targetsOf<Settings>(load: Batch<Settings>): Array<Target<Settings>> {
	return load.map(({ target }) => target);
}

/** The group that a load belongs to. */
export function groupOf<Settings>(load: Batch<Settings>): string {
	return load[0]?.group ?? '';
}
