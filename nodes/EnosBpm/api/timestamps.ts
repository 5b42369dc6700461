/**
 * Timestamps that never repeat for one application key: the gateway refuses a signature that it has seen (code 1001 of
 * "Invoking API with Access Token"), and equal requests within a millisecond would have equal signatures.
 */
export class Timestamps {
	private readonly last = new Map<string, number>();

	constructor(private readonly now: () => number = Date.now) {}

	/** Epoch milliseconds, or a little later. */
	next(appKey: string): number {
		const timestamp = Math.max(this.now(), (this.last.get(appKey) ?? 0) + 1);
		this.last.set(appKey, timestamp);
		return timestamp;
	}
}

/** Shared by all requests of this process. */
export const timestamps = new Timestamps();
