/** The size of a token bucket: `burst` requests at once, then `perSecond`. */
export interface RateLimit {
	perSecond: number;
	burst: number;
}

/** Lets requests through at a rate. Times are milliseconds of a clock that never goes back. */
export class TokenBucket {
	private readonly burst: number;

	private tokens: number;

	constructor(
		private readonly rate: RateLimit,
		private at: number,
	) {
		// Less than one token would let nothing through, ever.
		this.burst = Math.max(1, rate.burst);
		this.tokens = this.burst;
	}

	/** Milliseconds until there is a token, at this part of the rate. */
	waitMs(now: number, rateFactor = 1): number {
		const perMs = this.fill(now, rateFactor);
		// Rounding: a sum of fractions may stay just below 1.
		return this.tokens >= 1 - 1e-9 ? 0 : Math.ceil((1 - this.tokens) / perMs - 1e-6);
	}

	/** Takes a token; what has not been used until now is lost beyond the burst. */
	take(now: number, rateFactor = 1): void {
		this.fill(now, rateFactor);
		this.tokens -= 1;
	}

	/** Leaves nothing until a time, from which on it fills anew. */
	empty(until: number): void {
		this.tokens = 0;
		this.at = until;
	}

	/** Gives the tokens a millisecond. */
	private fill(now: number, rateFactor: number): number {
		const perMs = (this.rate.perSecond * rateFactor) / 1000;
		this.tokens = Math.min(this.burst, this.tokens + Math.max(0, now - this.at) * perMs);
		this.at = Math.max(this.at, now);
		return perMs;
	}
}
