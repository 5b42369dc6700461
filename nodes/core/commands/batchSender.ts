import type { RateLimitedClient } from '../http/client';
import { BATCH_BUDGET_MS, MAX_ATTEMPTS, MAX_WAIT_MS } from '../http/limits';
import { isRedirect } from '../http/messages';
import type { ApiResponse } from '../http/messages';
import { redirected, waitTooLong } from '../http/stops';
import type { Stop } from '../http/stops';
import { afterSome } from '../http/transport';
import type { TransportFault, TransportResult } from '../http/transport';
import { chunk } from '../util/concurrency';
import { groupOf, targetsOf } from './batches';
import type { Batch, Job } from './batches';
import { forAll } from './contract';
import type { CommandResponse, Contract, Target, Verdict } from './contract';
import { healthOf } from './health';
import type { Health } from './health';
import { apart, PartSizes, suspectFirst } from './parts';
import type { Part } from './parts';
import { isInDoubt, isUseless, needsStateCheck, shouldRetry, triesOf } from './retryPolicy';
import type { RunState } from './runState';
import { faultVerdict, settle, settleAlike, settleOpen } from './states/inDoubt';
import type { ListedStates } from './states/listedStates';
import { StateCheck } from './states/stateCheck';
import { NOT_MENTIONED } from './verdicts';

/** What is still to be sent, in requests of its own. */
export interface Remainder<Settings> {
	parts: Array<Part<Settings>>;
	/** How many targets a later request of the group may carry. */
	maxOfGroup?: number;
}

/** What holds for all batches of a run. */
interface SenderOptions<Settings> {
	dryRun: boolean;
	/** What the vendor's list says about the states of targets before their commands. */
	listed: ListedStates<Settings>;
	/** Called with an exception, which stops the run. */
	onFault: (error: unknown) => void;
	/** Called when a request with so many targets is sent again in parts of at most so many. */
	onSplit?: (count: number, atMost: number) => void;
}

/** What came of the commands of a batch. */
interface Sent<Settings> {
	remainder?: Remainder<Settings> | undefined;
	/** What the last one showed about the vendor; undefined where none was sent. */
	health?: Health | undefined;
}

/**
 * Brings one batch to its end: a state check first where that is needed, the command as often as it makes sense, the waits
 * in between, and questions about what is open.
 */
export class BatchSender<Settings> {
	private readonly stateCheck: StateCheck<Settings>;

	private readonly partSizes = new PartSizes();

	constructor(
		private readonly contract: Contract<Settings>,
		private readonly client: RateLimitedClient,
		private readonly state: RunState,
		private readonly options: SenderOptions<Settings>,
	) {
		this.stateCheck = new StateCheck(contract, client, state, options.listed);
	}

	/** Settles all jobs, save those that it returns. Never rejects. */
	async send(part: Part<Settings>): Promise<Remainder<Settings> | undefined> {
		try {
			return await this.sendOrThrow(part);
		} catch (error) {
			this.options.onFault(error);
			for (const job of part.jobs) settleOpen(job, this.contract);
			return undefined;
		}
	}

	private async sendOrThrow({ jobs, alike = [] }: Part<Settings>): Promise<Remainder<Settings> | undefined> {
		if (this.options.dryRun) {
			await this.stateCheck.dryRun(jobs);
			return undefined;
		}
		const { remainder, health } = await this.command(jobs);
		const unsettled = settleAlike(jobs, alike, this.contract).filter(shouldRetry);
		const parts = [...(remainder?.parts ?? []), ...(unsettled.length > 0 ? [{ jobs: unsettled }] : [])];
		const toBeSent = new Set(parts.flatMap((part) => [...part.jobs, ...(part.alike ?? [])]));
		const settled = [...jobs, ...alike].filter((job) => !toBeSent.has(job));
		if (this.contract.stateQuery?.when === 'last') await this.stateCheck.inDoubt(settled);
		await this.stateCheck.verify(settled.filter(({ verify }) => verify));
		if (parts.length === 0) this.recordFailure(settled, health);
		return parts.length > 0 ? { ...remainder, parts } : undefined;
	}

	/** Sends the command until nothing is left to be sent in this batch, or its time is over. */
	private async command(batch: Batch<Settings>): Promise<Sent<Settings>> {
		const group = groupOf(batch);
		const endOfTime = this.client.now() + BATCH_BUDGET_MS;
		let open = await this.checkFirst(batch);
		let renewals = 0;
		let faults = 0;
		let health: Health | undefined;
		while (open.length > 0 && !this.state.isStoppedFor(group)) {
			const targets = targetsOf(open);
			let sentAt = this.client.now();
			const request = this.contract.request(targets);
			const sent = await this.client.send(request, {
				isWanted: () => !this.state.isStoppedFor(group),
				onSend: () => {
					sentAt = this.client.now();
					for (const job of open) {
						job.attempts += 1;
						job.isOpen = true;
					}
				},
			});
			if (sent.kind === 'cancelled') break;
			const { response: given, fault } = contentsOf(sent);
			faults = fault?.attempts === undefined ? 0 : faults + 1;
			let answer = this.read(targets, fault ? { kind: 'fault', fault: afterSome(fault, faults) } : sent);
			let response = given;
			if (answer.kind === 'sessionExpired' && !this.state.isStopped()) {
				renewals += 1;
				// Nothing was done, so an exception on the way leaves nothing open.
				for (const job of open) job.isOpen = false;
				const renewal = await this.client.renew(renewals);
				if (renewal === undefined) {
					open = open.filter((job) => triesOf(job) < MAX_ATTEMPTS);
					continue;
				}
				if (renewal !== 'none') {
					answer = ofFault(targets, { ...renewal, stopsRun: true });
					response = undefined;
				}
			}
			health = healthOf(response ? { kind: 'response', response } : sent, answer);
			if (health === 'answered') this.state.recordAnswer();
			else this.state.recordNoAnswer(sentAt, firstVerdictOf(answer));
			if (answer.kind === 'tooMany' && open.length > (answer.atMost ?? 1)) {
				return { remainder: await this.split(open, answer, response), health };
			}
			this.settle(open, answer, response);
			this.noteSize(open, answer);
			const askedMs = response ? this.client.requestedWaitMs(response) : fault?.waitMs;
			const before = open.length;
			open = await this.stillOpen(open, { askedMs, mayRepeat: this.client.now() < endOfTime });
			const parts = this.contract.isSequential && health === 'down' ? suspectFirst(open) : apart(open);
			// Those before the suspect have ended, so the vendor does what it is asked.
			if (parts && open.length < before) this.state.recordAnswer();
			if (parts) return { remainder: { parts }, health };
		}
		return { health };
	}

	/** What came of a request, as an answer: faults and redirects are verdicts about all targets too. */
	private read(targets: ReadonlyArray<Target<Settings>>, sent: TransportResult): CommandResponse {
		if (sent.kind === 'fault') return this.readFault(targets, sent.fault);
		if (!isRedirect(sent.response)) return this.contract.read(targets, sent.response);
		const stop = redirected(sent.response);
		const { reason, hint, cause } = stop;
		return forAll(targets, { outcome: 'failed', reason, hint, cause }, stop);
	}

	private readFault(targets: ReadonlyArray<Target<Settings>>, fault: TransportFault): CommandResponse {
		const isTooSlow = fault.timedOut && this.contract.splitsOnTimeout && targets.length > 1;
		if (!isTooSlow) return ofFault(targets, fault);
		const atMost = Math.ceil(targets.length / 2);
		return { kind: 'tooMany', atMost, scope: 'group', verdict: faultVerdict(fault) };
	}

	/** The jobs that go into smaller requests. Where the answer leaves open what was done, later ones are read in its light. */
	private async split(
		open: Batch<Settings>,
		answer: Extract<CommandResponse, { kind: 'tooMany' }>,
		response: ApiResponse | undefined,
	): Promise<Remainder<Settings> | undefined> {
		const { scope, verdict } = answer;
		const atMost = answer.atMost ?? this.partSizes.next(groupOf(open), open.length);
		let jobs = open;
		for (const job of open) job.excused += 1;
		if (isInDoubt(verdict)) {
			this.settle(open, answer, response);
			if (this.contract.stateQuery?.when === 'first') jobs = await this.stillOpen(open, { mayRepeat: true });
		} else {
			for (const job of open) job.isOpen = false;
		}
		this.options.onSplit?.(open.length, atMost);
		const parts = chunk(jobs, atMost).map((part) => ({ jobs: part }));
		return { parts, ...(scope === 'group' && { maxOfGroup: atMost }) };
	}

	private noteSize(batch: Batch<Settings>, answer: CommandResponse): void {
		if (answer.kind === 'verdicts') this.partSizes.noteJudged(groupOf(batch), batch.length);
		else if (answer.kind === 'tooMany') this.partSizes.noteRefusedAlone(groupOf(batch));
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
		if (due.length > 0) await this.client.wait(askedMs, Math.max(...due.map(triesOf)));
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
			settle(job, given && stop ? timed(verdict, given, stop) : verdict, this.contract, response?.status);
		});
	}

	/** A vendor that is down, however often it is tried, is not bothered with everything else too. */
	private recordFailure(batch: Batch<Settings>, health: Health | undefined): void {
		const last = batch.at(-1)?.verdict;
		const isDown = health === 'down' || (health === undefined && this.state.isUnanswered());
		if (!last || !isDown) return;
		// What has ended although its answer was lost was carried out.
		if (batch.every(({ verdict }) => verdict && isUseless(verdict))) this.state.recordFailure(last);
		else this.state.recordAnswer();
	}
}

/** What a response says about the target that came first. */
function firstVerdictOf(answer: CommandResponse): Verdict {
	return answer.kind === 'verdicts' ? (answer.verdicts[0] ?? NOT_MENTIONED) : answer.verdict;
}

function contentsOf(sent: TransportResult): { response?: ApiResponse; fault?: TransportFault } {
	return sent.kind === 'response' ? { response: sent.response } : { fault: sent.fault };
}

/** A verdict that says the same as the stop gets the time that was added to that. */
function timed(verdict: Verdict, given: Stop, stop: Stop): Verdict {
	const hint = verdict.hint === given.hint ? stop.hint : undefined;
	const cause = verdict.cause === given.cause ? stop.cause : undefined;
	return { ...verdict, ...(hint !== undefined && { hint }), ...(cause && { cause }) };
}

/** No response came: the same verdict for all targets. */
function ofFault(targets: readonly unknown[], fault: TransportFault): CommandResponse {
	const { reason, hint, cause, stopsRun } = fault;
	const stop: Stop = { scope: 'run', reason, hint, ...(cause && { cause }) };
	return forAll(targets, faultVerdict(fault), stopsRun ? stop : undefined);
}
