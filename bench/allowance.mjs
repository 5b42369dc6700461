import { setTimeout as sleep } from 'node:timers/promises';

/** What is left of a vendor's documented limit: nobody may start with the requests of the one before on the account. */
export class Allowance {
	#limit;

	#level = 0;

	#at = Date.now();

	/** @param {{ perSecond: number, burst: number } | undefined} limit */
	constructor(limit) {
		this.#limit = limit;
	}

	/** Notes requests that were sent until now. */
	spend(requests) {
		if (!this.#limit) return;
		this.#drain();
		this.#level = Math.min(this.#limit.burst, this.#level + requests);
	}

	/** Waits until the vendor has forgotten all requests. */
	async restore() {
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
