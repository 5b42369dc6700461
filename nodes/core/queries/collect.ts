import type { RateLimitedClient } from '../http/client';
import { MAX_LIST_REQUESTS } from '../http/limits';
import { sendRead } from '../http/readRequest';
import type { ReadOutcome } from '../http/readRequest';
import type { QueryError } from '../http/readResult';
import { chunk, mapWithLimit, mapYielding } from '../util/concurrency';
import type { JsonRecord } from '../util/json';
import { RowFilter } from './criteria';
import type { FilteredQuery, ListQuery, OrderingIterator, Page, PageRequest, Shortfall } from './list';
import { addNames } from './names';
import {
	cutByLimit,
	endless,
	hidden,
	ignored,
	incomplete,
	missing,
	nearlyMet,
	unjudged,
	withoutId,
} from './notes';
import { RowOrder } from './sorting';

/** All that a list gave. */
export interface Listed {
	/** As the user sees them. */
	rows: JsonRecord[];
	/** What the user should know about the list, as whole sentences. */
	notes: string[];
	/** That the limit has cut the list, as a whole sentence, with how many there are where that is known. */
	cut?: string;
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

	private readonly order: RowOrder<Query>;

	/** Rows beyond the limit that meet the criteria. */
	private beyond = 0;

	/** Rows beyond the limit that were not looked at. */
	private unread = 0;

	/** How many rows the vendor last said there are. */
	private total: number | undefined;

	/** There is nothing left to read. */
	private isWhole = false;

	constructor(
		private readonly query: Query,
		private readonly limit: number | undefined,
		private readonly list: ListQuery<Query, OrderingIterator>,
		private readonly client: RateLimitedClient,
	) {
		this.filter = new RowFilter(query.criteria);
		this.order = new RowOrder(list.sorting, query.sort, query);
	}

	/** Reads the pages; returns why the list is not complete. */
	async gather(): Promise<QueryError | undefined> {
		const pages = this.list.pages(this.query, this.openLimit());
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
			if (newRows.length > 0) this.total = page.total;
			const error = await this.keep(newRows);
			if (error) return error;
			const remaining = this.remaining();
			next = pages.next({
				...page,
				newRows: newRows.length,
				seen: this.seen.size + this.withoutId,
				...(remaining !== undefined && { remaining }),
				...(tookTooLong && { tookTooLong }),
			});
			if (remaining === 0 && !next.done) {
				pages.return(undefined);
				return undefined;
			}
		}
		this.isWhole = true;
		return this.remaining() === 0 ? undefined : next.value && this.judge(next.value);
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
		const kept = (await this.order.sorted(this.kept)).slice(0, this.limit);
		const cut = this.cut();
		const { rows, note } = await addNames(
			kept.map((row) => ({ row, query: this.query })),
			this.list.names,
			this.client,
		);
		return {
			rows: await mapYielding(rows, (row) => this.list.show(row, this.query)),
			notes: [...this.notes(), ...(note === undefined ? [] : [note])],
			...(cut !== undefined && { cut }),
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
		let unread = rows.length;
		for (const part of detail ? chunk(rows, Math.max(wanted, atOnce())) : [rows]) {
			const outcomes = await mapWithLimit(part, atOnce, async (row) => await this.complete(row));
			const failed = outcomes.find((outcome) => outcome.kind === 'failed');
			if (failed) return failed.error;
			const found = outcomes.flatMap((outcome) =>
				outcome.kind === 'found' && outcome.value ? [outcome.value] : [],
			);
			this.order.check(found);
			await mapYielding(found, (row) => {
				if (this.remaining() === 0) this.beyond += Number(this.meetsAll(row));
				else if (this.filter.admits(row)) this.kept.push(row);
			});
			unread -= part.length;
			if (this.remaining() === 0) break;
		}
		this.unread += unread;
		return undefined;
	}

	/** Whether a row meets the criteria, without a note about one that does not. */
	private meetsAll(row: JsonRecord): boolean {
		return this.query.criteria.every(({ passes }) => passes(row) === true);
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
		const limit = this.openLimit();
		return limit === undefined ? undefined : Math.max(0, limit - this.kept.length);
	}

	/** The limit, where the first rows that are read are those that are wanted. */
	private openLimit(): number | undefined {
		return this.order.isReliable ? this.limit : undefined;
	}

	/** What to say about a list that its limit has cut. */
	private cut(): string | undefined {
		const { limit, beyond } = this;
		if (limit === undefined || this.kept.length < limit) return undefined;
		const isCounted = this.isWhole && this.unread === 0;
		const total = isCounted ? this.kept.length + beyond : this.vendorTotal();
		return total === limit ? undefined : cutByLimit(this.list.noun, limit, total);
	}

	/** How many the vendor says there are, where it was asked for nothing else and nothing that it listed was left out. */
	private vendorTotal(): number | undefined {
		const { total = 0, unread } = this;
		const wanted = this.kept.length + this.beyond;
		const isExact =
			this.query.criteria.every(({ sent }) => sent !== undefined) &&
			this.seen.size + this.withoutId - unread === wanted;
		return isExact && total >= wanted && total > 0 ? total : undefined;
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
