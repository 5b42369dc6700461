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
	/** Undefined for a row whose value cannot be read: it does not pass, and nobody is to blame. */
	passes: (row: JsonRecord) => boolean | undefined;
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

	constructor(private readonly criteria: readonly Criterion[]) {}

	admits(row: JsonRecord): boolean {
		const results = this.criteria.map((criterion) => ({ criterion, passes: criterion.passes(row) }));
		const failed = results.filter(({ passes }) => passes === false);
		for (const { criterion } of failed) {
			if (criterion.sent !== undefined) count(this.ignored, criterion);
		}
		const open = results.filter(({ passes }) => passes === undefined);
		if (failed.length === 0) {
			const labels = new Set(open.map(({ criterion }) => criterion.displayName));
			for (const displayName of labels) count(this.unjudged, { displayName });
		}
		return failed.length === 0 && open.length === 0;
	}
}

function count(counts: Map<string, number>, { displayName }: Pick<Criterion, 'displayName'>): void {
	counts.set(displayName, (counts.get(displayName) ?? 0) + 1);
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
		passes: (row) => {
			const time = read(row);
			return time === undefined ? undefined : time >= from && time <= to;
		},
	};
}
