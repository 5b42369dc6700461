import type { KeptRows, Page, PageRequest, PageResult } from '../../core/queries/list';
import { asText } from '../../core/util/json';
import type { JsonRecord } from '../../core/util/json';
import { notLater, TIME_STEP_MS, timeOf } from './instance';
import type { InstanceState } from './instance';
import { lastStart, listPages, pageRequest } from './instancePages';
import type { ListedPart, ListScope } from './instancePages';
import { isFullPage, MAX_LIMIT } from './offsets';

/** Whose instances are listed, and up to which start. */
export interface WantedInstances extends ListScope {
	/** The latest first. */
	versions: readonly number[];
	/** Undefined for all of them. */
	statuses: readonly InstanceState[] | undefined;
	startTimeTo?: number;
}

/** Instances without a readable start come last. */
const NO_START = -Number.MAX_VALUE;

/**
 * The instances of several versions and statuses in one order, the newest first. 8x8 lists one version at a time and takes
 * one status in a request ("List instances"), so several lists in that order are merged: a row's turn has come when no
 * list can have a newer one. The next page is always of the list that may have the newest rows. Returns whether there
 * was any instance.
 */
export function* newestFirst(
	instances: WantedInstances,
	wanted: number | undefined,
): Generator<PageRequest | KeptRows, boolean, PageResult> {
	return yield* new Merge(instances, wanted).read();
}

class Merge {
	private readonly lists: ListReader[];

	private readonly known = new Set<string>();

	/** Rows whose turn has not come. */
	private waiting: Array<{ start: number; row: JsonRecord }> = [];

	/** Versions that were asked about for all statuses at once. */
	private readonly glanced = new Set<number>();

	private isAny = false;

	constructor(
		private readonly instances: WantedInstances,
		/** How many are still wanted; undefined when all are. */
		private remaining: number | undefined,
	) {
		const { versions, statuses = [undefined] } = instances;
		this.lists = versions.flatMap((version) =>
			statuses.map((status) => new ListReader(instances, { version, status }, remaining)),
		);
	}

	*read(): Generator<PageRequest | KeptRows, boolean, PageResult> {
		for (let list = this.next(); list; list = this.next()) {
			const from = this.glanceFrom(list);
			if (from === undefined) this.take(yield* list.read(), list);
			else yield* this.glance(list.part.version, from);
			yield* this.release();
		}
		return this.isAny;
	}

	/** The list that may have the newest of the rows that have not been read. */
	private next(): ListReader | undefined {
		let next: ListReader | undefined;
		for (const list of this.lists) if (list.latest > (next?.latest ?? -Infinity)) next = list;
		return next;
	}

	private take(rows: readonly JsonRecord[], list?: ListReader): void {
		let isNew = false;
		for (const row of rows) {
			const id = asText(row['workflowId']);
			if (id !== undefined) {
				if (this.known.has(id)) continue;
				this.known.add(id);
			}
			isNew = true;
			this.waiting.push({ start: timeOf(row['startedAt']) ?? NO_START, row });
		}
		if (isNew) this.isAny = true;
		// 8x8 ignores the version or the status, and another list has it all.
		else if (list && !rows.every((row) => list.isOwn(row))) list.close();
	}

	/** Yields the rows for which no list can still have a newer one. */
	private *release(): Generator<KeptRows, void, PageResult> {
		const latest = this.next()?.latest ?? -Infinity;
		if (latest === Infinity) return;
		const ready = this.waiting.filter(({ start }) => start >= latest);
		if (ready.length === 0) return;
		this.waiting = this.waiting.filter(({ start }) => start < latest);
		ready.sort((a, b) => b.start - a.start);
		({ remaining: this.remaining } = yield { rows: ready.map(({ row }) => row) });
	}

	/**
	 * The start, in epoch milliseconds, before which nothing of a list's version matters, because as many newer rows are known as
	 * are wanted. Undefined where that is not so, or where the list can be asked about it in one request anyway.
	 */
	private glanceFrom({ part }: ListReader): number | undefined {
		const { remaining, waiting } = this;
		const lists = this.listsOf(part.version);
		if (remaining === undefined || waiting.length < remaining || this.glanced.has(part.version))
			return undefined;
		if (lists.length < 2 || lists.some(({ latest }) => latest < Infinity)) return undefined;
		const starts = waiting.map(({ start }) => start).sort((a, b) => b - a);
		const last = starts[remaining - 1] ?? NO_START;
		return last === NO_START ? undefined : Math.max(notLater(last), this.instances.startTimeFrom ?? last);
	}

	/** One request for all statuses of a version. Where one page is not enough, each status is asked for as usual. */
	private *glance(version: number, from: number): Generator<PageRequest, void, Page> {
		const { statuses, startTimeTo } = this.instances;
		const scope = { ...this.instances, startTimeFrom: from };
		const { rows } = yield {
			...pageRequest(scope, { version, status: undefined, startTimeTo, limit: MAX_LIMIT }),
			auxiliary: true,
		};
		this.take(rows.filter((row) => statuses?.some((status) => status === row['status'])));
		this.glanced.add(version);
		if (!isFullPage(rows, MAX_LIMIT)) for (const list of this.listsOf(version)) list.skipTo(from);
	}

	private listsOf(version: number): ListReader[] {
		return this.lists.filter(({ part }) => part.version === version);
	}
}

/** Reads one list, page by page. */
class ListReader {
	/** No row that has not been read started later, in epoch milliseconds; -Infinity where there is none. */
	latest = Infinity;

	private startTimeTo: number | undefined;

	private pages: Generator<PageRequest, void, Page> | undefined;

	private next: IteratorResult<PageRequest, void> | undefined;

	constructor(
		private readonly scope: WantedInstances,
		readonly part: ListedPart,
		private readonly wanted: number | undefined,
	) {
		this.startTimeTo = scope.startTimeTo;
	}

	/** Whether a row is one that 8x8 was asked for. */
	isOwn(row: JsonRecord): boolean {
		const { version, status } = this.part;
		return row['version'] === version && (status === undefined || row['status'] === status);
	}

	/** Reads the next page; the list is one of those that have not come to their end. */
	*read(): Generator<PageRequest, readonly JsonRecord[], Page> {
		const { scope, part, startTimeTo, wanted } = this;
		this.pages ??= listPages(scope, part, { startTimeTo, wanted });
		this.next ??= this.pages.next();
		if (this.next.done) return [];
		const { rows } = yield { ...this.next.value, auxiliary: true };
		this.next = this.pages.next({ rows });
		if (this.next.done) this.close();
		// A page may begin with what was cut off from the last hundredth of a second of the page before.
		else this.latest = lastStart(rows, this.latest + TIME_STEP_MS) ?? this.latest;
		return rows;
	}

	/** What started at `from` or later is known, so the list is to begin there. */
	skipTo(from: number): void {
		const { startTimeFrom = -Infinity } = this.scope;
		if (from <= startTimeFrom) this.close();
		this.latest = Math.min(this.latest, from);
		this.startTimeTo = Math.min(this.startTimeTo ?? Infinity, from + TIME_STEP_MS);
	}

	/** Reads no more. */
	close(): void {
		this.latest = -Infinity;
	}
}
