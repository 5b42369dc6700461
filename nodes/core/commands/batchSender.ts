import { MAX_WAIT_MS } from '../http/backoff';
import type { Contract, CommandResponse, Verdict } from './contract';
import { isInDoubt, ofFault, settle } from './inDoubt';
import { groupOf, targetsOf } from './batches';
import type { Job, Batch } from './batches';
import { StateCheck } from './stateCheck';
import type { RateLimitedClient } from '../http/client';
import { isAsking, isDue, MAX_ATTEMPTS } from './retryPolicy';
import type { RunState } from './runState';
import { NOT_MENTIONED } from './verdicts';
import { redirected, waitTooLong } from '../http/stops';
import type { TransportFault } from '../http/transport';
import { isRedirect } from '../http/messages';
import type { ApiResponse } from '../http/messages';

/** What is wanted besides the command. */
export interface Wishes {
	/** Nothing is written; each verdict shows the request that would be sent, and how the target stands. */
	dryRun: boolean;
	/** The vendor is asked to confirm what is said to be done. */
	verify: boolean;
}

/** Entries that are still to be sent, in smaller requests. */
export interface Remainder<Settings> {
	jobs: Batch<Settings>;
	/** How many of them a request may carry; fewer than there are. */
	atMost: number;
	/** Whether what follows in the group is to be sent so too. */
	scope: 'request' | 'group';
}

/**
 * Brings one load to its end: a look before where that is needed, the command as often as it makes sense, the waits in
 * between, and questions about what is open.
 */
export class BatchSender<Settings> {
	private readonly inquirer: StateCheck<Settings>;

	constructor(
		private readonly contract: Contract<Settings>,
		private readonly line: RateLimitedClient,
		private readonly situation: RunState,
		private readonly wishes: Wishes,
	) {
		this.inquirer = new StateCheck(contract, line, situation);
	}

	/** Settles all entries, save those that it returns. */
	async send(load: Batch<Settings>): Promise<Remainder<Settings> | undefined> {
		if (this.wishes.dryRun) {
			await this.inquirer.preview(load);
			return undefined;
		}
		const rest = await this.command(load);
		const apart = new Set(rest?.jobs);
		const settled = load.filter((entry) => !apart.has(entry));
		if (this.contract.stateQuery?.when === 'last') await this.inquirer.inDoubt(settled);
		if (this.wishes.verify) await this.inquirer.confirm(settled);
		this.countUse(settled);
		return rest;
	}

	/** Sends the command until nothing is left to be sent in this load. */
	private async command(load: Batch<Settings>): Promise<Remainder<Settings> | undefined> {
		const group = groupOf(load);
		let open = await this.lookFirst(load);
		let mayRenew = true;
		while (open.length > 0 && !this.situation.isStoppedFor(group)) {
			const exchange = await this.line.send(
				this.contract.request(targetsOf(open)),
				() => !this.situation.isStoppedFor(group),
				() => {
					for (const entry of open) entry.attempts += 1;
				},
			);
			if (exchange.kind === 'cancelled') return undefined;
			if (exchange.kind === 'fault') {
				this.settleFault(open, exchange.fault);
				open = await this.stillOpen(open);
				continue;
			}
			const { response } = exchange;
			if (isRedirect(response)) {
				this.settleRedirect(open, response);
				return undefined;
			}
			const reading = this.contract.read(targetsOf(open), response);
			if (reading.kind === 'tooMany' && open.length > reading.atMost) {
				const { atMost, scope, verdict } = reading;
				// Later answers are read in the light of this one where it leaves open what was done.
				if (isInDoubt(verdict)) {
					for (const entry of open) this.settle(entry, verdict, response.status);
					if (this.contract.stateQuery?.when === 'first') open = await this.stillOpen(open);
				}
				return open.length > 0 ? { jobs: open, atMost, scope } : undefined;
			}
			if (reading.kind === 'sessionExpired' && mayRenew && !this.situation.isStopped()) {
				mayRenew = false;
				const fault = await this.line.renew();
				if (fault === undefined) {
					open = open.filter(({ attempts }) => attempts < MAX_ATTEMPTS);
					continue;
				}
				if (fault !== 'none') {
					this.settleFault(open, fault);
					return undefined;
				}
			}
			this.settleReading(open, reading, response);
			open = await this.stillOpen(open, this.line.requestedWaitMs(response));
		}
		return undefined;
	}

	/** The entries that are worth a command. Where the vendor is to be asked first, the others are settled. */
	private async lookFirst(load: Batch<Settings>): Promise<Batch<Settings>> {
		// What was sent before, with more of them, has been asked about then.
		await this.inquirer.before(load.filter(({ verdict }) => verdict === undefined));
		if (this.situation.isStopped()) return [];
		return load.filter((entry) => entry.verdict === undefined || (entry.attempts > 0 && isDue(entry)));
	}

	/**
	 * The entries to be sent again, after the wait that is due. The vendor was asked about those that may be done: first
	 * asking, then sending again only what still runs.
	 */
	private async stillOpen(load: Batch<Settings>, askedMs?: number): Promise<Batch<Settings>> {
		const { stateQuery } = this.contract;
		const due = load.filter(isDue);
		if (due.length > 0 && askedMs !== undefined && askedMs > MAX_WAIT_MS) {
			this.situation.noteStop(groupOf(load), waitTooLong(askedMs));
		}
		if (this.situation.isStopped()) return [];
		if (due.length > 0) await this.line.wait(askedMs, Math.max(...due.map(({ attempts }) => attempts)));
		if (!stateQuery || stateQuery.when === 'last') return due;
		const answered = await this.inquirer.inDoubt(load);
		// Where the command does not fit every state, only what is known to need it gets it again.
		const mayGo = (entry: Job<Settings>) =>
			stateQuery.when !== 'first' || !isAsking(entry) || answered.get(entry)?.state === 'running';
		return due.filter((entry) => isDue(entry) && mayGo(entry));
	}

	private settleReading(load: Batch<Settings>, reading: CommandResponse, response: ApiResponse): void {
		if (reading.kind !== 'verdicts') {
			if (reading.kind === 'sessionExpired') this.situation.noteStop(groupOf(load), reading.stop);
			for (const entry of load) this.settle(entry, reading.verdict, response.status);
			return;
		}
		this.situation.noteReset(reading.resetsAt);
		if (reading.throttled) this.line.onThrottled(response, load[0]?.attempts ?? 1);
		const stop = reading.stop && this.situation.timed(reading.stop);
		if (stop) this.situation.noteStop(groupOf(load), stop);
		load.forEach((entry, index) => {
			const verdict = reading.verdicts[index] ?? NOT_MENTIONED;
			const hint = verdict.hint === reading.stop?.hint ? stop?.hint : undefined;
			this.settle(entry, hint === undefined ? verdict : { ...verdict, hint }, response.status);
		});
	}

	private settle(entry: Job<Settings>, verdict: Verdict, httpStatus?: number): void {
		settle(entry, verdict, this.contract.words, httpStatus);
	}

	private settleFault(load: Batch<Settings>, fault: TransportFault): void {
		const { reason, hint, stopsRun } = fault;
		for (const entry of load) this.settle(entry, ofFault(fault));
		if (stopsRun) this.situation.noteStop(groupOf(load), { scope: 'run', reason, hint });
	}

	private settleRedirect(load: Batch<Settings>, response: ApiResponse): void {
		const stop = redirected(response);
		const { reason, hint } = stop;
		for (const entry of load) this.settle(entry, { outcome: 'failed', reason, hint }, response.status);
		this.situation.noteStop(groupOf(load), stop);
	}

	/** A vendor that gives no useful answer, however often it is tried, is not troubled with everything else too. */
	private countUse(load: Batch<Settings>): void {
		const last = load.at(-1)?.verdict;
		const isUseful = load.some(({ verdict }) => verdict && !isUseless(verdict));
		if (!last || isUseful) this.situation.recordSuccess();
		else this.situation.recordFailure(last);
	}
}

/** Nobody knows, or the vendor has turned it away for a reason that has nothing to do with the target. */
function isUseless(verdict: Verdict): boolean {
	return isInDoubt(verdict) || (verdict.notRun === true && verdict.byState === undefined);
}
