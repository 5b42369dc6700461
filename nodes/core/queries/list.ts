import type { IDataObject } from 'n8n-workflow';

import type { RateLimit } from '../http/rateLimiter';
import type { WireRequest, WireResponse } from '../http/messages';
import type { JsonRecord } from '../util/json';
import type { Question } from '../http/readRequest';
import type { Reading } from '../http/readResult';

/** How a vendor's things are named in sentences for people. */
export interface Things {
	/** The vendor: `Bitrix24`. */
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
export interface Step extends Question<Page> {
	/** Its rows are not what is listed; the walk needs them to go on. */
	isAside?: true;
}

/** What a walk is told about the page it asked for. */
export interface Turn extends Page {
	/** How many of the rows had not been seen on an earlier page. */
	fresh: number;
	/** How many are still wanted; left out when all are. */
	missing?: number;
}

/**
 * The requests for the pages of one list, in the vendor's order of things: each page that was asked for is handed back. It
 * ends when the list does. Whoever runs it stops it early when enough was found.
 */
export type Walk = Generator<Step, void, Turn>;

/** A filter as the node tests it itself, because a vendor may drop one that it does not know. */
export interface Check {
	/** The filter's label. */
	displayName: string;
	/** Whether the vendor was to apply it; then a row that does not pass is worth a word. */
	isSent: boolean;
	/** A row that does not tell does not pass. */
	passes: (row: JsonRecord) => boolean;
}

/** One vendor's list of things that can be ended. Data and pure functions, no I/O. */
export interface Listing<Query> {
	things: Things;
	requestsInFlight: number;
	rates?: readonly RateLimit[];
	walk: (query: Query, wanted: number | undefined) => Walk;
	/** Tells rows apart. Undefined for a row that cannot be acted upon, having no ID. */
	idOf(row: JsonRecord): string | undefined;
	/** Where a page's rows may lack what a check or the user needs, a look at the thing itself. */
	detail?: {
		isNeeded(row: JsonRecord): boolean;
		request(row: JsonRecord): WireRequest;
		/** Undefined where the thing has vanished meanwhile. */
		read(row: JsonRecord, response: WireResponse): Reading<JsonRecord | undefined>;
	};
	checks(query: Query): Check[];
	/** The order of the output, where that of the pages is none. */
	compare?: (a: JsonRecord, b: JsonRecord) => number;
	/** A row as the user sees it. Carries the command's parameters under their own names. */
	show(row: JsonRecord, query: Query): IDataObject;
}
