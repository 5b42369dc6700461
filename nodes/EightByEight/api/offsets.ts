import { MAX_LIST_PASSES } from '../../core/http/limits';
import type { Page, PageRequest } from '../../core/queries/list';
import type { JsonRecord } from '../../core/util/json';

/** The most rows that 8x8 gives on one page (parameter `limit`). */
export const MAX_LIMIT = 500;

/** How many rows it gives where no limit is sent. */
const DEFAULT_LIMIT = 100;

/** A list that is paged by `offset`. */
export interface OffsetList {
	request: (offset: number) => PageRequest;
	/** What a row is recognised by. */
	keyOf: (row: JsonRecord) => string;
	/** How many pages to read at most. Default: all. */
	maxPages?: number;
	/** Rows may vanish between two pages, so that what comes after them moves up and would be skipped. */
	mayShift?: true;
}

/** Whether more rows may follow. A page of the default size may come from a server that ignores the limit. */
export function isFullPage(rows: readonly JsonRecord[], limit: number): boolean {
	return rows.length >= limit || rows.length === DEFAULT_LIMIT;
}

/**
 * By how much `offset` grows from page to page. 8x8 calls it a "page offset" and does not say whether it counts
 * pages or rows. The page at offset 1 shows it: if it counts rows, most of that page was on the first one.
 */
export function strideOf(
	first: readonly JsonRecord[],
	second: readonly JsonRecord[],
	keyOf: OffsetList['keyOf'],
): number {
	const known = new Set(first.map(keyOf));
	const repeated = second.filter((row) => known.has(keyOf(row))).length;
	return repeated * 2 >= second.length ? first.length : 1;
}

/** All rows of a list, each once. */
export function* allPages(list: OffsetList, limit: number): Generator<PageRequest, JsonRecord[], Page> {
	const { rows } = yield list.request(0);
	return isFullPage(rows, limit) ? yield* restOfPages(list, rows) : [...rows];
}

/**
 * All rows of a list, each once, given its first page, which was full. Ends at a page that is not full or has
 * nothing new. If rows may vanish meanwhile, the list is read again until nothing new turns up.
 */
export function* restOfPages(
	{ request, keyOf, maxPages = Infinity, mayShift }: OffsetList,
	first: readonly JsonRecord[],
): Generator<PageRequest, JsonRecord[], Page> {
	const all = new Map(first.map((row) => [keyOf(row), row]));
	const addRows = (rows: readonly JsonRecord[]): boolean => {
		const before = all.size;
		for (const row of rows) all.set(keyOf(row), row);
		return all.size > before;
	};
	let page = yield request(1);
	const stride = strideOf(first, page.rows, keyOf);
	let isNew = addRows(page.rows);
	let offset = stride === 1 ? 2 : stride;
	for (let pages = 2; isNew && page.rows.length >= first.length && pages < maxPages; pages += 1) {
		page = yield request(offset);
		isNew = addRows(page.rows);
		offset += stride;
	}
	isNew = mayShift === true && all.size > first.length;
	for (let pass = 2; isNew && pass <= MAX_LIST_PASSES; pass += 1) {
		isNew = false;
		for (let again = 0; again < offset; again += stride) {
			if (addRows((yield request(again)).rows)) isNew = true;
		}
	}
	return [...all.values()];
}
