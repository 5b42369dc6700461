import type { RateLimitedClient } from '../http/client';
import { MAX_LIST_REQUESTS } from '../http/limits';
import { sendRead } from '../http/readRequest';
import type { ReadOutcome } from '../http/readRequest';
import type { QueryError } from '../http/readResult';
import { chunk, mapWithLimit, mapYielding } from '../util/concurrency';
import type { JsonRecord } from '../util/json';
import type { ResourceNoun } from '../util/text';
import { RowFilter } from './criteria';
import type { FilteredQuery, ListQuery, OrderingIterator, Page, PageRequest, Shortfall } from './list';
import { addNames } from './names';

/** All that a list gave. */
export interface Listed {
	/** As the user sees them. */
	rows: JsonRecord[];
	/** What the user should know about the list, as whole sentences. */
	notes: string[];
}

/**
 * Reads a vendor's list page by page and keeps what meets the criteria, each thing once. A limit of `undefined` wants all.
 * The result is the whole list or an error, never a part of the list. Never rejects.
 */
export async function collect<Query extends FilteredQuery>(
	query: Query,
	limit: number | undefined,
	list: ListQuery<Query, OrderingIterator>,
	client: RateLimitedClient,
): Promise<ReadOutcome<Listed>> {
	const collection = new Collection(query, limit, list, client);
	const error = await collection.gather();
	return error ? { kind: 'failed', error } : { kind: 'found', value: await collection.listed() };
}

class Collection<Query extends FilteredQuery> {
	private readonly seen = new Set<string>();

	private readonly kept: JsonRecord[] = [];

	private withoutId = 0;

	/** Rows that the vendor lists and does not show in full. */
	private hidden = 0;

	/** Rows that the vendor's count has and its pages do not. */
	private missing: string | undefined;

	private readonly filter: RowFilter;

	constructor(
		private readonly query: Query,
		private readonly limit: number | undefined,
		private readonly list: ListQuery<Query, OrderingIterator>,
		private readonly client: RateLimitedClient,
	) {
		this.filter = new RowFilter(query.criteria);
	}

	/** Reads the pages; returns why the list is not complete. */
	async gather(): Promise<QueryError | undefined> {
		const pages = this.list.pages(this.query, this.limit);
		let next = pages.next();
		let requests = 0;
		while (!next.done) {
			const step = next.value;
			const isKept = 'rows' in step;
			if (!isKept && (requests += 1) > MAX_LIST_REQUESTS) return endless(this.list.noun);
			const outcome: ReadOutcome<Page> = isKept ? { kind: 'found', value: step } : await this.read(step);
			const tookTooLong = outcome.kind === 'failed' && outcome.cause === 'tooSlow';
			if (outcome.kind === 'failed' && !tookTooLong) return outcome.error;
			const page: Page = outcome.kind === 'failed' ? { rows: [] } : outcome.value;
			const newRows = !isKept && step.auxiliary ? [] : this.newRowsOf(page.rows);
			const error = await this.keep(newRows);
			if (error) return error;
			const remaining = this.remaining();
			if (remaining === 0) {
				pages.return(undefined);
				return undefined;
			}
			next = pages.next({
				...page,
				newRows: newRows.length,
				seen: this.seen.size + this.withoutId,
				...(remaining !== undefined && { remaining }),
				...(tookTooLong && { tookTooLong }),
			});
		}
		return next.value && this.judge(next.value);
	}

	private async read(request: PageRequest): Promise<ReadOutcome<Page>> {
		const { isDivisible = false } = request;
		return await sendRead(request, this.client, { kind: 'page', isDivisible });
	}

	/** What the vendor counts and does not deliver is worth a hint; where its pages break off, the list is refused. */
	private judge({ promised, isBroken }: Shortfall): QueryError | undefined {
		const { noun } = this.list;
		const listed = this.seen.size + this.withoutId;
		if (isBroken) return incomplete(noun, promised, listed);
		this.missing = missing(noun, promised, listed);
		return undefined;
	}

	async listed(): Promise<Listed> {
		const { compare } = this.list;
		const kept = compare ? this.kept.sort((a, b) => compare(a, b)) : this.kept;
		const { rows, note } = await addNames(
			kept.map((row) => ({ row, query: this.query })),
			this.list.names,
			this.client,
		);
		return {
			rows: await mapYielding(rows, (row) => this.list.show(row, this.query)),
			notes: [...this.notes(), ...(note === undefined ? [] : [note])],
		};
	}

	private newRowsOf(rows: readonly JsonRecord[]): JsonRecord[] {
		const newRows: JsonRecord[] = [];
		for (const row of rows) {
			const id = this.list.idOf(row);
			if (id === undefined) this.withoutId += 1;
			else if (!this.seen.has(id)) {
				this.seen.add(id);
				newRows.push(row);
			}
		}
		return newRows;
	}

	private async keep(rows: readonly JsonRecord[]): Promise<QueryError | undefined> {
		const { detail } = this.list;
		const atOnce = (): number => this.client.requestsInFlight();
		// With a limit, no more is looked at than may be needed.
		const wanted = this.remaining() ?? rows.length;
		for (const part of detail ? chunk(rows, Math.max(wanted, atOnce())) : [rows]) {
			const outcomes = await mapWithLimit(part, atOnce, async (row) => await this.complete(row));
			const failed = outcomes.find((outcome) => outcome.kind === 'failed');
			if (failed) return failed.error;
			await mapYielding(outcomes, (outcome) => {
				const row = outcome.kind === 'found' ? outcome.value : undefined;
				if (row && this.remaining() !== 0 && this.filter.admits(row)) this.kept.push(row);
			});
			if (this.remaining() === 0) return undefined;
		}
		return undefined;
	}

	private async complete(row: JsonRecord): Promise<ReadOutcome<JsonRecord | undefined>> {
		const { detail } = this.list;
		if (!detail?.isNeeded(row, this.query)) return { kind: 'found', value: row };
		const request = { request: detail.request(row), read: detail.read.bind(detail, row) };
		const outcome = await sendRead(request, this.client);
		if (outcome.kind !== 'failed' || !detail.isHidden?.(outcome.error)) return outcome;
		this.hidden += 1;
		return { kind: 'found', value: undefined };
	}

	private remaining(): number | undefined {
		return this.limit === undefined ? undefined : Math.max(0, this.limit - this.kept.length);
	}

	private notes(): string[] {
		const { noun } = this.list;
		const notes = [...this.filter.ignored].map(([filter, count]) => ignored(noun, filter, count));
		notes.push(...[...this.filter.unjudged].map(([filter, count]) => unjudged(noun, filter, count)));
		for (const [filter, misses] of this.filter.nearMisses) {
			notes.push(...[...misses].map(([what, count]) => nearlyMet(noun, filter, { what, count })));
		}
		if (this.hidden > 0) notes.push(hidden(noun, this.hidden));
		if (this.withoutId > 0) notes.push(withoutId(noun));
		if (this.missing !== undefined) notes.push(this.missing);
		return notes;
	}
}

function ignored({ vendor, singular, plural }: ResourceNoun, filter: string, count: number): string {
	const one = count === 1;
	return `${vendor} did not keep to the filter '${filter}': it listed ${count} ${one ? singular : plural} that the filter excludes. The node left ${one ? 'it' : 'them'} out.`;
}

function unjudged({ singular, plural }: ResourceNoun, filter: string, count: number): string {
	const [things, them] = count === 1 ? [`1 ${singular} has`, 'it'] : [`${count} ${plural} have`, 'them'];
	return `${things} no value for the filter '${filter}' that the node could read. It left ${them} out.`;
}

function nearlyMet(
	{ singular, plural }: ResourceNoun,
	filter: string,
	{ what, count }: { what: string; count: number },
): string {
	return `The filter '${filter}' left out ${count} ${count === 1 ? singular : plural} ${what}.`;
}

function missing({ vendor, plural }: ResourceNoun, promised: number, listed: number): string {
	return `${vendor} said that there are ${promised} ${plural} and listed ${listed}. It may count what a filter excludes; if it does not, some are missing here.`;
}

function incomplete({ vendor, plural }: ResourceNoun, promised: number, listed: number): QueryError {
	return {
		reason: `${vendor} said that there are ${promised} ${plural} and gave only ${listed} of them, though more had to follow`,
		hint: 'Run it again a little later, or narrow the list down by filters.',
	};
}

function hidden({ vendor, singular, plural }: ResourceNoun, count: number): string {
	const [things, them] = count === 1 ? [singular, 'it'] : [plural, 'them'];
	return `${count} ${things} may not be read in full: ${vendor} lists ${them} and refuses this account the rest. The node left ${them} out.`;
}

function withoutId({ vendor, plural }: ResourceNoun): string {
	return `${vendor} listed ${plural} without an ID, which nothing can be done with. The node left them out.`;
}

function endless({ vendor }: ResourceNoun): QueryError {
	return {
		reason: `the list of ${vendor} did not come to an end after ${MAX_LIST_REQUESTS} requests`,
		hint: 'Narrow it down by filters.',
	};
}
