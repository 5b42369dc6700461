import type { Page, PageRequest } from '../../core/queries/list';
import type { JsonRecord } from '../../core/util/json';

/** The most rows that 8x8 gives on one page, and what it gives unasked (parameter `limit`). */
export const MAX_LIMIT = 500;
const DEFAULT_LIMIT = 100;

/** Where rows may vanish meanwhile, a list is read again until nothing new turns up, at most so often. */
const MAX_PASSES = 4;

/** A list whose pages are asked for by `offset`. */
export interface OffsetList {
	step: (offset: number) => PageRequest;
	/** Tells rows apart. */
	keyOf: (row: JsonRecord) => string;
	/** No more pages than this. Left out: all. */
	maxPages?: number;
	/** Rows may vanish while one pages, so that what comes after them moves up and would be skipped. */
	mayShift?: true;
}

/** Whether more rows may follow. A page of the default size may come from a server that overlooks the limit. */
export function isFullPage(rows: readonly JsonRecord[], limit: number): boolean {
	return rows.length >= limit || rows.length === DEFAULT_LIMIT;
}

/**
 * By how much `offset` grows from page to page. 8x8 calls it a "page offset" and does not say whether it counts pages or
 * rows; the answer to an offset of 1 tells: where it counts rows, most of them have been on the first page.
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
	const { rows } = yield list.step(0);
	return isFullPage(rows, limit) ? yield* restOfPages(list, rows) : [...rows];
}

/** All rows of a list, each once, from its first page on, which was full. Ends at a page that is not, or has nothing new. */
export function* restOfPages(
	{ step, keyOf, maxPages = Infinity, mayShift }: OffsetList,
	first: readonly JsonRecord[],
): Generator<PageRequest, JsonRecord[], Page> {
	const all = new Map(first.map((row) => [keyOf(row), row]));
	const learns = (rows: readonly JsonRecord[]): boolean => {
		const before = all.size;
		for (const row of rows) all.set(keyOf(row), row);
		return all.size > before;
	};
	let page = yield step(1);
	const stride = strideOf(first, page.rows, keyOf);
	let isNew = learns(page.rows);
	let offset = stride === 1 ? 2 : stride;
	for (let pages = 2; isNew && page.rows.length >= first.length && pages < maxPages; pages += 1) {
		page = yield step(offset);
		isNew = learns(page.rows);
		offset += stride;
	}
	isNew = mayShift === true && all.size > first.length;
	for (let pass = 2; isNew && pass <= MAX_PASSES; pass += 1) {
		isNew = false;
		for (let again = 0; again < offset; again += stride) {
			if (learns((yield step(again)).rows)) isNew = true;
		}
	}
	return [...all.values()];
}
