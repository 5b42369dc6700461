import {
	ANSWERS_FOR_BEST,
	ANSWERS_TO_JUDGE,
	HELD_SHARE,
	LEAST_WINDOW,
	MAX_PATIENCE,
	PATIENCE,
	QUICK_ANSWER_MS,
	SLOW_FACTOR,
	SLOW_SHARE,
	STEADY_FACTOR,
	THROTTLED_FACTOR,
} from './limits';
import type { RequestKind } from './transport';

/** How many requests may be open where that is found out: so many at first, and never more than `most`. */
export interface AdaptiveRange {
	first: number;
	most: number;
}

/** How many requests may be open at a time, by this process on one host: a number, or what the vendor's answers show. */
export type RequestsInFlight = number | AdaptiveRange;

/** What came of a request, as it matters to the vendor's load. */
export type Effect =
	/** It was done; the time that it took counts. */
	| 'done'
	/** The vendor turned it down, which may be quicker than to do it: the time does not count. */
	| 'refused'
	/** It says nothing about the load. */
	| 'unclear'
	/** The server is in trouble. */
	| 'trouble'
	/** No answer came in time. */
	| 'late'
	/** The vendor wants fewer requests. */
	| 'throttled';

/** A request that has left. */
export interface SentRequest {
	readonly kind: RequestKind;
	/** Milliseconds of a clock that never goes back. */
	readonly at: number;
	/** The load that it was a part of. */
	readonly era: number;
}

/** How long the answers of a full window took, beside the best seen. */
type Pace =
	/** As long as ever. */
	| 'steady'
	/** Longer, and not by much. */
	| 'longer'
	/** Half of them take so much longer that there should not be more. */
	| 'risen'
	/** Most of them do. */
	| 'slow';

/**
 * How many requests a vendor that documents no limit can take at a time, by its answers. Additive increase and
 * multiplicative decrease, as in TCP (RFC 5681): one more after each window of good answers during which the limit was
 * reached; half of it when the vendor refuses, is in trouble, or takes longer. A longer time is the sign of a queue
 * before any refusal, as in TCP Vegas (Brakmo and Peterson, 1995). The limit remembers where it failed and goes up to
 * just below it; it goes beyond slowly first and then faster, and waits longer after each time that this failed, like
 * the plateau of TCP CUBIC (RFC 9438).
 *
 * At a limit of 1 we cause no load: trouble or slowness is then the vendor's own, and what was learned before is
 * forgotten. No I/O and no clock: times are milliseconds that the caller gives.
 */
export class AdaptiveLimit {
	private current: number;

	private open = 0;

	/** Answers to requests of an earlier era reflect a load that has changed since. */
	private era = 0;

	/** Good answers since the limit was last judged, and whether as many requests as allowed were open meanwhile. */
	private window = { good: 0, isReached: false };

	/** Whether the vendor has answered since it last let a request go without an answer. */
	private hasAnswered = false;

	/** How many answers since the last verdict about times: all that count, and those that took longer. */
	private timed = { all: 0, longer: 0, slow: 0 };

	/** The best median seen, and the times that the next one is made of. Lists take longer than questions. */
	private readonly kinds = new Map<RequestKind, { best?: number; times: number[] }>();

	/** The limit goes so far by itself. */
	private ceiling: number;

	/** The highest limit at which answers were as quick as ever. */
	private steadyAt = 0;

	/** Full windows at this limit, at the ceiling or beyond, and how many it takes to go on. */
	private atCeiling = { windows: 0, needed: PATIENCE };

	private patience = PATIENCE;

	/** @param lastAt when something was going on, in milliseconds of the same clock */
	constructor(
		private readonly range: AdaptiveRange,
		private lastAt: number,
	) {
		this.current = range.first;
		this.ceiling = range.most;
	}

	/** How many requests may be open now. */
	get limit(): number {
		return this.current;
	}

	/** Whether nothing has been going on for so long that what was learned may no longer hold. */
	isIdleSince(time: number): boolean {
		return this.open === 0 && this.lastAt < time;
	}

	/** A request leaves; it is to be followed by `end`. */
	start(kind: RequestKind, now: number): SentRequest {
		this.open += 1;
		this.lastAt = now;
		if (this.open >= this.current) this.window.isReached = true;
		return { kind, at: now, era: this.era };
	}

	/** A request is over. */
	end(sent: SentRequest, effect: Effect, now: number): void {
		this.open -= 1;
		this.lastAt = now;
		// One halving for each round trip: the others of it were sent before.
		if (sent.era !== this.era) return;
		// A vendor that is silent is no better for fewer requests, and whether it is takes all of them longer to find out.
		const isSilence = effect === 'late' && !this.hasAnswered;
		if (effect === 'unclear' || isSilence) this.window = { good: 0, isReached: false };
		else if (effect !== 'done' && effect !== 'refused') this.lower(effect);
		else {
			this.hasAnswered = true;
			this.window.good += 1;
			if (effect === 'done') this.time(sent.kind, now - sent.at);
			if (this.window.good >= Math.max(LEAST_WINDOW, this.current)) this.closeWindow();
		}
	}

	/** The answer to a request, which counted as good, says in the vendor's own words that there are too many. */
	onThrottled(sent: SentRequest): void {
		if (sent.era === this.era) this.lower('throttled');
	}

	/** An answer that counted as good was of no use: the same is to be sent again. */
	discount(): void {
		this.window.good = Math.max(0, this.window.good - 1);
	}

	private time(kind: RequestKind, tookMs: number): void {
		let known = this.kinds.get(kind);
		if (!known) this.kinds.set(kind, (known = { times: [] }));
		const { best } = known;
		this.timed.all += 1;
		if (isAbove(tookMs, best, STEADY_FACTOR)) this.timed.longer += 1;
		if (isAbove(tookMs, best, SLOW_FACTOR)) this.timed.slow += 1;
		known.times.push(tookMs);
		if (known.times.length < ANSWERS_FOR_BEST) return;
		known.best = Math.min(best ?? Infinity, medianOf(known.times));
		known.times = [];
	}

	private closeWindow(): void {
		const { isReached } = this.window;
		this.window = { good: 0, isReached: false };
		const pace = this.judgeTimes();
		if (pace === 'slow' && this.current > 1) {
			this.lower('slow');
			return;
		}
		if (pace === 'slow') {
			this.kinds.clear();
			this.forgetFailures();
		}
		if (!isReached || pace === 'risen') return;
		if (pace === 'steady') this.steadyAt = Math.max(this.steadyAt, this.current);
		this.raise();
	}

	/** Undefined until there are enough answers for a verdict. */
	private judgeTimes(): Pace | undefined {
		const { all, longer, slow } = this.timed;
		if (all < Math.max(ANSWERS_TO_JUDGE, this.current)) return undefined;
		this.timed = { all: 0, longer: 0, slow: 0 };
		if (slow >= all * SLOW_SHARE) return 'slow';
		if (slow >= all * HELD_SHARE) return 'risen';
		return longer > all * HELD_SHARE ? 'longer' : 'steady';
	}

	private raise(): void {
		if (this.current < this.ceiling) this.current += 1;
		else if (this.current < this.range.most) this.tryBeyond();
	}

	/** Beyond where it failed: after many windows the first time, then faster with each step that holds. */
	private tryBeyond(): void {
		this.atCeiling.windows += 1;
		const { windows, needed } = this.atCeiling;
		if (windows < needed) return;
		const next = Math.max(1, Math.floor(Math.min(needed, PATIENCE) / 2));
		this.atCeiling = { windows: 0, needed: next };
		// So many steps have held that this is another vendor than the one that failed.
		if (next === 1) this.patience = PATIENCE;
		this.begin(this.current + 1);
	}

	private lower(why: 'throttled' | 'trouble' | 'late' | 'slow'): void {
		const failedAt = this.current;
		const { first } = this.range;
		const least = why === 'late' ? Math.min(failedAt, first) : 1;
		if (why === 'late') this.hasAnswered = false;
		this.begin(Math.max(least, Math.floor(failedAt * THROTTLED_FACTOR)));
		if (failedAt === 1 && why === 'trouble') {
			this.forgetFailures();
			return;
		}
		if (failedAt > this.ceiling) this.patience = Math.min(MAX_PATIENCE, this.patience * 2);
		this.atCeiling = { windows: 0, needed: this.patience };
		this.steadyAt = Math.min(this.steadyAt, failedAt - 1);
		// Times rise before they are slow, so the queue began earlier than that. A server in trouble with as few requests as
		// are sent at first says nothing about how many it takes.
		const below = why === 'slow' ? this.steadyAt : failedAt - 1;
		this.ceiling = Math.max(this.current, below, why === 'trouble' || why === 'late' ? first : 1);
	}

	private forgetFailures(): void {
		this.ceiling = this.range.most;
		this.steadyAt = 0;
		this.patience = PATIENCE;
		this.atCeiling = { windows: 0, needed: PATIENCE };
	}

	/** Starts another limit. Answers to requests that were sent before no longer count. */
	private begin(limit: number): void {
		this.current = limit;
		this.era += 1;
		this.window = { good: 0, isReached: false };
		this.timed = { all: 0, longer: 0, slow: 0 };
		for (const known of this.kinds.values()) known.times = [];
	}
}

/** Whether an answer took longer than usual, and longer than n8n itself may need. */
function isAbove(tookMs: number, best: number | undefined, factor: number): boolean {
	return best !== undefined && tookMs >= Math.max(QUICK_ANSWER_MS, best * factor);
}

function medianOf(times: readonly number[]): number {
	const sorted = [...times].sort((a, b) => a - b);
	return sorted[Math.floor(sorted.length / 2)] ?? 0;
}
