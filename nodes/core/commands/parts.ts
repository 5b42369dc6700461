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

/** The targets in these parts. */
export function jobsOf<Settings>(parts: ReadonlyArray<Part<Settings>>): Batch<Settings> {
	return parts.flatMap(({ jobs, alike = [] }) => [...jobs, ...alike]);
}

/** What is known about how many targets of a group are refused. */
interface Tally {
	/** Those that were refused when they were sent alone. */
	refused: number;
	/** Those about which there was an answer. */
	judged: number;
}

/**
 * How large the parts should be in which a request goes again that the vendor refuses for some of its targets without
 * naming them. With halves each of k culprits among n targets takes two requests for each halving, 2 k log2(n / k)
 * in all; alone they take n. How many culprits there are is estimated from what was refused alone so far, and is one at
 * first.
 */
export class PartSizes {
	private readonly tallies = new Map<string, Tally>();

	/** There was an answer about so many targets of a group. */
	noteJudged(group: string, count: number): void {
		this.tally(group).judged += count;
	}

	/** A target of a group was refused although it was sent alone. */
	noteRefusedAlone(group: string): void {
		const tally = this.tally(group);
		tally.refused += 1;
		tally.judged += 1;
	}

	/** The size of the next parts of a request with so many targets; less than that. */
	next(group: string, count: number): number {
		const { refused, judged } = this.tally(group);
		const culprits = Math.max(1, judged === 0 ? 0 : (count * refused) / judged);
		const byHalves = 2 * culprits * Math.log2(count / culprits);
		return culprits < count && byHalves < count ? Math.ceil(count / 2) : 1;
	}

	private tally(group: string): Tally {
		let tally = this.tallies.get(group);
		if (!tally) this.tallies.set(group, (tally = { refused: 0, judged: 0 }));
		return tally;
	}
}
