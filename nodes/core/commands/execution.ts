import { BatchSender } from './batchSender';
import type { Wishes } from './batchSender';
import type { Contract } from './contract';
import { groupOf, toBatches } from './batches';
import type { Job, Batch } from './batches';
import type { RateLimitedClient } from '../http/client';
import { RunState } from './runState';
import { chunk } from '../util/concurrency';
import { notSent } from './verdicts';

/**
 * Sends one command to all entries, load by load, with no more workers than requests may be open; afterwards each entry
 * has its verdict. Never rejects.
 */
export class Execution<Settings> {
	private readonly queue: Array<Batch<Settings>>;

	/** How many targets of a group a request may carry, where the vendor takes fewer than usual. */
	private readonly mostOfGroup = new Map<string, number>();

	private readonly situation: RunState;

	private readonly carrier: BatchSender<Settings>;

	private done = 0;

	constructor(
		private readonly entries: ReadonlyArray<Job<Settings>>,
		private readonly contract: Contract<Settings>,
		line: RateLimitedClient,
		wishes: Wishes,
		private readonly onProgress?: (done: number) => void,
	) {
		this.queue = toBatches(entries, contract);
		this.situation = new RunState(() => line.isCancelled());
		this.carrier = new BatchSender(contract, line, this.situation, wishes);
	}

	async finish(): Promise<void> {
		const workers = Array.from({ length: Math.max(1, this.contract.requestsInFlight) }, async () => {
			await this.work();
		});
		await Promise.all(workers);
		for (const entry of this.entries) {
			entry.verdict ??= notSent(this.situation.stopFor(entry.group));
		}
	}

	private async work(): Promise<void> {
		for (;;) {
			const load = this.situation.isStopped() ? undefined : this.queue.shift();
			if (!load) return;
			const group = groupOf(load);
			if (this.situation.isStoppedFor(group)) continue;
			const most = this.mostOfGroup.get(group) ?? load.length;
			if (load.length > most) {
				this.part(load, most);
				continue;
			}
			const rest = await this.carrier.send(load);
			if (rest) {
				if (rest.scope === 'group') this.mostOfGroup.set(group, rest.atMost);
				this.part(rest.jobs, rest.atMost);
			}
			this.done += load.length - (rest?.jobs.length ?? 0);
			this.onProgress?.(this.done);
		}
	}

	private part(load: Batch<Settings>, size: number): void {
		this.queue.unshift(...chunk(load, size));
	}
}
