import type { Contract, Inquiry, StandingReport } from './contract';
import { ofFault, seenBefore, settle, withReport } from './inDoubt';
import { targetsOf } from './batches';
import type { Load } from './batches';
import type { Line } from '../http/client';
import { isAsking, isDue } from './retryPolicy';
import { previewOf } from './dryRun';
import { askAbout } from './questions';
import type { Answers } from './questions';
import type { Situation } from './runState';
import { NOT_SEEN } from './verdicts';
import { isClaim, verified } from './verification';

/**
 * Asks the vendor how entries stand, where its contract has a read call, and turns its word into their verdicts: before the
 * command, in doubt, and to confirm. Never rejects.
 */
export class Inquirer<Settings> {
	constructor(
		private readonly contract: Contract<Settings>,
		private readonly line: Line,
		private readonly situation: Situation,
	) {}

	/** Where the vendor is to be asked first: settles those to which the command must not go. */
	async before(load: Load<Settings>): Promise<void> {
		const { inquiry, words } = this.contract;
		if (inquiry?.when !== 'first') return;
		const { reports, fault } = await this.askInRun(load, inquiry);
		if (fault) for (const entry of load) settle(entry, ofFault({ ...fault, maybeSent: false }), words);
		if (this.situation.isOver()) return;
		for (const entry of load) {
			const report = reports.get(entry);
			const verdict = report ? seenBefore(report, words) : NOT_SEEN;
			if (verdict) entry.verdict = verdict;
		}
	}

	/** Asks about what is open, and settles it save for what still runs and is due; gives what the vendor said. */
	async inDoubt(load: Load<Settings>): Promise<Map<unknown, StandingReport>> {
		const { inquiry, words } = this.contract;
		if (!inquiry) return new Map();
		const { reports } = await this.askInRun(load.filter(isAsking), inquiry);
		for (const [entry, report] of reports) {
			if (!entry.verdict) continue;
			// What still runs and is sent again gets its verdict then.
			if (report.standing === 'running' && isDue(entry)) continue;
			entry.verdict = withReport(entry.verdict, report, inquiry.absentMeans, words);
		}
		return reports;
	}

	/** Asks about what is said to be done. */
	async confirm(load: Load<Settings>): Promise<void> {
		const { inquiry, words } = this.contract;
		if (!inquiry) return;
		const claims = load.filter(({ verdict }) => verdict && isClaim(verdict));
		const { reports } = await this.askInRun(claims, inquiry);
		for (const entry of claims) {
			if (entry.verdict) entry.verdict = verified(entry.verdict, reports.get(entry), words);
		}
	}

	/** A dry run: settles all with the request that would be sent, and how they stand. */
	async preview(load: Load<Settings>): Promise<void> {
		const { inquiry, words } = this.contract;
		const request = this.contract.request(targetsOf(load));
		const answers = inquiry && (await this.ask(load, inquiry));
		load.forEach((entry, index) => {
			const sharedWith = index === 0 ? undefined : load[0]?.target.id;
			const report = answers && (answers.reports.get(entry) ?? {});
			entry.verdict = previewOf(request, sharedWith, report, words);
		});
	}

	/** Stops the run where nothing gets through. A dry run has more to show than states, and goes on. */
	private async askInRun(load: Load<Settings>, inquiry: Inquiry<Settings>): Promise<Answers<Settings>> {
		const answers = await this.ask(load, inquiry);
		const { fault } = answers;
		if (fault) this.situation.note('', { scope: 'run', reason: fault.reason, hint: fault.hint });
		return answers;
	}

	private async ask(load: Load<Settings>, inquiry: Inquiry<Settings>): Promise<Answers<Settings>> {
		if (load.length === 0 || this.situation.isOver()) return { reports: new Map() };
		const answers = await askAbout(load, inquiry, this.line, () => !this.situation.isOver());
		const isUseful = [...answers.reports.values()].some(({ standing }) => standing !== undefined);
		if (isUseful) this.situation.useful();
		return answers;
	}
}
