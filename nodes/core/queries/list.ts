import type { ApiRequest, ApiResponse } from '../http/messages';
import type { RateLimit, RequestsInFlight } from '../http/rateLimiter';
import type { ReadRequest } from '../http/readRequest';
import type { QueryError, ReadResult } from '../http/readResult';
import type { JsonRecord } from '../util/json';
import type { ResourceNoun } from '../util/text';
import type { Criterion } from './criteria';
import type { Display } from './display';
import type { NameQuery } from './names';
import type { Sorting, SortOrder } from './sorting';

/** What one page of a vendor's list holds. */
export interface Page {
	rows: readonly JsonRecord[];
	/** How many rows there are on all pages, as far as the vendor says. Not to be trusted blindly. */
	total?: number;
	/** The vendor says that more rows follow. */
	hasNext?: true;
	/** Of several pages in one answer, each by itself, in the order in which they were asked for. */
	pages?: readonly PageShape[];
}

/** What is known of one page besides its rows. */
export interface PageShape {
	/** How many rows it has. */
	length: number;
	/** The vendor says that more rows follow. */
	hasNext?: true;
}

/** One request for a page. */
export interface PageRequest extends ReadRequest<Page> {
	/** Its rows are not what is listed; the iterator needs them to go on. */
	auxiliary?: true;
	/** The iterator can ask for less where this takes too long. */
	isDivisible?: true;
}

/** What the iterator gets for the page it asked for. */
export interface PageResult extends Page {
	/** How many of the rows had not been on an earlier page. */
	newRows: number;
	/** How many different rows there have been so far, those that do not meet the criteria among them. */
	seen: number;
	/** How many are still wanted; left out when all are. */
	remaining?: number;
	/** It took too long, and nothing was read; only of a request that is divisible. */
	tookTooLong?: true;
}

/**
 * The requests for the pages of one list: a generator that yields a request and is handed its page. It does no I/O, so
 * that tests can step through it. It ends when the list does; its caller stops it early when enough was found.
 */
export type PageIterator = Generator<PageRequest, Shortfall | undefined, PageResult>;

/** Rows of earlier, auxiliary pages that the iterator has kept until it was their turn. No request is sent for them. */
export interface KeptRows {
	rows: readonly JsonRecord[];
}

/** The same for an iterator that puts the rows of several lists in order: it may yield rows that it has kept, too. */
export type OrderingIterator = Generator<PageRequest | KeptRows, Shortfall | undefined, PageResult>;

/** Rows that a vendor has promised and not delivered. */
export interface Shortfall {
	promised: number;
	/** The pages themselves promised more, and not only the vendor's count: what is listed is not all. */
	isBroken: boolean;
}

/** What every list is asked for: conditions that its rows have to meet, their order, and how they are shown where there is a choice. */
export interface FilteredQuery extends Partial<Display> {
	criteria: readonly Criterion[];
	/** Left out: the order that the list has by itself. */
	sort?: SortOrder;
}

/** One vendor's list of what can be ended. Data and pure functions, no I/O. */
export interface ListQuery<Query extends FilteredQuery, Pages extends OrderingIterator = PageIterator> {
	noun: ResourceNoun;
	requestsInFlight: RequestsInFlight;
	rates?: readonly RateLimit[];
	pages: (query: Query, wanted: number | undefined) => Pages;
	/** The identity of a row. Undefined for a row that cannot be acted upon, because it has no ID. */
	idOf(row: JsonRecord): string | undefined;
	/** Where a page's rows may lack what a criterion or the user needs: the call that reads one row in full. */
	detail?: {
		isNeeded(row: JsonRecord, query: Query): boolean;
		request(row: JsonRecord): ApiRequest;
		/** Undefined where it no longer exists. */
		read(row: JsonRecord, response: ApiResponse): ReadResult<JsonRecord | undefined>;
		/** Whether it is this row alone that the vendor does not show: it is left out, and a note says so. */
		isHidden?(error: QueryError): boolean;
	};
	/** The names of what the rows know by its ID alone; asked for once the list is complete, for what is shown of it. */
	names?: NameQuery<Query>;
	/** What its rows can be sorted by. Left out: they have the order of the pages. */
	sorting?: Sorting<Query>;
	/** A row as the user sees it. Carries the command's parameters under their own names. */
	show(row: JsonRecord, query: Query): JsonRecord;
}
