import type { Clock } from '../../../nodes/core/util/clock';

interface Timer {
	at: number;
	ring(): void;
}

/** A Sunday in the future; only differences count. */
const START_MS = Date.UTC(2030, 0, 6);
/** So often nothing at all may happen on the event loop before somebody is taken to wait for ever. */
const MOST_IDLE_TURNS = 2_000;
/** So often somebody may wait before the end is taken never to come. */
const MOST_RINGS = 50_000;

/**
 * Time that stands still until everybody waits for it, then jumps to the next timer. Nobody really waits, and the order of
 * what happens is the same each time.
 */
export class VirtualClock implements Clock {
	/** How long each wait was meant to last. */
	readonly naps: number[] = [];

	private readonly timers: Timer[] = [];

	private time = START_MS;

	/** @param skew how far the machine's date is off, milliseconds; it may differ each time */
	constructor(
		private readonly chance: () => number = () => 0,
		private readonly skew: () => number = () => 0,
	) {}

	now(): number {
		return this.elapsed();
	}

	wallTime(): number {
		return this.time + this.skew();
	}

	random(): number {
		return this.chance();
	}

	/** Milliseconds since this clock began. */
	elapsed(): number {
		return this.time - START_MS;
	}

	async sleep(ms: number, signal?: AbortSignal): Promise<void> {
		if (signal?.aborted) return;
		this.naps.push(ms);
		await new Promise<void>((resolve) => {
			const stop = this.at(this.elapsed() + ms, () => {
				signal?.removeEventListener('abort', abort);
				resolve();
			});
			const abort = () => {
				stop();
				resolve();
			};
			signal?.addEventListener('abort', abort, { once: true });
		});
	}

	/** Rings once this much time has passed since the beginning. Returns how to call it off. */
	at(elapsedMs: number, ring: () => void): () => void {
		const timer = { at: START_MS + Math.max(this.elapsed(), elapsedMs), ring };
		const later = this.timers.findIndex(({ at }) => at > timer.at);
		this.timers.splice(later === -1 ? this.timers.length : later, 0, timer);
		return () => {
			const index = this.timers.indexOf(timer);
			if (index !== -1) this.timers.splice(index, 1);
		};
	}

	/** Lets time pass until the work is done. Rejects when it waits for something that never happens. */
	async finish<T>(work: Promise<T>): Promise<T> {
		let settled: Promise<T> | undefined;
		const settle = () => (settled = work);
		work.then(settle, settle);
		let rings = 0;
		for (let idle = 0; idle <= MOST_IDLE_TURNS;) {
			await turn();
			if (settled) return await settled;
			if (this.ringNext()) {
				idle = 0;
				rings += 1;
				if (rings > MOST_RINGS) throw new Error('somebody waits again and again without end');
			} else {
				idle += 1;
				// What yields to others on the machine's own event loop gets its turn.
				await new Promise((resolve) => setTimeout(resolve, 1));
			}
		}
		throw new Error('somebody waits for something that never happens');
	}

	/** Lets so much time pass, and all happen that is due by then. */
	async pass(ms: number): Promise<void> {
		const end = this.time + ms;
		await turn();
		while ((this.timers[0]?.at ?? Infinity) <= end) {
			this.ringNext();
			await turn();
		}
		this.time = end;
	}

	private ringNext(): boolean {
		const next = this.timers.shift();
		if (!next) return false;
		this.time = next.at;
		next.ring();
		return true;
	}
}

/** Lets every promise settle that can. */
async function turn(): Promise<void> {
	await new Promise((resolve) => setImmediate(resolve));
}
