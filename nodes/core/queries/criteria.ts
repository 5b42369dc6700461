import type { JsonRecord } from '../util/json';

/**
 * A condition that listed rows have to meet. The node tests each row itself, because a vendor may drop a filter that it
 * does not know.
 */
export interface Criterion<Sent = unknown> {
	/** The filter's label. */
	displayName: string;
	/**
	 * What the vendor is asked for, in the form of its list call. Left out where it cannot be asked: then it is not to
	 * blame for rows that do not pass.
	 */
	sent?: Sent;
	/** It does not say which ones are meant, only in what state they are: not enough where a filter is required. */
	isVague?: true;
	/** A latest time, in epoch milliseconds, that is enough to meet it. In the future it is met by everything. */
	latest?: number;
	/** Undefined for a row whose value cannot be read: it does not pass, and nobody is to blame. */
	passes: (row: JsonRecord) => boolean | undefined;
	/**
	 * For a row that does not pass although the user may have meant it: what about it, after "BP record", such as `whose
	 * value differs only in letter case`. Nobody is to blame for it.
	 */
	nearMiss?: (row: JsonRecord) => string | undefined;
}

/** What the vendor is asked for, criterion by criterion. */
export function sentParts<Sent>(criteria: ReadonlyArray<Criterion<Sent>>): Sent[] {
	return criteria.flatMap(({ sent }) => (sent === undefined ? [] : [sent]));
}

/** Tests rows, and counts those that it leaves out for a reason that the user should know. */
export class RowFilter {
	/** How many rows each filter excluded that the vendor was asked to leave out, by its label. */
	readonly ignored = new Map<string, number>();

	/** How many rows each filter could not be applied to, by its label; no other filter excluded them. */
	readonly unjudged = new Map<string, number>();

	/** How many rows were near misses, by the filter's label and by what about them; no other filter excluded them. */
	readonly nearMisses = new Map<string, Map<string, number>>();

	constructor(private readonly criteria: readonly Criterion[]) {}

	admits(row: JsonRecord): boolean {
		const results = this.criteria.map((criterion) => ({ criterion, passes: criterion.passes(row) }));
		const others = results.filter(({ passes }) => passes !== true);
		const reasons = others.map((result) => ({ ...result, nearMiss: result.criterion.nearMiss?.(row) }));
		const failed = reasons.filter(({ passes, nearMiss }) => passes === false && nearMiss === undefined);
		for (const { criterion } of failed) {
			if (criterion.sent !== undefined) count(this.ignored, criterion.displayName);
		}
		if (failed.length === 0) this.countDoubtful(reasons);
		return others.length === 0;
	}

	/** Each label once for a row, however many criteria have it. */
	private countDoubtful(
		reasons: ReadonlyArray<{ criterion: Criterion; nearMiss: string | undefined }>,
	): void {
		const byLabel = new Map(reasons.map(({ criterion, nearMiss }) => [criterion.displayName, nearMiss]));
		for (const [label, nearMiss] of byLabel) {
			if (nearMiss === undefined) count(this.unjudged, label);
			else {
				const misses = this.nearMisses.get(label) ?? new Map<string, number>();
				this.nearMisses.set(label, misses);
				count(misses, nearMiss);
			}
		}
	}
}

function count(counts: Map<string, number>, key: string): void {
	counts.set(key, (counts.get(key) ?? 0) + 1);
}

/**
 * A criterion that is met by meeting any of these. `sent` asks the vendor for all of them at once; where it is left out, the
 * vendor was not asked for any of them.
 */
export function anyOf<Sent>(
	displayName: string,
	sent: Sent | undefined,
	criteria: readonly Criterion[],
): Criterion<Sent> {
	const latest = criteria.flatMap((criterion) => criterion.latest ?? []);
	return {
		displayName,
		...(sent !== undefined && { sent }),
		...(criteria.some(({ isVague }) => isVague) && { isVague: true }),
		// One that everything meets is enough for all of it to be met.
		...(latest.length > 0 && { latest: Math.max(...latest) }),
		passes: (row) => {
			const results = criteria.map(({ passes }) => passes(row));
			if (results.includes(true)) return true;
			return results.includes(undefined) ? undefined : false;
		},
		nearMiss: (row) => criteria.map(({ nearMiss }) => nearMiss?.(row)).find((reason) => reason !== undefined),
	};
}

/** The same criterion as one that is not enough where a filter is required. */
export function vague<C extends Criterion>(criterion: C): C {
	return { ...criterion, isVague: true };
}

/** A criterion for a field that has to be equal. A row without it does not pass. */
export function equals<Sent>(
	displayName: string,
	sent: Sent | undefined,
	read: (row: JsonRecord) => unknown,
	wanted: unknown,
): Criterion<Sent> {
	return {
		displayName,
		...(sent !== undefined && { sent }),
		passes: (row) => read(row) === wanted,
	};
}

/** A criterion for a text that has to be equal but for the case of its letters. A row without it does not pass. */
export function equalsIgnoringCase<Sent>(
	displayName: string,
	sent: Sent | undefined,
	read: (row: JsonRecord) => string | undefined,
	wanted: string,
): Criterion<Sent> {
	return equals(displayName, sent, (row) => read(row)?.toLowerCase(), wanted.toLowerCase());
}

/** A criterion for a time, in epoch milliseconds, both ends included. A row without a readable time cannot be judged. */
export function within<Sent>(
	displayName: string,
	sent: Sent | undefined,
	read: (row: JsonRecord) => number | undefined,
	{ from = -Infinity, to = Infinity }: { from?: number; to?: number },
): Criterion<Sent> {
	return {
		displayName,
		...(sent !== undefined && { sent }),
		...(from === -Infinity && { latest: to }),
		passes: (row) => {
			const time = read(row);
			return time === undefined ? undefined : time >= from && time <= to;
		},
	};
}
