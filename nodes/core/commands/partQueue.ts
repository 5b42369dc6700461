import type { Part } from './parts';
import type { ListedStates } from './states/listedStates';

/**
 * The parts of a run, in the order in which they are to be sent: what was put back, then what is known to the vendor's list
 * before its next page is read, then the others as they came. Each step takes the same time, however many there are.
 */
export class PartQueue<Settings> {
	/** What goes before all others, the next one last. */
	private readonly putBackParts: Array<Part<Settings>> = [];

	/** Those that were taken before their turn. */
	private readonly taken = new Set<Part<Settings>>();

	private position = 0;

	constructor(
		private readonly parts: ReadonlyArray<Part<Settings>>,
		private readonly listed: Pick<ListedStates<Settings>, 'nextKnown' | 'readMore'>,
	) {}

	/** The next part; it may take a page of the list to know which. Undefined where none is left. */
	async next(): Promise<Part<Settings> | undefined> {
		for (let mayFollow = true; mayFollow; mayFollow = await this.listed.readMore()) {
			const part = this.putBackParts.pop() ?? this.known();
			if (part) return part;
		}
		return this.putBackParts.pop() ?? this.inOrder();
	}

	/** Whether it is certain that no part is left. */
	isEmpty(): boolean {
		return this.putBackParts.length === 0 && this.position >= this.parts.length;
	}

	/** These go before all others, in this order. */
	putBack(parts: ReadonlyArray<Part<Settings>>): void {
		for (const part of [...parts].reverse()) this.putBackParts.push(part);
	}

	private known(): Part<Settings> | undefined {
		for (let part = this.listed.nextKnown(); part; part = this.listed.nextKnown()) {
			if (this.taken.has(part)) continue;
			this.taken.add(part);
			return part;
		}
		return undefined;
	}

	private inOrder(): Part<Settings> | undefined {
		for (;;) {
			const part = this.parts[this.position];
			this.position += 1;
			if (!part || !this.taken.has(part)) return part;
		}
	}
}
