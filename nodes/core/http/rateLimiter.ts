import { clock as machineClock } from '../util/clock';
import type { Clock } from '../util/clock';
import { AdaptiveLimit } from './adaptiveLimit';
import type { AdaptiveRange, RequestsInFlight } from './adaptiveLimit';
import { LIMIT_MEMORY_MS, MAX_HOSTS, MIN_RATE_FACTOR, RECOVERY_STEP, THROTTLED_FACTOR } from './limits';
import { TokenBucket } from './tokenBucket';
import type { RateLimit } from './tokenBucket';

export type { RequestsInFlight } from './adaptiveLimit';
export type { RateLimit } from './tokenBucket';

/** How fast a vendor lets one process go. */
export interface Limits {
	/** How many requests may be open at a time, of one lane. */
	inFlight: RequestsInFlight;
	/** Commands have a lane of their own, so that what reads does not wait behind one that takes long. */
	hasCommandLane?: true | undefined;
	/** All of them hold. */
	rates: readonly RateLimit[];
}

/** Requests that go one after the other: some of them may be open at a time. */
class Lane {
	open = 0;

	/** Those that wait until fewer are open. */
	readonly waiters: Array<() => void> = [];

	/** The turn of the last one that has come. */
	queue: Promise<void> = Promise.resolve();
}

/** Which of a host's lanes a request takes. */
export type LaneName = 'commands' | 'all';

/**
 * Limits how fast this process talks to one host, for all runs together: requests go first come, first served, in each
 * lane; a semaphore bounds those in flight; each goes through all token buckets. When the host throttles, it is left alone for a while, then
 * approached more slowly, and each accepted request wins a little of the rate back (additive increase, multiplicative
 * decrease). Where the vendor documents no limit, how many may be in flight is found out too, by an `AdaptiveLimit`; a
 * refusal halves that once, and not its share of the rate besides.
 */
export class HostRateLimiter {
	private readonly lanes: Readonly<Record<LaneName, Lane>> = { commands: new Lane(), all: new Lane() };

	private readonly buckets = new Map<string, TokenBucket>();

	private readonly adaptiveLimits = new Map<string, AdaptiveLimit>();

	private pausedUntil = 0;

	private rateFactor = 1;

	constructor(private readonly clock: Clock = machineClock) {}

	/** Resolves with true when a request may go; it is to be followed by `release`. With false when the signal aborts first. */
	async acquire(limits: Limits, signal?: AbortSignal, laneName: LaneName = 'all'): Promise<boolean> {
		const lane = this.lanes[laneName];
		const before = lane.queue;
		let passOn: () => void = () => undefined;
		lane.queue = new Promise((resolve) => (passOn = resolve));
		await abortable(before, signal);
		if (signal?.aborted) {
			void before.then(passOn);
			return false;
		}
		const acquired = await this.awaitTurn(limits, lane, signal);
		passOn();
		return acquired;
	}

	/** To be called when a request is over. */
	release(laneName: LaneName = 'all'): void {
		const lane = this.lanes[laneName];
		lane.open -= 1;
		// Some waiters may have been cancelled meanwhile, so all are woken; the queue lets only one through.
		for (const wake of lane.waiters.splice(0)) wake();
	}

	/** The host refused a request because there were too many. */
	onThrottled(waitMs: number): void {
		this.pausedUntil = Math.max(this.pausedUntil, this.clock.now() + waitMs);
		this.rateFactor = Math.max(MIN_RATE_FACTOR, this.rateFactor * THROTTLED_FACTOR);
		for (const bucket of this.buckets.values()) bucket.empty(this.pausedUntil);
	}

	/** The host took a request. */
	onAccepted(): void {
		this.rateFactor = Math.min(1, this.rateFactor + RECOVERY_STEP);
	}

	/** The limit that is found out for a range, by all runs together. */
	adaptive(range: AdaptiveRange): AdaptiveLimit {
		const key = `${range.first}/${range.most}`;
		const known = this.adaptiveLimits.get(key);
		if (known && !known.isIdleSince(this.clock.now() - LIMIT_MEMORY_MS)) return known;
		const limit = new AdaptiveLimit(range, this.clock.now());
		this.adaptiveLimits.set(key, limit);
		return limit;
	}

	private mostOpen(inFlight: RequestsInFlight): number {
		if (typeof inFlight !== 'number') return this.adaptive(inFlight).limit;
		return Math.max(1, Math.floor(inFlight * this.rateFactor));
	}

	private async awaitTurn({ inFlight, rates }: Limits, lane: Lane, signal?: AbortSignal): Promise<boolean> {
		const buckets = [...new Set(rates.map((rate) => this.bucket(rate)))];
		while (!signal?.aborted) {
			if (lane.open >= this.mostOpen(inFlight)) {
				await abortable(new Promise<void>((resolve) => lane.waiters.push(resolve)), signal);
				continue;
			}
			const waitMs = Math.max(
				this.pausedUntil - this.clock.now(),
				...buckets.map((bucket) => bucket.waitMs(this.clock.now(), this.rateFactor)),
			);
			if (waitMs > 0) {
				await this.clock.sleep(waitMs, signal);
				continue;
			}
			for (const bucket of buckets) bucket.take(this.clock.now(), this.rateFactor);
			lane.open += 1;
			return true;
		}
		return false;
	}

	private bucket(rate: RateLimit): TokenBucket {
		const key = `${rate.perSecond}/${rate.burst}`;
		let bucket = this.buckets.get(key);
		if (!bucket) {
			bucket = new TokenBucket(rate, this.clock.now());
			this.buckets.set(key, bucket);
		}
		return bucket;
	}
}

const rateLimiters = new Map<string, HostRateLimiter>();

/** The rate limiter of a host, or of a part of it that has limits of its own; one for all runs of this process. */
export function rateLimiterFor(host: string): HostRateLimiter {
	let limiter = rateLimiters.get(host);
	if (!limiter) {
		const oldest = rateLimiters.keys().next();
		if (rateLimiters.size >= MAX_HOSTS && !oldest.done) rateLimiters.delete(oldest.value);
		limiter = new HostRateLimiter();
		rateLimiters.set(host, limiter);
	}
	return limiter;
}

async function abortable(promise: Promise<void>, signal?: AbortSignal): Promise<void> {
	if (!signal) {
		await promise;
		return;
	}
	if (signal.aborted) return;
	let stop: () => void = () => undefined;
	const aborted = new Promise<void>((resolve) => (stop = resolve));
	signal.addEventListener('abort', stop, { once: true });
	await Promise.race([promise, aborted]);
	signal.removeEventListener('abort', stop);
}
