import { Carrier } from './batchSender';
import type { Wishes } from './batchSender';
import type { Contract } from './contract';
import { groupOf, loadsOf } from './batches';
import type { Entry, Load } from './batches';
import type { Line } from '../http/client';
import { Situation } from './runState';
import { partsOf } from '../util/concurrency';
import { notSent } from './verdicts';

/**
 * Sends one command to all entries, load by load, with no more workers than requests may be open; afterwards each entry
 * has its verdict. Never rejects.
 */
export class Execution<Settings> {
	private readonly queue: Array<Load<Settings>>;

	/** How many targets of a group a request may carry, where the vendor takes fewer than usual. */
	private readonly mostOfGroup = new Map<string, number>();

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
			const most = this.mostOfGroup.get(group) ?? load.length;
			if (load.length > most) {
				this.part(load, most);
				continue;
			}
			const rest = await this.carrier.carry(load);
			if (rest) {
				if (rest.scope === 'group') this.mostOfGroup.set(group, rest.atMost);
				this.part(rest.entries, rest.atMost);
			}
			this.done += load.length - (rest?.entries.length ?? 0);
			this.onProgress?.(this.done);
		}
	}

	private part(load: Load<Settings>, size: number): void {
		this.queue.unshift(...partsOf(load, size));
	}
}
