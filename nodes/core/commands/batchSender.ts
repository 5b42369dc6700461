import type { RateLimitedClient } from '../http/client';
import { BATCH_BUDGET_MS, MAX_ATTEMPTS, MAX_WAIT_MS } from '../http/limits';
import { isRedirect } from '../http/messages';
import type { ApiResponse } from '../http/messages';
import { redirected, waitTooLong } from '../http/stops';
import { afterSome } from '../http/transport';
import type { TransportFault, TransportResult } from '../http/transport';
import { groupOf, targetsOf } from './batches';
import type { Batch, Job } from './batches';
import { forAll } from './contract';
import type { CommandResponse, Contract, Target } from './contract';
import { faultVerdict, settle, settleOpen } from './inDoubt';
import { isInDoubt, isUseless, needsStateCheck, shouldRetry } from './retryPolicy';
import type { RunState } from './runState';
import { StateCheck } from './stateCheck';
import { NOT_MENTIONED } from './verdicts';

/** Jobs that are still to be sent, in smaller requests. */
export interface Remainder<Settings> {
	jobs: Batch<Settings>;
	/** How many of them a request may carry; fewer than there are. */
	atMost: number;
	/** Whether what follows in the group is to be sent so too. */
	scope: 'request' | 'group';
}

/** What holds for all batches of a run. */
interface SenderOptions {
	dryRun: boolean;
	/** Called with an exception, which stops the run. */
	onFault: (error: unknown) => void;
}

/**
 * Brings one batch to its end: a state check first where that is needed, the command as often as it makes sense, the waits
 * in between, and questions about what is open.
 */
export class BatchSender<Settings> {
	private readonly stateCheck: StateCheck<Settings>;

	constructor(
		private readonly contract: Contract<Settings>,
		private readonly client: RateLimitedClient,
		private readonly state: RunState,
		private readonly options: SenderOptions,
	) {
		this.stateCheck = new StateCheck(contract, client, state);
	}

	/** Settles all jobs, save those that it returns. Never rejects. */
	async send(batch: Batch<Settings>): Promise<Remainder<Settings> | undefined> {
		try {
			return await this.sendOrThrow(batch);
		} catch (error) {
			this.options.onFault(error);
			for (const job of batch) settleOpen(job, this.contract.words);
			return undefined;
		}
	}

	private async sendOrThrow(batch: Batch<Settings>): Promise<Remainder<Settings> | undefined> {
		if (this.options.dryRun) {
			await this.stateCheck.dryRun(batch);
			return undefined;
		}
		const remainder = await this.command(batch);
		const apart = new Set(remainder?.jobs);
		const settled = batch.filter((job) => !apart.has(job));
		if (this.contract.stateQuery?.when === 'last') await this.stateCheck.inDoubt(settled);
		await this.stateCheck.verify(settled.filter(({ verify }) => verify));
		this.record(settled);
		return remainder;
	}

	/** Sends the command until nothing is left to be sent in this batch, or its time is over. */
	private async command(batch: Batch<Settings>): Promise<Remainder<Settings> | undefined> {
		const group = groupOf(batch);
		const endOfTime = this.client.now() + BATCH_BUDGET_MS;
		let open = await this.checkFirst(batch);
		let mayRenew = true;
		let faults = 0;
		while (open.length > 0 && !this.state.isStoppedFor(group)) {
			const targets = targetsOf(open);
			const request = this.contract.request(targets);
			const sent = await this.client.send(request, {
				isWanted: () => !this.state.isStoppedFor(group),
				onSend: () => {
					for (const job of open) {
						job.attempts += 1;
						job.isOpen = true;
					}
				},
			});
			if (sent.kind === 'cancelled') break;
			const { response: given, fault } = partsOf(sent);
			faults = fault?.attempts === undefined ? 0 : faults + 1;
			let answer = this.read(targets, fault ? { kind: 'fault', fault: afterSome(fault, faults) } : sent);
			let response = given;
			if (answer.kind === 'sessionExpired' && mayRenew && !this.state.isStopped()) {
				mayRenew = false;
				// Nothing was done, so an exception on the way leaves nothing open.
				for (const job of open) job.isOpen = false;
				const renewal = await this.client.renew();
				if (renewal === undefined) {
					open = open.filter(({ attempts }) => attempts < MAX_ATTEMPTS);
					continue;
				}
				if (renewal !== 'none') {
					answer = ofFault(targets, { ...renewal, stopsRun: true });
					response = undefined;
				}
			}
			if (answer.kind === 'tooMany' && open.length > answer.atMost) {
				return await this.split(open, answer, response);
			}
			this.settle(open, answer, response);
			const askedMs = response ? this.client.requestedWaitMs(response) : fault?.waitMs;
			open = await this.stillOpen(open, { askedMs, mayRepeat: this.client.now() < endOfTime });
		}
		return undefined;
	}

	/** What came of a request, as an answer: faults and redirects are verdicts about all targets too. */
	private read(targets: ReadonlyArray<Target<Settings>>, sent: TransportResult): CommandResponse {
		if (sent.kind === 'fault') return ofFault(targets, sent.fault);
		if (!isRedirect(sent.response)) return this.contract.read(targets, sent.response);
		const stop = redirected(sent.response);
		return forAll(targets, { outcome: 'failed', reason: stop.reason, hint: stop.hint }, stop);
	}

	/** The jobs that go into smaller requests. Where the answer leaves open what was done, later ones are read in its light. */
	private async split(
		open: Batch<Settings>,
		answer: Extract<CommandResponse, { kind: 'tooMany' }>,
		response: ApiResponse | undefined,
	): Promise<Remainder<Settings> | undefined> {
		const { atMost, scope, verdict } = answer;
		let jobs = open;
		if (isInDoubt(verdict)) {
			this.settle(open, answer, response);
			if (this.contract.stateQuery?.when === 'first') jobs = await this.stillOpen(open, { mayRepeat: true });
		} else {
			for (const job of open) job.isOpen = false;
		}
		return jobs.length > 0 ? { jobs, atMost, scope } : undefined;
	}

	/** The jobs that are worth a command. Where the vendor is to be asked first, the others are settled. */
	private async checkFirst(batch: Batch<Settings>): Promise<Batch<Settings>> {
		// What was sent before, in a larger request, was asked about then.
		await this.stateCheck.before(batch.filter(({ verdict }) => verdict === undefined));
		if (this.state.isStopped()) return [];
		return batch.filter((job) => job.verdict === undefined || (job.attempts > 0 && shouldRetry(job)));
	}

	/**
	 * The jobs to be sent again, after the wait that is due. The vendor is asked about those that may be done: first asking,
	 * then sending again only what still runs.
	 */
	private async stillOpen(
		batch: Batch<Settings>,
		{ askedMs, mayRepeat }: { askedMs?: number | undefined; mayRepeat: boolean },
	): Promise<Batch<Settings>> {
		const { stateQuery } = this.contract;
		const due = mayRepeat ? batch.filter(shouldRetry) : [];
		if (due.length > 0 && askedMs !== undefined && askedMs > MAX_WAIT_MS) {
			this.state.stop(groupOf(batch), waitTooLong(askedMs));
		}
		if (this.state.isStopped()) return [];
		if (due.length > 0) await this.client.wait(askedMs, Math.max(...due.map(({ attempts }) => attempts)));
		if (!stateQuery || stateQuery.when === 'last') return due;
		const reports = await this.stateCheck.inDoubt(batch, mayRepeat);
		// Where the command does not fit every state, only what is known to need it gets it again.
		const mayGo = (job: Job<Settings>) =>
			stateQuery.when !== 'first' || !needsStateCheck(job) || reports.get(job)?.state === 'running';
		return due.filter((job) => shouldRetry(job) && mayGo(job));
	}

	private settle(batch: Batch<Settings>, answer: CommandResponse, response: ApiResponse | undefined): void {
		const isVerdicts = answer.kind === 'verdicts';
		if (isVerdicts) this.state.noteReset(answer.resetsAt);
		if (isVerdicts && answer.throttled && response) {
			this.client.onThrottled(response, batch[0]?.attempts ?? 1);
		}
		const given = answer.kind === 'tooMany' ? undefined : answer.stop;
		const stop = given && this.state.stop(groupOf(batch), given);
		batch.forEach((job, index) => {
			const verdict = isVerdicts ? (answer.verdicts[index] ?? NOT_MENTIONED) : answer.verdict;
			// A verdict with the hint of the stop gets the time that was added to it.
			const hint = verdict.hint === given?.hint ? stop?.hint : undefined;
			const timed = hint === undefined ? verdict : { ...verdict, hint };
			settle(job, timed, this.contract.words, response?.status);
		});
	}

	/** A vendor that gives no useful answer, however often it is tried, is not bothered with everything else too. */
	private record(batch: Batch<Settings>): void {
		const last = batch.at(-1)?.verdict;
		const isUseful = batch.some(({ verdict }) => verdict && !isUseless(verdict));
		if (!last || isUseful) this.state.recordSuccess();
		else this.state.recordFailure(last);
	}
}

function partsOf(sent: TransportResult): { response?: ApiResponse; fault?: TransportFault } {
	return sent.kind === 'response' ? { response: sent.response } : { fault: sent.fault };
}

/** No response came: the same verdict for all targets. */
function ofFault(targets: readonly unknown[], fault: TransportFault): CommandResponse {
	const { reason, hint, stopsRun } = fault;
	return forAll(targets, faultVerdict(fault), stopsRun ? { scope: 'run', reason, hint } : undefined);
}
