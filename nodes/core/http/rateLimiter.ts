import { clock as machineClock } from '../util/clock';
import type { Clock } from '../util/clock';

/** A token bucket: so many requests at once, then so many a second. */
export interface RateLimit {
	perSecond: number;
	burst: number;
}

/** How fast one run may go. */
export interface Limits {
	/** How many requests may be open at a time. */
	inFlight: number;
	/** All of them hold. */
	rates: readonly RateLimit[];
}

interface Bucket extends RateLimit {
	tokens: number;
	at: number;
}

/** After a refusal, and what each accepted request wins back: several processes on one host find their shares. */
const SLOWED_BY = 0.5;
const SLOWEST = 0.1;
const REGAINED = 0.05;

/**
 * The pace at which this process talks to one host, shared by all runs: nobody enters before those who came earlier, no
 * more requests are open than allowed, and each bucket has a token for each request. A host that says that it is too
 * much is left alone for a while, then approached more slowly; the old pace comes back with each accepted request.
 */
export class HostPace {
	private open = 0;

	private readonly buckets = new Map<string, Bucket>();

	private readonly freed: Array<() => void> = [];

	private line: Promise<void> = Promise.resolve();

	private pausedUntil = 0;

	private share = 1;

	constructor(private readonly clock: Clock = machineClock) {}

	/** Resolves with true when a request may go; it is to be followed by `leave`. With false when the signal aborts first. */
	async enter(limits: Limits, signal?: AbortSignal): Promise<boolean> {
		const before = this.line;
		let passOn: () => void = () => undefined;
		this.line = new Promise((resolve) => (passOn = resolve));
		await abortable(before, signal);
		if (signal?.aborted) {
			void before.then(passOn);
			return false;
		}
		const entered = await this.awaitTurn(limits, signal);
		passOn();
		return entered;
	}

	/** Says that a request is over. */
	leave(): void {
		this.open -= 1;
		// Some of those who waited may have gone meanwhile, so all are woken; the line lets only one through.
		for (const wake of this.freed.splice(0)) wake();
	}

	/** The host refused a request because there were too many. */
	refused(waitMs: number): void {
		this.pausedUntil = Math.max(this.pausedUntil, this.clock.now() + waitMs);
		this.share = Math.max(SLOWEST, this.share * SLOWED_BY);
		for (const bucket of this.buckets.values()) Object.assign(bucket, { tokens: 0, at: this.pausedUntil });
	}

	/** The host took a request. */
	accepted(): void {
		this.share = Math.min(1, this.share + REGAINED);
	}

	private async awaitTurn({ inFlight, rates }: Limits, signal?: AbortSignal): Promise<boolean> {
		const buckets = [...new Set(rates.map((rate) => this.bucket(rate)))];
		while (!signal?.aborted) {
			if (this.open >= Math.max(1, Math.floor(inFlight * this.share))) {
				await abortable(new Promise<void>((resolve) => this.freed.push(resolve)), signal);
				continue;
			}
			const waitMs = Math.max(
				this.pausedUntil - this.clock.now(),
				...buckets.map((bucket) => this.waitFor(bucket)),
			);
			if (waitMs > 0) {
				await this.clock.sleep(waitMs, signal);
				continue;
			}
			for (const bucket of buckets) bucket.tokens -= 1;
			this.open += 1;
			return true;
		}
		return false;
	}

	private waitFor(bucket: Bucket): number {
		const now = this.clock.now();
		const perMs = (bucket.perSecond * this.share) / 1000;
		bucket.tokens = Math.min(bucket.burst, bucket.tokens + Math.max(0, now - bucket.at) * perMs);
		bucket.at = Math.max(bucket.at, now);
		// A hair below one is one: sums of fractions never reach it exactly.
		return bucket.tokens >= 1 - 1e-9 ? 0 : Math.ceil((1 - bucket.tokens) / perMs);
	}

	private bucket(rate: RateLimit): Bucket {
		const key = `${rate.perSecond}/${rate.burst}`;
		let bucket = this.buckets.get(key);
		if (!bucket) {
			// Less than one token would let nothing through, ever.
			const burst = Math.max(1, rate.burst);
			bucket = { ...rate, burst, tokens: burst, at: this.clock.now() };
			this.buckets.set(key, bucket);
		}
		return bucket;
	}
}

/** Far more hosts than one n8n talks to at a time. */
const MAX_HOSTS = 500;

const paces = new Map<string, HostPace>();

/** The pace of a host, one for all runs of this process. */
export function paceOf(host: string): HostPace {
	let pace = paces.get(host);
	if (!pace) {
		const oldest = paces.keys().next();
		if (paces.size >= MAX_HOSTS && !oldest.done) paces.delete(oldest.value);
		pace = new HostPace();
		paces.set(host, pace);
	}
	return pace;
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
