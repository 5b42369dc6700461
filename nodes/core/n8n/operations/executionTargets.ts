import type { Contract, Target } from '../../commands/contract';
import type { TargetOutcome } from '../../commands/outcome';
import { MAX_REMEMBERED_EXECUTIONS } from '../../http/limits';
import { forEachYielding } from '../../util/concurrency';
import { targetKey } from './targetKey';

/** Where targets are counted: one node in one execution of n8n. */
export interface ExecutionScope {
	execution: string;
	node: string;
}

/** Targets that count from before their commands leave, so that calls at the same time do not exceed the limit together. */
export interface Reservation<Settings> {
	/** Keeps those for which a command has left, and gives the others back. `outcomes` are those of the targets, in order. */
	settle(targets: ReadonlyArray<Target<Settings>>, outcomes: readonly TargetOutcome[]): Promise<void>;
}

/** For a target for which a command has left: no call gives it back. */
const FOR_GOOD = Infinity;

/** How many calls hold a target at the moment, by its key. */
type Holders = Map<string, number>;

/**
 * The different targets for which commands have left, by execution and node: a model calls a tool as often as it likes, so
 * that a limit on each call would limit nothing. Kept in this process for the newest executions.
 */
export class ExecutionTargets {
	private readonly executions = new Map<string, Map<string, Holders>>();

	/** Counts the targets if no more than `limit` are counted then; otherwise gives how many are. */
	async reserve<Settings>(
		scope: ExecutionScope,
		targets: ReadonlyArray<Target<Settings>>,
		contract: Contract<Settings>,
		limit: number,
	): Promise<Reservation<Settings> | { counted: number; added: number }> {
		const keys = new Set<string>();
		await forEachYielding(targets, (target) => keys.add(targetKey(target, contract)));
		const holders = this.holdersOf(scope);
		const added = [...keys].filter((key) => !holders.has(key)).length;
		if (holders.size + added > limit) return { counted: holders.size, added };
		for (const key of keys) holders.set(key, (holders.get(key) ?? 0) + 1);
		return {
			async settle(sentTargets, outcomes) {
				const sent = new Set<string>();
				await forEachYielding(sentTargets, (target, index) => {
					if ((outcomes[index]?.attempts ?? 0) > 0) sent.add(targetKey(target, contract));
				});
				for (const key of keys) {
					const left = sent.has(key) ? FOR_GOOD : (holders.get(key) ?? 1) - 1;
					if (left > 0) holders.set(key, left);
					else holders.delete(key);
				}
			},
		};
	}

	private holdersOf({ execution, node }: ExecutionScope): Holders {
		let nodes = this.executions.get(execution);
		if (!nodes) {
			const oldest = this.executions.keys().next();
			if (this.executions.size >= MAX_REMEMBERED_EXECUTIONS && !oldest.done) {
				this.executions.delete(oldest.value);
			}
			nodes = new Map();
			this.executions.set(execution, nodes);
		}
		const holders: Holders = nodes.get(node) ?? new Map<string, number>();
		nodes.set(node, holders);
		return holders;
	}
}

/** Of all executions of this process. */
export const executionTargets = new ExecutionTargets();
