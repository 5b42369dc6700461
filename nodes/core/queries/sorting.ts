import type { JsonRecord } from '../util/json';

/** The orders in which a list may be wanted, by start. */
export const SORT_ORDERS = ['newestFirst', 'oldestFirst'] as const;

/** One of them. */
export type SortOrder = (typeof SORT_ORDERS)[number];

/** What a vendor's list says about its order. */
export interface Sorting<Query> {
	/** The start of a row, in epoch milliseconds; undefined where the row does not say. */
	startOf(row: JsonRecord): number | undefined;
	/** The order of the output where the user wants none. Left out: the order of the pages. */
	byDefault?: SortOrder;
	/** Whether the vendor is asked for its pages in this order, so that the first rows are the first of the whole list. */
	isPaged(order: SortOrder, query: Query): boolean;
}

/**
 * The order of one list: whether its pages keep to it, which the vendor is not trusted with, and the rows in it. Rows
 * without a start come last.
 */
export class RowOrder<Query> {
	private readonly order: SortOrder | undefined;

	private last: number | undefined;

	private readonly isChecked: boolean;

	private isKept: boolean;

	constructor(
		private readonly sorting: Sorting<Query> | undefined,
		wanted: SortOrder | undefined,
		query: Query,
	) {
		this.order = wanted ?? sorting?.byDefault;
		this.isChecked = wanted !== undefined;
		this.isKept = wanted === undefined || sorting?.isPaged(wanted, query) === true;
	}

	/** Whether the first rows so far are the first of the whole list. Without a wanted order any rows are. */
	get isReliable(): boolean {
		return this.isKept;
	}

	/** Compares the starts of rows with those before them. */
	check(rows: readonly JsonRecord[]): void {
		if (!this.isChecked || !this.isKept) return;
		for (const row of rows) {
			const start = this.sorting?.startOf(row);
			if (start === undefined) continue;
			if (this.last !== undefined && this.compare(this.last, start) > 0) this.isKept = false;
			this.last = start;
		}
	}

	/** The rows in order; those that started at the same time stay as they are. */
	sorted(rows: readonly JsonRecord[]): readonly JsonRecord[] {
		const { sorting } = this;
		if (!sorting || this.order === undefined) return rows;
		return rows
			.map((row) => ({ row, start: sorting.startOf(row) }))
			.sort((a, b) => this.compareKnown(a.start, b.start))
			.map(({ row }) => row);
	}

	private compareKnown(a: number | undefined, b: number | undefined): number {
		if (a === undefined || b === undefined) return Number(a === undefined) - Number(b === undefined);
		return this.compare(a, b);
	}

	private compare(a: number, b: number): number {
		return this.order === 'newestFirst' ? b - a : a - b;
	}
}
