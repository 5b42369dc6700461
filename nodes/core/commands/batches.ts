import type { Contract, Verdict, Target } from './contract';
import { mapInSlices } from '../util/concurrency';

/** One thing to act on, however many targets asked for it. */
export interface Entry<Settings> {
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
export type Load<Settings> = Array<Entry<Settings>>;

/** One entry for each different target, and for each target its entry: equal ones are sent once. */
export async function entriesFor<Settings>(
	targets: ReadonlyArray<Target<Settings>>,
	contract: Contract<Settings>,
): Promise<{ entries: Array<Entry<Settings>>; ofTarget: Array<Entry<Settings>> }> {
	const known = new Map<string, Map<string, Entry<Settings>>>();
	const entries: Array<Entry<Settings>> = [];
	const ofTarget = await mapInSlices(targets, (target) => {
		const group = contract.groupKey(target);
		let members = known.get(group);
		if (!members) known.set(group, (members = new Map<string, Entry<Settings>>()));
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
export function loadsOf<Settings>(
	entries: ReadonlyArray<Entry<Settings>>,
	contract: Contract<Settings>,
): Array<Load<Settings>> {
	const loads: Array<Load<Settings>> = [];
	const open = new Map<string, Load<Settings>>();
	for (const entry of entries) {
		if (contract.travelsAlone?.(entry.target)) {
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
export function targetsOf<Settings>(load: Load<Settings>): Array<Target<Settings>> {
	return load.map(({ target }) => target);
}

/** The group that a load belongs to. */
export function groupOf<Settings>(load: Load<Settings>): string {
	return load[0]?.group ?? '';
}
