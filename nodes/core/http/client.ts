import type { Clock } from '../util/clock';
import type { AdaptiveLimit, Effect } from './adaptiveLimit';
import { backoffMs, retryAfterMs } from './backoff';
import { MAX_WAIT_MS } from './limits';
import { isOutage, isPage, isRedirect, isSuccess, TOO_MANY_REQUESTS } from './messages';
import type { ApiRequest, ApiResponse } from './messages';
import type { HostRateLimiter, Limits } from './rateLimiter';
import { RunPace } from './runPace';
import { isTooSlow } from './transport';
import type { RequestKind, SendResult, Transport, TransportFault, TransportResult } from './transport';

/** What is one run's own. */
export interface RunControl {
	/** The pace that the user has set for it, besides the vendor's limits. */
	pace?: RunPace;
	/** Ends it: nothing more is sent. */
	signal?: AbortSignal | undefined;
}

/** How a request is sent. */
export interface SendOptions {
	/** Asked when its turn comes; with `false` it counts as cancelled. */
	isWanted: () => boolean;
	/** Called just before it leaves. */
	onSend?: () => void;
	/** Default: `command`. */
	kind?: RequestKind;
}

/** The way to the vendor as one run uses it: within the limits of host and user, and never after the execution was cancelled. */
export class RateLimitedClient {
	/** The fault after which no request of this run gets through. */
	private cutOff: TransportFault | undefined;

	private readonly pace: RunPace;

	private readonly signal: AbortSignal | undefined;

	/** For an answer that counts as good: what is to be done when the vendor's own words in it say otherwise. */
	private readonly objections = new WeakMap<ApiResponse, () => void>();

	/** Aborts when nothing of this run is to be sent any more. */
	private readonly leaving = new AbortController();

	constructor(
		private readonly transport: Transport,
		private readonly rateLimiter: HostRateLimiter,
		private readonly limits: Limits,
		private readonly clock: Clock,
		{ pace = new RunPace([], clock), signal }: RunControl = {},
	) {
		this.pace = pace;
		this.signal = signal;
		if (signal?.aborted) this.leave();
		signal?.addEventListener('abort', () => this.leave(), { once: true });
	}

	/** Milliseconds, to measure how long something takes. */
	now(): number {
		return this.clock.now();
	}

	isCancelled(): boolean {
		return this.signal?.aborted === true;
	}

	/** How many requests may be open at this moment. What a run has going at a time is bound by it. */
	requestsInFlight(): number {
		const { inFlight } = this.limits;
		return typeof inFlight === 'number' ? Math.max(1, inFlight) : this.rateLimiter.adaptive(inFlight).limit;
	}

	/** Nothing more will be sent: gives up all waits, and the places in the host's line. */
	leave(): void {
		this.leaving.abort();
	}

	/** Sends a request when its turn comes, if it is still wanted then. */
	async send(request: ApiRequest, { isWanted, onSend, kind = 'command' }: SendOptions): Promise<SendResult> {
		const passOn = await this.pace.enter(this.leaving.signal);
		if (!passOn) return { kind: 'cancelled' };
		const lane = this.limits.hasCommandLane && kind === 'command' ? 'commands' : 'all';
		if (!(await this.rateLimiter.acquire(this.limits, this.leaving.signal, lane))) {
			passOn(false);
			return { kind: 'cancelled' };
		}
		try {
			const isStopped = this.leaving.signal.aborted || !isWanted();
			passOn(!isStopped && !this.cutOff);
			if (isStopped) return { kind: 'cancelled' };
			// Others may have been waiting for their turn while it happened.
			if (this.cutOff) return { kind: 'fault', fault: { ...this.cutOff, maybeSent: false } };
			onSend?.();
			const result = await this.transmit(request, kind);
			if (result.kind === 'fault') {
				if (result.fault.stopsRun) this.cutOff = result.fault;
				return result;
			}
			if (result.response.status === TOO_MANY_REQUESTS) this.slowDown(result.response, 1);
			else this.rateLimiter.onAccepted();
			return result;
		} finally {
			this.rateLimiter.release(lane);
		}
	}

	/** Sends a request, and reports to the host's limit how the vendor has taken it. */
	private async transmit(request: ApiRequest, kind: RequestKind): Promise<TransportResult> {
		const limit = this.adaptiveLimit();
		if (!limit) return await this.transport.send(request, kind);
		const sent = limit.start(kind, this.clock.now());
		let effect: Effect = 'unclear';
		try {
			const result = await this.transport.send(request, kind);
			effect = effectOf(result);
			if (result.kind === 'response') {
				this.objections.set(result.response, () => limit.onThrottled(sent));
			}
			return result;
		} finally {
			limit.end(sent, effect, this.clock.now());
		}
	}

	private adaptiveLimit(): AdaptiveLimit | undefined {
		const { inFlight } = this.limits;
		return typeof inFlight === 'number' ? undefined : this.rateLimiter.adaptive(inFlight);
	}

	/** For a vendor's own way to say that there were too many requests; the HTTP status for it is handled in `send`. */
	onThrottled(response: ApiResponse, attempt: number): void {
		if (response.status === TOO_MANY_REQUESTS) return;
		this.objections.get(response)?.();
		this.slowDown(response, attempt);
	}

	/** Pauses all requests of this process to the host. */
	private slowDown(response: ApiResponse, attempt: number): void {
		this.rateLimiter.onThrottled(Math.min(this.waitMs(this.requestedWaitMs(response), attempt), MAX_WAIT_MS));
	}

	/** Waits before the next attempt: longer each time, and as long as the vendor asks where that is more. */
	async wait(askedMs: number | undefined, attempt: number): Promise<void> {
		this.adaptiveLimit()?.discount();
		await this.clock.sleep(this.waitMs(askedMs, attempt), this.leaving.signal);
	}

	private waitMs(askedMs: number | undefined, attempt: number): number {
		return Math.max(askedMs ?? 0, backoffMs(attempt, this.clock.random()));
	}

	/** How long the vendor asks to wait. */
	requestedWaitMs(response: ApiResponse): number | undefined {
		return retryAfterMs(response, this.clock.wallTime());
	}

	/**
	 * Undefined for another session, `none` where the connection has no sessions or the request has gone through enough of
	 * them, a fault when the login was refused.
	 *
	 * @param round counts the renewals for one request, from 1
	 */
	async renew(round: number): Promise<TransportFault | 'none' | undefined> {
		const { transport } = this;
		this.adaptiveLimit()?.discount();
		return transport.renew && round <= (transport.renewals ?? 1) ? await transport.renew(round) : 'none';
	}
}

/** How the vendor has taken a request, by what came of it alone. */
function effectOf(result: TransportResult): Effect {
	if (isTooSlow(result)) return 'late';
	if (result.kind === 'fault') return 'unclear';
	const { response } = result;
	if (response.status === TOO_MANY_REQUESTS) return 'throttled';
	if (isOutage(response.status)) return 'trouble';
	if (isRedirect(response) || isPage(response)) return 'unclear';
	return isSuccess(response.status) ? 'done' : 'refused';
}
