import type { RateLimitedClient } from '../../http/client';
import { FAILURE_THRESHOLD, MAX_STATE_AGE_MS, MAX_STATE_ATTEMPTS } from '../../http/limits';
import { sendRead } from '../../http/readRequest';
import { forEachYielding } from '../../util/concurrency';
import type { JsonRecord } from '../../util/json';
import { groupOf } from '../batches';
import type { Batch, Job } from '../batches';
import type { StateReport } from '../contract';
import type { Part } from '../parts';
import type { RunState } from '../runState';
import type { StateList, StatePages } from './stateList';
import { repeatable } from './stateQuestions';

/** A job that is looked for, and the part in which it is to be sent. */
interface Sought<Settings> {
	job: Job<Settings>;
	part: Part<Settings>;
}

/** By the key of its ID: the first job that has it. */
type Wanted<Settings> = Map<string, Sought<Settings>>;

/** The list of one group. */
interface Listing<Settings> {
	group: string;
	settings: Settings;
	wanted: Wanted<Settings>;
	/** Requests that it may still take: no more than asking about each would. */
	budget: number;
	/** Where it has got to; undefined before its first page. */
	reader?: { pages: StatePages; next: ReturnType<StatePages['next']> };
}

/** What the list says about a job, and when its page was asked for. */
interface Seen {
	report: StateReport;
	at: number;
}

/**
 * What a vendor's list says about the targets of a run. A page is read when everything has been handed out that is known
 * from the pages before, so that its states are fresh when their commands are sent. A list that fails is left, and says
 * nothing about anything: a target that was not found, or found too long ago, is asked about alone.
 */
export class ListedStates<Settings> {
	private readonly seen = new Map<Job<Settings>, Seen>();

	/** Those on the pages so far, of which the first `handedOut` have been handed out. */
	private readonly found: Array<Sought<Settings>> = [];

	private handedOut = 0;

	/** The lists that are still to be read, the next one last. */
	private readonly listings: Array<Listing<Settings>> = [];

	private reading: Promise<boolean> | undefined;

	/** Lists in a row that had no answer. */
	private unanswered = 0;

	/**
	 * @param list undefined where the vendor has none, or is not asked before the command
	 * @param onFault called with an exception, which stops the run
	 */
	constructor(
		private readonly list: StateList<Settings> | undefined,
		private readonly client: RateLimitedClient,
		private readonly state: RunState,
		private readonly onFault: (error: unknown) => void,
	) {}

	/** Looks for all jobs of these parts, where their groups are worth a list. */
	async lookFor(parts: ReadonlyArray<Part<Settings>>): Promise<void> {
		const { list } = this;
		if (!list) return;
		const byGroup = new Map<string, Wanted<Settings>>();
		await forEachYielding(parts, (part) => {
			const group = groupOf(part.jobs);
			const wanted = byGroup.get(group) ?? new Map<string, Sought<Settings>>();
			byGroup.set(group, wanted);
			for (const job of part.jobs) {
				const key = list.keyOf(job.target.id);
				if (!wanted.has(key)) wanted.set(key, { job, part });
			}
		});
		for (const [group, wanted] of byGroup) {
			const [first] = wanted.values();
			if (!first || wanted.size < list.worthFrom) continue;
			const { settings } = first.job.target;
			this.listings.push({ group, settings, wanted, budget: wanted.size });
		}
		this.listings.reverse();
	}

	/** The part of the next job whose state is known and fresh. A part comes once for each of its jobs that is. */
	nextKnown(): Part<Settings> | undefined {
		for (;;) {
			const sought = this.found[this.handedOut];
			if (!sought) {
				this.found.length = this.handedOut = 0;
				return undefined;
			}
			this.handedOut += 1;
			if (this.freshReport(sought.job)) return sought.part;
		}
	}

	/** The fresh states of a batch. They are given once: what is asked later has to be asked of the vendor. */
	take(batch: Batch<Settings>): Map<Job<Settings>, StateReport> {
		const reports = new Map<Job<Settings>, StateReport>();
		for (const job of batch) {
			const report = this.freshReport(job);
			if (report) reports.set(job, report);
			this.seen.delete(job);
		}
		return reports;
	}

	/** Reads the next page, one for all that want it at the same time. False where none is left. */
	async readMore(): Promise<boolean> {
		this.reading ??= this.readPage().finally(() => (this.reading = undefined));
		return await this.reading;
	}

	private freshReport(job: Job<Settings>): StateReport | undefined {
		const seen = this.seen.get(job);
		return seen && this.isFresh(seen.at) ? seen.report : undefined;
	}

	private isFresh(at: number): boolean {
		return this.client.now() - at <= MAX_STATE_AGE_MS;
	}

	private async readPage(): Promise<boolean> {
		const { list } = this;
		const listing = this.listings.at(-1);
		// A vendor that has left lists without an answer keeps nobody waiting for the others.
		const isSilent = this.unanswered >= FAILURE_THRESHOLD;
		if (!list || !listing || isSilent || this.state.isStopped()) return false;
		let isOver = true;
		try {
			isOver = this.state.isStoppedFor(listing.group) || !(await this.readPageOf(listing, list));
		} catch (error) {
			this.onFault(error);
		}
		if (isOver) this.listings.pop();
		return true;
	}

	/** Whether the list goes on. */
	private async readPageOf(listing: Listing<Settings>, list: StateList<Settings>): Promise<boolean> {
		const { group, settings, wanted } = listing;
		const reader = (listing.reader ??= begun(list.pages(settings, wanted)));
		if (reader.next.done || listing.budget <= 0) return false;
		listing.budget -= 1;
		const { request, read, auxiliary } = reader.next.value;
		let at = this.client.now();
		const outcome = await sendRead(
			{ request, read: (response) => repeatable(response, read(response)) },
			this.client,
			{
				isWanted: () => !this.state.isStoppedFor(group),
				onSend: () => (at = this.client.now()),
				maxAttempts: MAX_STATE_ATTEMPTS,
				isDivisible: true,
			},
		);
		if (outcome.kind === 'failed') {
			this.unanswered = outcome.cause === undefined ? 0 : this.unanswered + 1;
			return false;
		}
		this.unanswered = 0;
		this.state.recordQuestion(true);
		const { value: page } = outcome;
		// Where a page takes longer than its states are fresh, it is no use.
		if (!auxiliary && !this.isFresh(at)) return false;
		const found = auxiliary ? 0 : this.note(page.rows, at, listing, list);
		reader.next = reader.pages.next({ ...page, found, missing: wanted.size });
		return !reader.next.done && wanted.size > 0;
	}

	/** Keeps what the rows say about those that are looked for. Returns how many these are. */
	private note(
		rows: readonly JsonRecord[],
		at: number,
		{ settings, wanted }: Listing<Settings>,
		list: StateList<Settings>,
	): number {
		const before = wanted.size;
		for (const row of rows) {
			const said = list.stateOf(row, settings);
			if (!said) continue;
			const key = list.keyOf(said.id);
			const sought = wanted.get(key);
			if (!sought) continue;
			wanted.delete(key);
			this.seen.set(sought.job, { report: said.report, at });
			this.found.push(sought);
		}
		return before - wanted.size;
	}
}

function begun(pages: StatePages): NonNullable<Listing<unknown>['reader']> {
	return { pages, next: pages.next() };
}
