import type { RateLimitedClient } from '../http/client';
import { MAX_STATE_ATTEMPTS } from '../http/limits';
import type { ApiResponse } from '../http/messages';
import { sendRead } from '../http/readRequest';
import { found } from '../http/readResult';
import type { QueryError, ReadResult } from '../http/readResult';
import type { TransportFault } from '../http/transport';
import { chunk } from '../util/concurrency';
import { targetsOf } from './batches';
import type { Batch, Job } from './batches';
import type { Contract, StateQuery, StateReport, Target } from './contract';
import { dryRunVerdict } from './dryRun';
import { faultVerdict, stateBefore, settle, withReport } from './inDoubt';
import { needsStateCheck, shouldRetry } from './retryPolicy';
import type { RunState } from './runState';
import { NOT_SEEN } from './verdicts';
import { isClaim, verified } from './verification';

/** What the vendor said. */
interface StateReports<Settings> {
	/** By job; those that the vendor could not be asked about are missing. */
	reports: Map<Job<Settings>, StateReport>;
	/** Nothing else would get through either. */
	fault?: TransportFault;
}

/** For where no response says anything about the states: nobody reads it. */
const UNREAD: QueryError = { reason: 'the state could not be read' };

/**
 * Asks the vendor for the state of targets, where its contract has a read call, and turns the answer into their verdicts:
 * before the command, in doubt, and to verify. A question that fails says nothing about the command. Never rejects.
 */
export class StateCheck<Settings> {
	constructor(
		private readonly contract: Contract<Settings>,
		private readonly client: RateLimitedClient,
		private readonly state: RunState,
	) {}

	/** Where the vendor is to be asked first: settles those to which the command must not go. */
	async before(batch: Batch<Settings>): Promise<void> {
		const { stateQuery, words } = this.contract;
		if (stateQuery?.when !== 'first') return;
		const { reports, fault } = await this.queryInRun(batch, stateQuery);
		if (fault) for (const job of batch) settle(job, faultVerdict({ ...fault, maybeSent: false }), words);
		if (this.state.isStopped()) return;
		for (const job of batch) {
			const report = reports.get(job);
			const verdict = report ? stateBefore(report, words) : NOT_SEEN;
			if (verdict) job.verdict = verdict;
		}
	}

	/** Asks about what is open, and settles it save for what still runs and is sent again; returns what the vendor said. */
	async inDoubt(batch: Batch<Settings>): Promise<Map<unknown, StateReport>> {
		const { stateQuery, words } = this.contract;
		if (!stateQuery) return new Map();
		const { reports } = await this.queryInRun(batch.filter(needsStateCheck), stateQuery);
		for (const [job, report] of reports) {
			if (!job.verdict) continue;
			// What still runs and is sent again gets its verdict then.
			if (report.state === 'running' && shouldRetry(job)) continue;
			job.verdict = withReport(job.verdict, report, stateQuery.absentMeans, words);
		}
		return reports;
	}

	/** Asks about what the vendor has confirmed. */
	async verify(batch: Batch<Settings>): Promise<void> {
		const { stateQuery, words } = this.contract;
		if (!stateQuery) return;
		const claims = batch.filter(({ verdict }) => verdict && isClaim(verdict));
		const { reports } = await this.queryInRun(claims, stateQuery);
		for (const job of claims) {
			if (job.verdict) job.verdict = verified(job.verdict, reports.get(job), words);
		}
	}

	/** A dry run: settles all with the request that would be sent, and their states. */
	async dryRun(batch: Batch<Settings>): Promise<void> {
		const { stateQuery, words } = this.contract;
		const request = this.contract.request(targetsOf(batch));
		const answers = stateQuery && (await this.query(batch, stateQuery));
		batch.forEach((job, index) => {
			const sharedWith = index === 0 ? undefined : batch[0]?.target.id;
			const report = answers && (answers.reports.get(job) ?? {});
			job.verdict = dryRunVerdict(request, sharedWith, report, words);
		});
	}

	/** Stops the run where nothing gets through. A dry run has more to show than states, and goes on. */
	private async queryInRun(
		batch: Batch<Settings>,
		stateQuery: StateQuery<Settings>,
	): Promise<StateReports<Settings>> {
		const answers = await this.query(batch, stateQuery);
		const { fault } = answers;
		if (fault) this.state.stop('', { scope: 'run', reason: fault.reason, hint: fault.hint });
		return answers;
	}

	private async query(
		batch: Batch<Settings>,
		stateQuery: StateQuery<Settings>,
	): Promise<StateReports<Settings>> {
		const reports = new Map<Job<Settings>, StateReport>();
		if (batch.length === 0 || this.state.isStopped()) return { reports };
		let fault: TransportFault | undefined;
		for (const part of chunk(batch, stateQuery.targetsPerRequest)) {
			const answer = await this.queryPart(targetsOf(part), stateQuery);
			if (answer === 'cancelled') break;
			if (!Array.isArray(answer)) {
				fault = answer;
				break;
			}
			part.forEach((job, index) => {
				const report = answer[index];
				if (report) reports.set(job, report);
			});
		}
		const isUseful = [...reports.values()].some(({ state }) => state !== undefined);
		if (isUseful) this.state.recordSuccess();
		return { reports, ...(fault && { fault }) };
	}

	private async queryPart(
		targets: Array<Target<Settings>>,
		stateQuery: StateQuery<Settings>,
	): Promise<StateReport[] | TransportFault | 'cancelled'> {
		const outcome = await sendRead(
			{
				request: stateQuery.request(targets),
				read: (response) => readStates(targets, stateQuery, response),
			},
			this.client,
			{ isWanted: () => !this.state.isStopped(), maxAttempts: MAX_STATE_ATTEMPTS },
		);
		if (outcome.kind === 'found') return outcome.value;
		// A redirect says nothing about the targets; the command will meet it too.
		if (outcome.cause === 'redirected') return targets.map(() => ({}));
		return outcome.cause ?? [];
	}
}

function readStates<Settings>(
	targets: Array<Target<Settings>>,
	stateQuery: StateQuery<Settings>,
	response: ApiResponse,
): ReadResult<StateReport[]> {
	const answer = isOutage(response) ? 'tryAgain' : stateQuery.read(targets, response);
	return typeof answer === 'string' ? { kind: answer, error: UNREAD } : found(answer);
}

/** After these the same question may well be answered, whatever the body says. */
function isOutage({ status }: ApiResponse): boolean {
	return status === 408 || status === 429 || status >= 500;
}
