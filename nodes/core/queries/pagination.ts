import { MAX_LIST_PASSES } from '../http/limits';
import type { PageRequest, PageResult, PageIterator } from './list';

/** Where the pages of an offset-paged list are. */
export interface OffsetPages {
	/** One request for the pages that begin at these page numbers, counted from 0, in this order. */
	request: (pages: readonly number[]) => PageRequest;
	/** How many pages one request may ask for. */
	pagesPerRequest: number;
	/** Left out: all. */
	wanted: number | undefined;
	/** New rows may appear anywhere in the order, and none disappears. */
	growsAnywhere?: boolean;
}

/**
 * The pages of a list that the vendor pages by offset and orders so that new rows come last. Between two requests rows end
 * and disappear; the rows after them move up, and a reader that goes forwards skips as many. So where all are wanted the
 * pages are read backwards once the total is known, and the first one again at the end: what moves is seen twice, never
 * missed. Where new rows may appear in the middle, they move the others back, and the list is read forwards for the same
 * reason. A list without a total is read forwards too, again and again until a pass finds nothing new.
 */
export function* paginateByOffset(pages: OffsetPages): PageIterator {
	const first = yield pages.request([0]);
	// A vendor may cap the size of its pages.
	const size = first.rows.length;
	if (size === 0) return;
	const { total } = first;
	const isTotal = total !== undefined && total >= size;
	if (isTotal && total === size) return;
	if (pages.wanted !== undefined) yield* forwards(pages, size, first);
	else if (isTotal && !pages.growsAnywhere) yield* backwards(pages, Math.ceil(total / size) - 1);
	else yield* untilNothingNew(pages);
}

/** Enough of the list and no more: the caller stops the iterator. */
function* forwards(pages: OffsetPages, size: number, first: PageResult): PageIterator {
	let last = first;
	let page = 1;
	// A page without anything new is the vendor's way to say that there is no more, or that it does not page.
	while (last.newRows > 0 && !(last.total !== undefined && last.total >= size && page * size >= last.total)) {
		const useful = Math.ceil(Math.min(last.remaining ?? size, (last.total ?? Infinity) - page * size) / size);
		const count = Math.max(1, Math.min(useful, pages.pagesPerRequest));
		last = yield pages.request(range(page, count));
		page += count;
	}
}

function* backwards({ request, pagesPerRequest }: OffsetPages, lastPage: number): PageIterator {
	for (let page = lastPage; page >= 0; page -= pagesPerRequest) {
		const count = Math.min(pagesPerRequest, page + 1);
		yield request(range(page - count + 1, count).reverse());
	}
}

function* untilNothingNew({ request }: OffsetPages): PageIterator {
	let lastPage = 0;
	for (let isNew = true; isNew;) {
		lastPage += 1;
		isNew = (yield request([lastPage])).newRows > 0;
	}
	let isNew = lastPage > 1;
	for (let pass = 2; isNew && pass <= MAX_LIST_PASSES; pass += 1) {
		isNew = false;
		for (const page of range(0, lastPage)) isNew = (yield request([page])).newRows > 0 || isNew;
	}
}

function range(from: number, count: number): number[] {
	return Array.from({ length: count }, (_, index) => from + index);
}
