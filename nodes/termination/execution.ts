import { Carrier } from './carrier';
import type { Wishes } from './carrier';
import type { Contract } from './contract';
import { groupOf, loadsOf } from './entries';
import type { Entry, Load } from './entries';
import type { Line } from './line';
import { Situation } from './situation';
import { notSent } from './standard';

/**
 * Sends one command to all entries, load by load, with no more workers than requests may be open; afterwards each entry
 * has its verdict. Never rejects.
 */
export class Execution<Settings> {
	private readonly queue: Array<Load<Settings>>;

	/** Groups whose targets the vendor takes only one by one. */
	private readonly singleGroups = new Set<string>();

	private readonly situation: Situation;

	private readonly carrier: Carrier<Settings>;

	private done = 0;

	constructor(
		private readonly entries: ReadonlyArray<Entry<Settings>>,
		private readonly contract: Contract<Settings>,
		line: Line,
		wishes: Wishes,
		private readonly onProgress?: (done: number) => void,
	) {
		this.queue = loadsOf(entries, contract);
		this.situation = new Situation(() => line.isCancelled());
		this.carrier = new Carrier(contract, line, this.situation, wishes);
	}

	async finish(): Promise<void> {
		const workers = Array.from({ length: Math.max(1, this.contract.requestsInFlight) }, async () => {
			await this.work();
		});
		await Promise.all(workers);
		for (const entry of this.entries) {
			entry.verdict ??= notSent(this.situation.reasonFor(entry.group));
		}
	}

	private async work(): Promise<void> {
		for (;;) {
			const load = this.situation.isOver() ? undefined : this.queue.shift();
			if (!load) return;
			const group = groupOf(load);
			if (this.situation.isOverFor(group)) continue;
			if (load.length > 1 && this.singleGroups.has(group)) {
				this.split(load);
				continue;
			}
			const { oneByOne } = await this.carrier.carry(load);
			if (oneByOne.length > 0) {
				this.singleGroups.add(group);
				this.split(oneByOne);
			}
			this.done += load.length - oneByOne.length;
			this.onProgress?.(this.done);
		}
	}

	private split(load: Load<Settings>): void {
		this.queue.unshift(...load.map((entry) => [entry]));
	}
}
