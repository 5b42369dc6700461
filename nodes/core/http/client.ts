import { LONGEST_WAIT_MS, backOffMs, retryAfterMs } from './backoff';
import type { Clock } from '../util/clock';
import type { HostPace, Limits } from './rateLimiter';
import type { Transport, TransportFault } from './transport';
import type { WireRequest, WireResponse } from './messages';

/** What came of one request; `cancelled`: it never left. */
export type Exchange =
	| { kind: 'answer'; response: WireResponse }
	| { kind: 'fault'; fault: TransportFault }
	| { kind: 'cancelled' };

/** The vendor's status for too many requests (RFC 6585, section 4). */
const TOO_MANY_REQUESTS = 429;

/** The way to the vendor as one run uses it: at the host's pace, and never after the execution was cancelled. */
export class Line {
	constructor(
		private readonly transport: Transport,
		private readonly pace: HostPace,
		private readonly limits: Limits,
		private readonly clock: Clock,
		private readonly signal?: AbortSignal,
	) {}

	isCancelled(): boolean {
		return this.signal?.aborted === true;
	}

	/** Sends a request when its turn comes, if it is still wanted then. */
	async send(request: WireRequest, isWanted: () => boolean, onSend?: () => void): Promise<Exchange> {
		if (!(await this.pace.enter(this.limits, this.signal))) return { kind: 'cancelled' };
		try {
			if (this.isCancelled() || !isWanted()) return { kind: 'cancelled' };
			onSend?.();
			const delivery = await this.transport.send(request);
			if (delivery.kind === 'fault') return delivery;
			if (delivery.response.status === TOO_MANY_REQUESTS) this.slowDown(delivery.response, 1);
			else this.pace.accepted();
			return { kind: 'answer', response: delivery.response };
		} finally {
			this.pace.leave();
		}
	}

	/** The vendor's own way to say that there were too many requests; its HTTP status for it has been seen to. */
	throttled(response: WireResponse, attempt: number): void {
		if (response.status !== TOO_MANY_REQUESTS) this.slowDown(response, attempt);
	}

	/** Leaves the host alone, for everybody in this process. */
	private slowDown(response: WireResponse, attempt: number): void {
		const asked = retryAfterMs(response, this.clock.now());
		this.pace.refused(Math.min(asked ?? backOffMs(attempt, this.clock.random()), LONGEST_WAIT_MS));
	}

	/** Waits before the next attempt: as long as the vendor asks, or else longer each time. */
	async wait(askedMs: number | undefined, attempt: number): Promise<void> {
		await this.clock.sleep(askedMs ?? backOffMs(attempt, this.clock.random()), this.signal);
	}

	/** How long the vendor asks to wait. */
	waitAsked(response: WireResponse): number | undefined {
		return retryAfterMs(response, this.clock.now());
	}

	/** Undefined when there is a new session, `none` where there is none to get. */
	async renew(): Promise<TransportFault | 'none' | undefined> {
		return this.transport.renew ? await this.transport.renew() : 'none';
	}
}
