import type { Switches } from './switches.ts';

const RATES = { standard: { drain: 2, threshold: 50 }, enterprise: { drain: 5, threshold: 250 } } as const;

/** The request rate limit of page "Limits": one leaky bucket per source address. */
export class LeakyBucket {
	private readonly levels = new Map<string, { level: number; at: number }>();

	/** Counts a request in; false when the bucket is full, and then it is not counted. */
	admit(source: string, nowMs: number, rate: Switches['rateLimit']): boolean {
		if (rate === 'off') return true;
		const { drain, threshold } = RATES[rate];
		const before = this.levels.get(source) ?? { level: 0, at: nowMs };
		const level = Math.max(0, before.level - (Math.max(0, nowMs - before.at) / 1000) * drain);
		const admitted = level + 1 <= threshold;
		this.levels.set(source, { level: admitted ? level + 1 : level, at: nowMs });
		return admitted;
	}
}

const BASKET_SECONDS = 60;
const WINDOW_SECONDS = 600;
/** Calls as short as this are not recorded. */
const UNRECORDED_SECONDS = 0.1;

/** The operating-time budget of page "Limits": per webhook or app and method, in ten one-minute baskets. */
export class OperatingTime {
	private readonly baskets = new Map<string, Array<{ start: number; seconds: number }>>();

	used(key: string, nowMs: number): number {
		return this.current(key, nowMs).reduce((sum, { seconds }) => sum + seconds, 0);
	}

	record(key: string, nowMs: number, seconds: number): void {
		if (seconds <= UNRECORDED_SECONDS) return;
		const now = Math.floor(nowMs / 1000);
		const list = this.current(key, nowMs);
		const last = list.at(-1);
		if (last && now < last.start + BASKET_SECONDS) last.seconds += seconds;
		else list.push({ start: now, seconds });
		this.baskets.set(key, list);
	}

	/** When the oldest basket drops out. */
	resetAt(key: string, nowMs: number): number {
		return (this.current(key, nowMs)[0]?.start ?? Math.floor(nowMs / 1000)) + WINDOW_SECONDS;
	}

	private current(key: string, nowMs: number): Array<{ start: number; seconds: number }> {
		const oldest = Math.floor(nowMs / 1000) - WINDOW_SECONDS;
		return (this.baskets.get(key) ?? []).filter(({ start }) => start > oldest);
	}
}
