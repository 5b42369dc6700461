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
	/** A row that lacks what is tested does not pass. */
	passes: (row: JsonRecord) => boolean;
}

/** What the vendor is asked for, criterion by criterion. */
export function sentParts<Sent>(criteria: ReadonlyArray<Criterion<Sent>>): Sent[] {
	return criteria.flatMap(({ sent }) => (sent === undefined ? [] : [sent]));
}

/** Tests rows, and counts those that the vendor should have left out. */
export class RowFilter {
	/** How many rows each filter excluded that the vendor was asked to leave out, by its label. */
	readonly ignored = new Map<string, number>();

	constructor(private readonly criteria: readonly Criterion[]) {}

	admits(row: JsonRecord): boolean {
		const failed = this.criteria.filter(({ passes }) => !passes(row));
		for (const { displayName, sent } of failed) {
			if (sent !== undefined) this.ignored.set(displayName, (this.ignored.get(displayName) ?? 0) + 1);
		}
		return failed.length === 0;
	}
}

/** A criterion for a field that has to be equal. */
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

/** A criterion for a time, in epoch milliseconds, both ends included. */
export function within<Sent>(
	displayName: string,
	sent: Sent | undefined,
	read: (row: JsonRecord) => number | undefined,
	{ from = -Infinity, to = Infinity }: { from?: number; to?: number },
): Criterion<Sent> {
	return {
		displayName,
		...(sent !== undefined && { sent }),
		passes: (row) => {
			const time = read(row);
			return time !== undefined && time >= from && time <= to;
		},
	};
}
