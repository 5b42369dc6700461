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
