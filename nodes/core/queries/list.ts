import type { Criterion } from './criteria';
import type { RateLimit } from '../http/rateLimiter';
import type { ApiRequest, ApiResponse } from '../http/messages';
import type { JsonRecord } from '../util/json';
import type { ReadRequest } from '../http/readRequest';
import type { ReadResult } from '../http/readResult';

/** How a vendor's things are named in sentences for people. */
export interface ResourceNoun {
	/** The vendor as users know it. */
	vendor: string;
	/** `workflow`. */
	singular: string;
	/** `workflows`. */
	plural: string;
}

/** What one page of a vendor's list holds. */
export interface Page {
	rows: readonly JsonRecord[];
	/** How many rows there are on all pages, as far as the vendor says. */
	total?: number;
}

/** One request for a page. */
export interface PageRequest extends ReadRequest<Page> {
	/** Its rows are not what is listed; the walk needs them to go on. */
	auxiliary?: true;
}

/** What a walk is told about the page it asked for. */
export interface PageResult extends Page {
	/** How many of the rows had not been seen on an earlier page. */
	newRows: number;
	/** How many are still wanted; left out when all are. */
	remaining?: number;
}

/**
 * The requests for the pages of one list, in the vendor's order of things: each page that was asked for is handed back. It
 * ends when the list does. Whoever runs it stops it early when enough was found.
 */
export type PageIterator = Generator<PageRequest, void, PageResult>;

/** One vendor's list of things that can be ended. Data and pure functions, no I/O. */
export interface ListQuery<Query> {
	noun: ResourceNoun;
	requestsInFlight: number;
	rates?: readonly RateLimit[];
	pages: (query: Query, wanted: number | undefined) => PageIterator;
	/** Tells rows apart. Undefined for a row that cannot be acted upon, having no ID. */
	idOf(row: JsonRecord): string | undefined;
	/** Where a page's rows may lack what a check or the user needs, a look at the thing itself. */
	detail?: {
		isNeeded(row: JsonRecord): boolean;
		request(row: JsonRecord): ApiRequest;
		/** Undefined where the thing has vanished meanwhile. */
		read(row: JsonRecord, response: ApiResponse): ReadResult<JsonRecord | undefined>;
	};
	criteria(query: Query): Criterion[];
	/** The order of the output, where that of the pages is none. */
	compare?: (a: JsonRecord, b: JsonRecord) => number;
	/** A row as the user sees it. Carries the command's parameters under their own names. */
	show(row: JsonRecord, query: Query): JsonRecord;
}
