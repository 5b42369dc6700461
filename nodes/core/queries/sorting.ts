import { forEachYielding } from '../util/concurrency';
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

	/** Compares the starts of rows with those before them. What does not say when it started belongs behind all others. */
	check(rows: readonly JsonRecord[]): void {
		if (!this.isChecked || !this.isKept) return;
		for (const row of rows) {
			const start = this.sorting?.startOf(row);
			if (start === undefined || (this.last !== undefined && this.isBefore(start, this.last))) {
				this.isKept = false;
				return;
			}
			this.last = start;
		}
	}

	private isBefore(start: number, other: number): boolean {
		return this.order === 'newestFirst' ? start > other : start < other;
	}

	/** The rows in order; those that started at the same time stay as they are. */
	async sorted(rows: readonly JsonRecord[]): Promise<readonly JsonRecord[]> {
		const { sorting } = this;
		if (!sorting || this.order === undefined) return rows;
		const known: Array<{ row: JsonRecord; start: number }> = [];
		const withoutStart: JsonRecord[] = [];
		// To read the starts takes longer than to sort by them.
		await forEachYielding(rows, (row) => {
			const start = sorting.startOf(row);
			if (start === undefined) withoutStart.push(row);
			else known.push({ row, start });
		});
		known.sort((a, b) => (this.order === 'newestFirst' ? b.start - a.start : a.start - b.start));
		return [...known.map(({ row }) => row), ...withoutStart];
	}
}
