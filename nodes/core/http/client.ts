import type { Clock } from '../util/clock';
import { backoffMs, retryAfterMs } from './backoff';
import { MAX_WAIT_MS } from './limits';
import type { ApiRequest, ApiResponse } from './messages';
import type { HostRateLimiter, Limits } from './rateLimiter';
import type { SendResult, Transport, TransportFault } from './transport';

/** The vendor's status for too many requests (RFC 6585, section 4). */
const TOO_MANY_REQUESTS = 429;

/** The way to the vendor as one run uses it: within the host's limits, and never after the execution was cancelled. */
export class RateLimitedClient {
	/** The fault after which no request of this run gets through. */
	private cutOff: TransportFault | undefined;

	constructor(
		private readonly transport: Transport,
		private readonly rateLimiter: HostRateLimiter,
		private readonly limits: Limits,
		private readonly clock: Clock,
		private readonly signal?: AbortSignal,
	) {}

	/** Milliseconds, to measure how long something takes. */
	now(): number {
		return this.clock.now();
	}

	isCancelled(): boolean {
		return this.signal?.aborted === true;
	}

	/** Sends a request when its turn comes, if it is still wanted then. */
	async send(request: ApiRequest, isWanted: () => boolean, onSend?: () => void): Promise<SendResult> {
		if (!(await this.rateLimiter.acquire(this.limits, this.signal))) return { kind: 'cancelled' };
		try {
			if (this.isCancelled() || !isWanted()) return { kind: 'cancelled' };
			// Others may have been waiting for their turn while it happened.
			if (this.cutOff) return { kind: 'fault', fault: { ...this.cutOff, maybeSent: false } };
			onSend?.();
			const result = await this.transport.send(request);
			if (result.kind === 'fault') {
				if (result.fault.stopsRun) this.cutOff = result.fault;
				return result;
			}
			if (result.response.status === TOO_MANY_REQUESTS) this.slowDown(result.response, 1);
			else this.rateLimiter.onAccepted();
			return result;
		} finally {
			this.rateLimiter.release();
		}
	}

	/** For a vendor's own way to say that there were too many requests; the HTTP status for it is handled in `send`. */
	onThrottled(response: ApiResponse, attempt: number): void {
		if (response.status !== TOO_MANY_REQUESTS) this.slowDown(response, attempt);
	}

	/** Pauses all requests of this process to the host. */
	private slowDown(response: ApiResponse, attempt: number): void {
		const asked = retryAfterMs(response, this.clock.now());
		this.rateLimiter.onThrottled(Math.min(asked ?? backoffMs(attempt, this.clock.random()), MAX_WAIT_MS));
	}

	/** Waits before the next attempt: as long as the vendor asks, or else longer each time. */
	async wait(askedMs: number | undefined, attempt: number): Promise<void> {
		await this.clock.sleep(askedMs ?? backoffMs(attempt, this.clock.random()), this.signal);
	}

	/** How long the vendor asks to wait. */
	requestedWaitMs(response: ApiResponse): number | undefined {
		return retryAfterMs(response, this.clock.now());
	}

	/** Undefined for a new session, `none` where the connection has no sessions, a fault when the login was refused. */
	async renew(): Promise<TransportFault | 'none' | undefined> {
		return this.transport.renew ? await this.transport.renew() : 'none';
	}
}
