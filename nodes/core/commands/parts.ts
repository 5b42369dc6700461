import type { Batch } from './batches';
import { isInDoubt } from './retryPolicy';

/** A batch, and those that are settled by what comes of it. */
export interface Part<Settings> {
	jobs: Batch<Settings>;
	/** About these the vendor said the same as about the one job of the part. */
	alike?: Batch<Settings>;
}

/**
 * Where the vendor acts on one target after the other, what brings a request down is the first that has not ended. It
 * goes alone, before the others; their request says nothing about them. Undefined where nothing is to be parted.
 */
export function suspectFirst<Settings>(open: Batch<Settings>): Array<Part<Settings>> | undefined {
	const [suspect, ...others] = open;
	const isUnclear = open.every(({ verdict }) => verdict && isInDoubt(verdict));
	if (!suspect || others.length === 0 || !isUnclear) return undefined;
	for (const job of others) job.excused += 1;
	return [{ jobs: [suspect] }, { jobs: others }];
}

/**
 * What goes again in requests of its own: one target for each statement in unknown words, then those that need no
 * request of their own, then those that do. Undefined where nothing is to be parted.
 */
export function apart<Settings>(open: Batch<Settings>): Array<Part<Settings>> | undefined {
	if (open.length < 2) return undefined;
	const byStatement = new Map<string, Required<Part<Settings>>>();
	const alone: Array<Part<Settings>> = [];
	const together: Batch<Settings> = [];
	for (const job of open) {
		const { isAlone, statement } = job.verdict ?? {};
		const known = statement === undefined ? undefined : byStatement.get(statement);
		if (isAlone) alone.push({ jobs: [job] });
		else if (known) known.alike.push(job);
		else if (statement !== undefined) byStatement.set(statement, { jobs: [job], alike: [] });
		else together.push(job);
	}
	if (together.length === open.length) return undefined;
	return [...byStatement.values(), ...(together.length > 0 ? [{ jobs: together }] : []), ...alone];
}

/** How many targets there are in these parts. */
export function sizeOf<Settings>(parts: ReadonlyArray<Part<Settings>>): number {
	return parts.reduce((size, { jobs, alike = [] }) => size + jobs.length + alike.length, 0);
}
