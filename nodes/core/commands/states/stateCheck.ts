import type { RateLimitedClient } from '../../http/client';
import { MAX_STATE_ATTEMPTS } from '../../http/limits';
import type { ApiRequest } from '../../http/messages';
import type { QueryError } from '../../http/readResult';
import { forEachYielding, mapWithLimit } from '../../util/concurrency';
import type { Batch, Job } from '../batches';
import type { Contract, StateQuery, StateReport, Verdict } from '../contract';
import { needsStateCheck, shouldRetry } from '../retryPolicy';
import type { RunState } from '../runState';
import { refused } from '../verdicts';
import { dryRunVerdict } from './dryRun';
import { faultVerdict, stateBefore, withReport } from './inDoubt';
import type { ListedStates } from './listedStates';
import { askForStates } from './stateQuestions';
import type { StateReports, Unasked } from './stateQuestions';
import { isClaim, verified } from './verification';

/** Where the vendor has not answered the last questions of the run. */
const SILENT: StateReport = { error: { reason: 'earlier state checks in this run got no response' } };

/**
 * Asks the vendor for the state of targets, where its contract has a read call, and turns the answer into their verdicts:
 * before the command, in doubt, and to verify. A question that fails says nothing about the command.
 */
export class StateCheck<Settings> {
	constructor(
		private readonly contract: Contract<Settings>,
		private readonly client: RateLimitedClient,
		private readonly state: RunState,
		private readonly listed: ListedStates<Settings>,
	) {}

	/** Where the vendor is to be asked first: settles all but those whose state is known to need the command. */
	async before(batch: Batch<Settings>): Promise<void> {
		const { stateQuery, words } = this.contract;
		if (stateQuery?.when !== 'first') return;
		const { reports, failure } = await this.lookInto(batch, stateQuery);
		for (const job of batch) {
			const report = reports.get(job);
			const verdict = report ? stateBefore(report, stateQuery.absentMeans, words) : failure;
			if (verdict) job.verdict = verdict;
		}
	}

	/**
	 * Asks about what is open, and settles it save for what still runs and, if it may be repeated, is sent again; returns what
	 * the vendor said. A refusal of the question may concern the question alone, and so does not stop the run.
	 */
	async inDoubt(batch: Batch<Settings>, mayRepeat = true): Promise<ReadonlyMap<unknown, StateReport>> {
		const { stateQuery } = this.contract;
		if (!stateQuery) return new Map();
		const { reports, fault } = await this.ask(batch.filter(needsStateCheck), stateQuery);
		if (fault) this.failureOf({ fault });
		for (const [job, report] of reports) {
			if (!job.verdict) continue;
			// What still runs and is sent again gets its verdict then.
			if (report.state === 'running' && mayRepeat && shouldRetry(job)) continue;
			job.verdict = withReport(job.verdict, report, stateQuery.absentMeans, this.contract);
		}
		return reports;
	}

	/** Asks about what the vendor has confirmed. After questions without an answer it is not asked any more. */
	async verify(batch: Batch<Settings>): Promise<void> {
		const { stateQuery, words } = this.contract;
		const claims = batch.filter(({ verdict }) => verdict && isClaim(verdict));
		if (!stateQuery || claims.length === 0) return;
		let answers: StateReports<Settings> = { reports: new Map() };
		let why = SILENT;
		try {
			if (!this.state.isSilent()) {
				answers = await this.ask(claims, stateQuery);
				const error = causeOf(answers) ?? { reason: 'the run was stopped' };
				why = { error, ...(answers.refusal && { isRefused: true as const }) };
			}
		} finally {
			// Even where an exception comes in between, a claim that was not confirmed says so.
			for (const job of claims) {
				if (job.verdict) job.verdict = verified(job.verdict, answers.reports.get(job) ?? why, words);
			}
		}
		if (answers.fault) this.failureOf({ fault: answers.fault });
	}

	/** A dry run: settles all with what the command would make of them, each with a request of its own; fails where the run would. */
	async dryRun(batch: Batch<Settings>): Promise<void> {
		const { stateQuery, words } = this.contract;
		const known = stateQuery && (await this.lookInto(batch, stateQuery));
		await forEachYielding(batch, (job) => {
			const report = known?.reports.get(job);
			const request = (): ApiRequest => this.contract.request([job.target]);
			if (report || !known) job.verdict = dryRunVerdict(report, stateQuery, words, request);
			else if (known.failure) job.verdict = known.failure;
		});
	}

	/**
	 * What the vendor says before anything was sent, and the verdict about what it was not asked about. Where it is to be
	 * asked first, it is asked again about what its answers leave out.
	 */
	private async lookInto(
		batch: Batch<Settings>,
		stateQuery: StateQuery<Settings>,
	): Promise<{ reports: ReadonlyMap<unknown, StateReport>; failure: Verdict | undefined }> {
		const reports = new Map<unknown, StateReport>();
		const maxAttempts = stateQuery.when === 'first' ? MAX_STATE_ATTEMPTS : 1;
		let failure: Verdict | undefined;
		let open = batch;
		for (
			let attempt = 1;
			open.length > 0 && attempt <= maxAttempts && !this.state.isStopped();
			attempt += 1
		) {
			if (attempt > 1) await this.client.wait(undefined, attempt - 1);
			const answers = await this.look(open, stateQuery);
			failure = this.failureOf(answers);
			for (const [job, report] of answers.reports) reports.set(job, report);
			open = open.filter((job) => isLeftOut(answers.reports.get(job)));
		}
		if (stateQuery.when === 'last' && batch.length > 1) await this.lookAlone(open, stateQuery, reports);
		return { reports, failure };
	}

	/**
	 * What the answer about several leaves out is asked about alone, which may say more; for all of them only where it does
	 * for the first.
	 */
	private async lookAlone(
		open: Batch<Settings>,
		stateQuery: StateQuery<Settings>,
		reports: Map<unknown, StateReport>,
	): Promise<void> {
		let isOver = false;
		/** Whether the answer says more. */
		const lookAt = async (job: Job<Settings>): Promise<boolean> => {
			if (isOver || this.state.isSilent()) return false;
			const answers = await this.ask([job], stateQuery);
			if (causeOf(answers)) isOver = true;
			const report = answers.reports.get(job);
			if (report?.state === undefined && report?.vendorState === undefined) return false;
			reports.set(job, report);
			return true;
		};
		const [first, ...others] = open;
		if (!first || !(await lookAt(first))) return;
		await mapWithLimit(others, () => this.client.requestsInFlight(), lookAt);
	}

	/** Stops the run where nothing more makes sense; gives the verdict about what was not asked about for that reason. */
	private failureOf({ fault, refusal }: Unasked): Verdict | undefined {
		const cause = causeOf({ fault, refusal });
		if (!cause) return undefined;
		const { reason, hint, cause: why } = cause;
		this.state.stop('', {
			scope: 'run',
			reason,
			...(hint !== undefined && { hint }),
			...(why && { cause: why }),
		});
		return fault ? faultVerdict({ ...fault, maybeSent: false }) : refused(cause);
	}

	/** What the vendor's list says, and asks about the others. */
	private async look(
		batch: Batch<Settings>,
		stateQuery: StateQuery<Settings>,
	): Promise<StateReports<Settings>> {
		const listed = this.listed.take(batch);
		const answers = await this.ask(
			batch.filter((job) => !listed.has(job)),
			stateQuery,
		);
		return { ...answers, reports: new Map([...listed, ...answers.reports]) };
	}

	private async ask(
		batch: Batch<Settings>,
		stateQuery: StateQuery<Settings>,
	): Promise<StateReports<Settings>> {
		return await askForStates(batch, stateQuery, this.client, this.state);
	}
}

function causeOf({ fault, refusal }: Unasked): QueryError | undefined {
	if (!fault) return refusal;
	const { reason, hint, cause } = fault;
	return { reason, hint, ...(cause && { cause }) };
}

/** Whether a readable answer has nothing about the target, so that another one may have. */
function isLeftOut(report: StateReport | undefined): boolean {
	if (!report) return false;
	const { state, vendorState, error } = report;
	return state === undefined && vendorState === undefined && error === undefined;
}
