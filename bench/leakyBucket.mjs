import { setTimeout as sleep } from 'node:timers/promises';

/**
 * A leaky bucket for a vendor's documented rate limit: each request adds one, and `perSecond` drain away. A run starts with
 * an empty bucket, so that the requests of the run before it do not count against it.
 */
export class LeakyBucket {
	#limit;

	#level = 0;

	#at = Date.now();

	/** @param {{ perSecond: number, burst: number } | undefined} limit */
	constructor(limit) {
		this.#limit = limit;
	}

	/** Adds requests that have been sent up to now. */
	add(requests) {
		if (!this.#limit) return;
		this.#drain();
		this.#level = Math.min(this.#limit.burst, this.#level + requests);
	}

	/** Waits until no earlier request counts any more. */
	async untilEmpty() {
		if (!this.#limit) return;
		this.#drain();
		await sleep((this.#level / this.#limit.perSecond) * 1000);
	}

	#drain() {
		const now = Date.now();
		this.#level = Math.max(0, this.#level - ((now - this.#at) / 1000) * this.#limit.perSecond);
		this.#at = now;
	}
}
