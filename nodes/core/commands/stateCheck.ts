import type { Contract, StateQuery, StateReport } from './contract';
import { ofFault, seenBefore, settle, withReport } from './inDoubt';
import { targetsOf } from './batches';
import type { Batch } from './batches';
import type { RateLimitedClient } from '../http/client';
import { isAsking, isDue } from './retryPolicy';
import { previewOf } from './dryRun';
import { queryStates } from './questions';
import type { StateReports } from './questions';
import type { RunState } from './runState';
import { NOT_SEEN } from './verdicts';
import { isClaim, verified } from './verification';

/**
 * Asks the vendor how entries stand, where its contract has a read call, and turns its word into their verdicts: before the
 * command, in doubt, and to confirm. Never rejects.
 */
export class StateCheck<Settings> {
	constructor(
		private readonly contract: Contract<Settings>,
		private readonly line: RateLimitedClient,
		private readonly situation: RunState,
	) {}

	/** Where the vendor is to be asked first: settles those to which the command must not go. */
	async before(load: Batch<Settings>): Promise<void> {
		const { stateQuery, words } = this.contract;
		if (stateQuery?.when !== 'first') return;
		const { reports, fault } = await this.askInRun(load, stateQuery);
		if (fault) for (const entry of load) settle(entry, ofFault({ ...fault, maybeSent: false }), words);
		if (this.situation.isStopped()) return;
		for (const entry of load) {
			const report = reports.get(entry);
			const verdict = report ? seenBefore(report, words) : NOT_SEEN;
			if (verdict) entry.verdict = verdict;
		}
	}

	/** Asks about what is open, and settles it save for what still runs and is due; gives what the vendor said. */
	async inDoubt(load: Batch<Settings>): Promise<Map<unknown, StateReport>> {
		const { stateQuery, words } = this.contract;
		if (!stateQuery) return new Map();
		const { reports } = await this.askInRun(load.filter(isAsking), stateQuery);
		for (const [entry, report] of reports) {
			if (!entry.verdict) continue;
			// What still runs and is sent again gets its verdict then.
			if (report.state === 'running' && isDue(entry)) continue;
			entry.verdict = withReport(entry.verdict, report, stateQuery.absentMeans, words);
		}
		return reports;
	}

	/** Asks about what is said to be done. */
	async confirm(load: Batch<Settings>): Promise<void> {
		const { stateQuery, words } = this.contract;
		if (!stateQuery) return;
		const claims = load.filter(({ verdict }) => verdict && isClaim(verdict));
		const { reports } = await this.askInRun(claims, stateQuery);
		for (const entry of claims) {
			if (entry.verdict) entry.verdict = verified(entry.verdict, reports.get(entry), words);
		}
	}

	/** A dry run: settles all with the request that would be sent, and how they stand. */
	async preview(load: Batch<Settings>): Promise<void> {
		const { stateQuery, words } = this.contract;
		const request = this.contract.request(targetsOf(load));
		const answers = stateQuery && (await this.ask(load, stateQuery));
		load.forEach((entry, index) => {
			const sharedWith = index === 0 ? undefined : load[0]?.target.id;
			const report = answers && (answers.reports.get(entry) ?? {});
			entry.verdict = previewOf(request, sharedWith, report, words);
		});
	}

	/** Stops the run where nothing gets through. A dry run has more to show than states, and goes on. */
	private async askInRun(
		load: Batch<Settings>,
		inquiry: StateQuery<Settings>,
	): Promise<StateReports<Settings>> {
		const answers = await this.ask(load, inquiry);
		const { fault } = answers;
		if (fault) this.situation.noteStop('', { scope: 'run', reason: fault.reason, hint: fault.hint });
		return answers;
	}

	private async ask(load: Batch<Settings>, inquiry: StateQuery<Settings>): Promise<StateReports<Settings>> {
		if (load.length === 0 || this.situation.isStopped()) return { reports: new Map() };
		const answers = await queryStates(load, inquiry, this.line, () => !this.situation.isStopped());
		const isUseful = [...answers.reports.values()].some(({ state }) => state !== undefined);
		if (isUseful) this.situation.recordSuccess();
		return answers;
	}
}
