import { RateLimitedClient } from '../../../../nodes/core/http/client';
import type { ApiRequest, ApiResponse } from '../../../../nodes/core/http/messages';
import { HostRateLimiter } from '../../../../nodes/core/http/rateLimiter';
import type { ReadOutcome } from '../../../../nodes/core/http/readRequest';
import { found, readOutage, queryFailed } from '../../../../nodes/core/http/readResult';
import type { ReadResult } from '../../../../nodes/core/http/readResult';
import type { TransportResult, Transport, TransportFault } from '../../../../nodes/core/http/transport';
import { collect } from '../../../../nodes/core/queries/collect';
import type { Listed } from '../../../../nodes/core/queries/collect';
import type { Criterion } from '../../../../nodes/core/queries/criteria';
import type { ListQuery, Page, PageShape } from '../../../../nodes/core/queries/list';
import { paginateByOffset } from '../../../../nodes/core/queries/pagination';
import { asObject, asText, readObject } from '../../../../nodes/core/util/json';
import type { JsonRecord } from '../../../../nodes/core/util/json';
import { VirtualClock } from '../virtualClock';

/** What the invented vendor lists. */
export interface Row {
	id: string;
	colour?: string;
}

/** How it lists. */
export interface Manner {
	pageSize?: number;
	/** It gives fewer rows than it is asked for. */
	cap?: number;
	pagesPerRequest?: number;
	/** It does not say how many there are. */
	omitTotal?: boolean;
	/** It says that there are so many, however many there are. */
	falseTotal?: number;
	/** New rows may come anywhere in the order, and the walk knows. */
	growsAnywhere?: true;
	/** It gives the first page, whatever page is asked for. */
	stuck?: boolean;
	/** It gives nothing on this page, whatever there is; asked before each page. */
	isBlank?: (page: number) => boolean;
	/** Called before each page, also between those of one request: rows may go and come. */
	meanwhile?: (rows: Row[], page: number) => void;
}

/** What a list is asked for. */
export interface Query {
	colour?: string;
}

/** The same with its criteria. */
export interface Asked {
	criteria: Criterion[];
}

function readPage(response: ApiResponse): ReadResult<Page> {
	const outage = readOutage(response, 'Palette');
	if (outage) return outage;
	const body = readObject(response.text);
	if (response.status === 401) {
		return { kind: 'sessionExpired', error: { reason: 'the session is over' } };
	}
	if (!body || !Array.isArray(body['rows'])) return queryFailed({ reason: 'the answer could not be read' });
	const { total, pages } = body;
	return found({
		...(Array.isArray(pages) && { pages: pages as PageShape[] }),
		rows: body['rows'].map((row: unknown) => asObject(row) ?? {}),
		...(typeof total === 'number' && { total }),
	});
}

/** What a user asks for, with the criteria for it. */
export function asked({ colour }: Query = {}): Asked {
	const passes = (row: JsonRecord) => row['colour'] === colour;
	return { criteria: colour === undefined ? [] : [{ displayName: 'Colour', sent: { colour }, passes }] };
}

/** The invented vendor's list, with a filter by colour and an order by ID. */
export function paletteListing(manner: Manner): ListQuery<Asked> {
	return {
		noun: { vendor: 'Palette', singular: 'colour', plural: 'colours' },
		requestsInFlight: 2,
		pages: (_query, wanted) =>
			paginateByOffset({
				pageSize: manner.pageSize ?? 10,
				pagesPerRequest: manner.pagesPerRequest ?? 1,
				wanted,
				...(manner.growsAnywhere && { growsAnywhere: true }),
				request: (pages) => ({
					request: { method: 'GET', path: `/list?${pages.join('&')}` },
					read: readPage,
				}),
			}),
		idOf: (row) => asText(row['id']),
		show: (row) => ({ id: String(row['id']) }),
	};
}

/** The vendor behind a transport. `answers` come first, one for each request, in place of its own; undefined is its own. */
export class ListVendor {
	readonly requests: string[] = [];

	readonly clock = new VirtualClock();

	renewals = 0;

	constructor(
		readonly rows: Row[],
		private readonly manner: Manner = {},
		private readonly answers: Array<Partial<ApiResponse> | TransportFault | undefined> = [],
	) {}

	line(signal?: AbortSignal, renew?: Transport['renew'], inFlight = 2): RateLimitedClient {
		const transport: Transport = {
			send: async (request) => await Promise.resolve(this.answer(request)),
			...(renew && {
				renew: async (round: number) => {
					this.renewals += 1;
					return await renew(round);
				},
			}),
		};
		return new RateLimitedClient(
			transport,
			new HostRateLimiter(this.clock),
			{ inFlight, rates: [] },
			this.clock,
			{ signal },
		);
	}

	/** All that the vendor lists, or the first `limit`. */
	async list(
		query: Query = {},
		limit?: number,
		listing: ListQuery<Asked> = paletteListing(this.manner),
		line: RateLimitedClient = this.line(),
	): Promise<ReadOutcome<Listed>> {
		return await this.clock.finish(collect(asked(query), limit, listing, line));
	}

	private answer({ path }: ApiRequest): TransportResult {
		this.requests.push(path);
		const scripted = this.answers.shift();
		if (scripted && 'maybeSent' in scripted) return { kind: 'fault', fault: scripted };
		const response = { status: 200, headers: {}, text: '', ...scripted };
		if (!scripted) response.text = JSON.stringify(this.serve(path));
		return { kind: 'response', response };
	}

	private serve(path: string): Page {
		const { pageSize = 10, cap = pageSize, omitTotal, falseTotal, stuck, isBlank, meanwhile } = this.manner;
		const rows: Row[] = [];
		const pages: Array<{ length: number }> = [];
		let total = 0;
		for (const page of path.replace('/list?', '').split('&').map(Number)) {
			meanwhile?.(this.rows, this.requests.length);
			total = this.rows.length;
			const start = stuck ? 0 : page * Math.min(cap, pageSize);
			const some = isBlank?.(page) ? [] : this.rows.slice(start, start + Math.min(cap, pageSize));
			rows.push(...some);
			pages.push({ length: some.length });
		}
		return {
			rows: rows as unknown as JsonRecord[],
			pages,
			...(!omitTotal && { total: falseTotal ?? total }),
		};
	}
}

/** So many rows, in the order of their IDs. */
export function rowsOf(count: number, more: Partial<Row> = {}): Row[] {
	return Array.from({ length: count }, (_, index) => ({ id: String(index).padStart(6, '0'), ...more }));
}

/** The IDs that a list gave. Throws when it was refused. */
export function idsOf(answer: ReadOutcome<Listed>): unknown[] {
	if (answer.kind === 'failed') throw new Error(answer.error.reason);
	return answer.value.rows.map(({ id }) => id);
}
