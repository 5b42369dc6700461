import type { JudgedOutcome } from '../../commands/outcome';

/** The items of one node execution that wait for each other. */
interface Gathering {
	outcomes: Map<number, readonly JudgedOutcome[]>;
	waiting: Array<(outcomes: JudgedOutcome[]) => void>;
}

/**
 * n8n's routing engine runs the items of a node side by side and, in Stop mode, throws the first failure and drops the
 * results of all others. Here the items of one execution wait for the last of them, so that the one error that is
 * thrown can tell of all. Only for Stop mode: there the engine either starts every item or fails at once, so nobody
 * waits for an item that never comes.
 */
export class StopTogether {
	private readonly gatherings = new WeakMap<object, Gathering>();

	/** Hands in one item's outcomes; resolves with those of all items, in item order, when the last is in. */
	async settle(
		execution: object,
		itemCount: number,
		item: number,
		outcomes: readonly JudgedOutcome[],
	): Promise<JudgedOutcome[]> {
		let gathering = this.gatherings.get(execution);
		// An item that comes twice belongs to a new try of the node; the last one broke off.
		if (!gathering || gathering.outcomes.has(item)) {
			gathering = { outcomes: new Map(), waiting: [] };
			this.gatherings.set(execution, gathering);
		}
		const { outcomes: known, waiting } = gathering;
		known.set(item, outcomes);
		if (known.size < itemCount) return await new Promise((resolve) => waiting.push(resolve));
		this.gatherings.delete(execution);
		const all = [...known].sort(([a], [b]) => a - b).flatMap(([, list]) => list);
		for (const resolve of waiting) resolve(all);
		return all;
	}
}
