import type { Clock } from '../util/clock';
import { TokenBucket } from './tokenBucket';
import type { RateLimit } from './tokenBucket';

/**
 * The pace that a user has set for one run, counted by the times at which its requests leave. The run waits for it by
 * itself: while it does, it stands in nobody's way at the host.
 */
export class RunPace {
	private readonly buckets: readonly TokenBucket[];

	private turn: Promise<void> = Promise.resolve();

	constructor(
		rates: readonly RateLimit[],
		private readonly clock: Clock,
	) {
		this.buckets = rates.map((rate) => new TokenBucket(rate, clock.now()));
	}

	/**
	 * Waits until the next request of the run may leave. Undefined when the signal aborts first; otherwise what is to be
	 * called once, with whether the request has left.
	 */
	async enter(signal: AbortSignal): Promise<((hasLeft: boolean) => void) | undefined> {
		if (this.buckets.length === 0) return signal.aborted ? undefined : () => undefined;
		const before = this.turn;
		let passOn: () => void = () => undefined;
		this.turn = new Promise((resolve) => (passOn = resolve));
		await before;
		for (let waitMs = this.waitMs(); waitMs > 0 && !signal.aborted; waitMs = this.waitMs()) {
			await this.clock.sleep(waitMs, signal);
		}
		if (signal.aborted) {
			passOn();
			return undefined;
		}
		return (hasLeft) => {
			if (hasLeft) for (const bucket of this.buckets) bucket.take(this.clock.now());
			passOn();
		};
	}

	private waitMs(): number {
		return Math.max(...this.buckets.map((bucket) => bucket.waitMs(this.clock.now())));
	}
}
