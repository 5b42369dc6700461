import { MAX_LIST_PASSES } from '../http/limits';
import { chunk } from '../util/concurrency';
import type { PageIterator, PageRequest, PageResult, PageShape } from './list';

/** Where the pages of an offset-paged list are. */
export interface OffsetPages {
	/** One request for the pages that begin at these page numbers, counted from 0, in this order. */
	request: (pages: readonly number[]) => PageRequest;
	/** How many rows a page is asked for. A vendor may cap it. */
	pageSize: number;
	/** How many pages one request may ask for. Where so many take too long, fewer are asked for. */
	pagesPerRequest: number;
	/** Left out: all. */
	wanted: number | undefined;
	/** New rows may appear anywhere in the order, and none disappears. */
	growsAnywhere?: boolean;
}

/**
 * The pages of a list that the vendor pages by offset and orders so that new rows come last. Between two requests rows end
 * and disappear; the rows after them move up, and a reader that goes forwards skips as many. So where all are wanted the
 * pages are read backwards once the end is known, and the first one again at the end: what moves is seen twice, never
 * missed. Where new rows may appear in the middle, they move the others back, and the list is read forwards, again and
 * again until a pass finds nothing new. A list that ends before its limit was all of it, and is read like that too.
 *
 * Where the list ends is for the pages to say, not for the vendor's `total`: a full page may have more behind it, and one
 * that is empty where rows were promised is asked for once more.
 */
export function* paginateByOffset(pages: OffsetPages): PageIterator {
	return yield* new OffsetReader(pages).read();
}

class OffsetReader {
	/** Rows on a full page. */
	private size = 0;

	/** How many rows the vendor has promised, first and last. */
	private readonly totals: number[] = [];

	private seen = 0;

	private remaining: number | undefined;

	/** A full page is not followed by the rows that are missing. */
	private isBroken = false;

	private pagesPerRequest: number;

	constructor(private readonly pages: OffsetPages) {
		this.pagesPerRequest = pages.pagesPerRequest;
	}

	*read(): PageIterator {
		const first = yield* this.firstPage();
		if (this.size > 0 && this.mayFollow(first)) yield* this.others(first);
		if (this.size > 0 && this.isShort()) yield* this.countAgain();
		return this.isShort() ? { promised: this.promised(), isBroken: this.isBroken } : undefined;
	}

	/** Some may have ended or come since the rows were counted: then the page that is the last one now has rows. */
	private *countAgain(): Generator<PageRequest, void, PageResult> {
		const { total = 0 } = yield* this.ask([0]);
		if (!this.isShort()) return;
		const { newRows } = yield* this.ask([Math.max(0, Math.ceil(total / this.size) - 1)]);
		if (newRows > 0) this.isBroken = false;
	}

	/** Empty where rows were promised, it is asked for once more. */
	private *firstPage(): Generator<PageRequest, PageResult, PageResult> {
		let first = yield* this.ask([0]);
		if (first.rows.length === 0 && this.isShort()) first = yield* this.ask([0]);
		this.size = first.rows.length;
		return first;
	}

	private mayFollow({ total, hasNext }: PageResult): boolean {
		return total === undefined || hasNext === true || this.size >= this.pages.pageSize || total > this.size;
	}

	private *others({ total }: PageResult): Generator<PageRequest, void, PageResult> {
		const { wanted = Infinity, growsAnywhere } = this.pages;
		const isCounted = total !== undefined && !growsAnywhere;
		if (isCounted && total <= wanted) {
			const last = Math.max(1, Math.ceil(total / this.size) - 1);
			if (yield* this.backwards(last)) return;
		}
		const last = yield* this.forwards();
		// One page moves nothing.
		if (last === 0) return;
		if (isCounted) yield* this.backwards(last, true);
		else yield* this.again(last);
	}

	/** Enough of the list and no more: the caller stops the iterator. Returns the last page that has rows. */
	private *forwards(): Generator<PageRequest, number, PageResult> {
		for (let page = 1; ;) {
			const unread = (this.totals.at(-1) ?? Infinity) - page * this.size;
			const useful = Math.ceil(Math.min(this.remaining ?? this.size, unread) / this.size);
			const count = Math.max(1, Math.min(useful, this.pagesPerRequest));
			const result = yield* this.ask(range(page, count));
			const shapes = shapesOf(result);
			const end = shapes.findIndex(({ length, hasNext }) => length < this.size && !hasNext);
			if (end >= 0 && (shapes[end]?.length ?? 0) > 0) return page + end;
			if (end < 0 && result.newRows > 0) {
				page += count;
				continue;
			}
			// Nothing there, or nothing new: the vendor's way to say that there is no more, or that it does not page.
			const gap = page + Math.max(0, end);
			if (this.isShort() && (yield* this.ask([gap])).newRows > 0) {
				page = gap + 1;
				continue;
			}
			this.isBroken = this.isShort() && this.size >= this.pages.pageSize;
			return gap - 1;
		}
	}

	/** From the end to the beginning, and on behind the end where its page is full. False where there is nothing at the end. */
	private *backwards(last: number, isEnd = false): Generator<PageRequest, boolean, PageResult> {
		for (let page = last, count = 0; page >= 0; page -= count) {
			count = Math.min(this.pagesPerRequest, page + 1);
			const numbers = range(page - count + 1, count).reverse();
			const result = yield* this.ask(numbers);
			const shapes = shapesOf(result);
			if (page === last && result.newRows === 0 && this.isShort()) return false;
			if (page === last && !isEnd && (shapes[0]?.length ?? 0) >= this.size) yield* this.behind(last);
			for (const [index, number] of numbers.entries()) {
				if (number > 0 && shapes[index]?.length === 0 && this.isShort()) yield* this.gap(number);
			}
		}
		return true;
	}

	/** What follows a full page, though the vendor's total says that it is the last. */
	private *behind(last: number): Generator<PageRequest, void, PageResult> {
		for (let page = last + 1, isFull = true; isFull; page += 1) {
			const { rows, newRows } = yield* this.ask([page]);
			isFull = rows.length >= this.size && newRows > 0;
		}
	}

	/** A page that is empty, though others have been before and behind it or were promised, is asked for once more. */
	private *gap(page: number): Generator<PageRequest, void, PageResult> {
		const { rows } = yield* this.ask([page]);
		if (rows.length === 0) this.isBroken = true;
	}

	/** Forwards again, until a pass finds nothing new. */
	private *again(last: number): Generator<PageRequest, void, PageResult> {
		for (let pass = 2, isNew = true; isNew && pass <= MAX_LIST_PASSES; pass += 1) {
			isNew = false;
			for (const numbers of chunk(range(0, last + 1), this.pagesPerRequest)) {
				isNew = (yield* this.ask(numbers)).newRows > 0 || isNew;
			}
		}
	}

	/** Asks for pages in one request. Where that takes too long, in smaller ones, and so from then on. */
	private *ask(numbers: readonly number[]): Generator<PageRequest, PageResult, PageResult> {
		const request = this.pages.request(numbers);
		const result = yield numbers.length > 1 ? { ...request, isDivisible: true } : request;
		if (!result.tookTooLong) return this.noted(numbers, result);
		this.pagesPerRequest = Math.ceil(numbers.length / 2);
		let all: PageResult | undefined;
		for (let from = 0; from < numbers.length;) {
			const part = numbers.slice(from, from + this.pagesPerRequest);
			const some = yield* this.ask(part);
			all = all ? joined(all, some) : some;
			from += part.length;
		}
		return all ?? result;
	}

	private noted(numbers: readonly number[], result: PageResult): PageResult {
		this.seen = result.seen;
		this.remaining = result.remaining;
		// With a page beyond the end some vendors give its offset. The first page is beyond the end only of an empty list.
		const isCount = result.rows.length > 0 || Math.max(...numbers) === 0;
		if (result.total !== undefined && (isCount || this.totals.length === 0)) {
			this.totals.push(result.total);
		}
		return result;
	}

	/** What has come or gone meanwhile is not missing: that takes both the first count and the last. */
	private promised(): number {
		return Math.min(this.totals[0] ?? 0, this.totals.at(-1) ?? 0);
	}

	private isShort(): boolean {
		return this.promised() > this.seen;
	}
}

function shapesOf({ pages, rows, hasNext }: PageResult): readonly PageShape[] {
	return pages ?? [{ length: rows.length, ...(hasNext && { hasNext }) }];
}

/** What two requests gave, as if it had been one. */
function joined(first: PageResult, second: PageResult): PageResult {
	return {
		...second,
		rows: [...first.rows, ...second.rows],
		newRows: first.newRows + second.newRows,
		pages: [...shapesOf(first), ...shapesOf(second)],
	};
}

function range(from: number, count: number): number[] {
	return Array.from({ length: count }, (_, index) => from + index);
}
