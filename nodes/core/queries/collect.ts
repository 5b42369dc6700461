import type { RateLimitedClient } from '../http/client';
import { mapYielding, chunk, mapWithLimit } from '../util/concurrency';
import type { JsonRecord } from '../util/json';
import { sendRead } from '../http/readRequest';
import type { ReadOutcome } from '../http/readRequest';
import { MAX_LIST_REQUESTS } from '../http/limits';
import { RowFilter } from './criteria';
import type { ListQuery, ResourceNoun } from './list';
import type { QueryError } from '../http/readResult';

/** All that a list gave. */
export interface Listed {
	rows: JsonRecord[];
	/** What the user should know about the list, as whole sentences. */
	notes: string[];
}

/**
 * Walks through a vendor's list and keeps what the filters really admit, each thing once. A limit of `undefined` wants
 * all. Either the whole list or a error: half a list is none. Never rejects.
 */
export async function collect<Query>(
	query: Query,
	limit: number | undefined,
	listing: ListQuery<Query>,
	line: RateLimitedClient,
): Promise<ReadOutcome<Listed>> {
	const collection = new Collection(query, limit, listing, line);
	const error = await collection.gather();
	return error ? { kind: 'failed', error } : { kind: 'found', value: await collection.told() };
}

class Collection<Query> {
	private readonly seen = new Set<string>();

	private readonly kept: JsonRecord[] = [];

	private isAnyWithoutId = false;

	private readonly filter: RowFilter;

	constructor(
		private readonly query: Query,
		private readonly limit: number | undefined,
		private readonly listing: ListQuery<Query>,
		private readonly line: RateLimitedClient,
	) {
		this.filter = new RowFilter(listing.criteria(query));
	}

	/** Why the list is not complete. */
	async gather(): Promise<QueryError | undefined> {
		const walk = this.listing.pages(this.query, this.limit);
		let next = walk.next();
		for (let requests = 0; !next.done; requests += 1) {
			if (requests >= MAX_LIST_REQUESTS) return endless(this.listing.noun);
			const { auxiliary } = next.value;
			const answer = await sendRead(next.value, this.line);
			if (answer.kind === 'failed') return answer.error;
			const page = answer.value;
			const fresh = auxiliary ? [] : this.freshOf(page.rows);
			const error = await this.keep(fresh);
			if (error) return error;
			const remaining = this.remaining();
			if (remaining === 0) {
				walk.return();
				return undefined;
			}
			next = walk.next({ ...page, newRows: fresh.length, ...(remaining !== undefined && { remaining }) });
		}
		return undefined;
	}

	async told(): Promise<Listed> {
		const { compare } = this.listing;
		const rows = compare ? this.kept.sort((a, b) => compare(a, b)) : this.kept;
		return {
			rows: await mapYielding(rows, (row) => this.listing.show(row, this.query)),
			notes: this.notes(),
		};
	}

	private freshOf(rows: readonly JsonRecord[]): JsonRecord[] {
		const fresh: JsonRecord[] = [];
		for (const row of rows) {
			const id = this.listing.idOf(row);
			if (id === undefined) this.isAnyWithoutId = true;
			else if (!this.seen.has(id)) {
				this.seen.add(id);
				fresh.push(row);
			}
		}
		return fresh;
	}

	private async keep(rows: readonly JsonRecord[]): Promise<QueryError | undefined> {
		const { detail, requestsInFlight } = this.listing;
		// With a limit, no more is looked at than may be needed.
		const wanted = this.remaining() ?? rows.length;
		for (const part of detail ? chunk(rows, Math.max(wanted, requestsInFlight)) : [rows]) {
			const answers = await mapWithLimit(part, requestsInFlight, async (row) => await this.complete(row));
			const refused = answers.find((answer) => answer.kind === 'failed');
			if (refused) return refused.error;
			await mapYielding(answers, (answer) => {
				const row = answer.kind === 'found' ? answer.value : undefined;
				if (row && this.remaining() !== 0 && this.filter.admits(row)) this.kept.push(row);
			});
			if (this.remaining() === 0) return undefined;
		}
		return undefined;
	}

	private async complete(row: JsonRecord): Promise<ReadOutcome<JsonRecord | undefined>> {
		const { detail } = this.listing;
		if (!detail?.isNeeded(row)) return { kind: 'found', value: row };
		const question = { request: detail.request(row), read: detail.read.bind(detail, row) };
		return await sendRead(question, this.line);
	}

	private remaining(): number | undefined {
		return this.limit === undefined ? undefined : Math.max(0, this.limit - this.kept.length);
	}

	private notes(): string[] {
		const { noun } = this.listing;
		const notes = [...this.filter.ignored].map(([filter, count]) => ignored(noun, filter, count));
		if (this.isAnyWithoutId) notes.push(anonymous(noun));
		return notes;
	}
}

function ignored({ vendor, singular, plural }: ResourceNoun, filter: string, count: number): string {
	const one = count === 1;
	return `${vendor} did not keep to the filter '${filter}': it listed ${count} ${one ? singular : plural} that the filter excludes. The node left ${one ? 'it' : 'them'} out.`;
}

function anonymous({ vendor, plural }: ResourceNoun): string {
	return `${vendor} listed ${plural} without an ID, which nothing can be done with. The node left them out.`;
}

function endless({ vendor }: ResourceNoun): QueryError {
	return {
		reason: `the list of ${vendor} did not come to an end after ${MAX_LIST_REQUESTS} requests`,
		hint: 'Narrow it down by filters.',
	};
}
