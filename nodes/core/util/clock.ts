import { sleep } from 'n8n-workflow';

import { MAX_NAP_MS } from '../http/limits';

/** Time, waiting and chance, so that tests can have their own. */
export interface Clock {
	/** Milliseconds of a clock that never goes back, for durations. They mean nothing outside this process. */
	now(): number;
	/** Epoch milliseconds, for dates. May jump. */
	wallTime(): number;
	/** Resolves after `ms`, or soon after the signal aborts. Never rejects: the caller checks the signal then. */
	sleep(ms: number, signal?: AbortSignal): Promise<void>;
	/** At least 0, below 1. */
	random(): number;
}

/** The machine's clock. */
export const clock: Clock = {
	now: () => performance.now(),
	wallTime: () => Date.now(),
	sleep: async (ms, signal) => {
		const end = performance.now() + ms;
		for (let rest = ms; rest > 0 && !signal?.aborted; rest = end - performance.now()) {
			await sleep(Math.min(rest, MAX_NAP_MS));
		}
	},
	random: () => Math.random(),
};

/** Lets other work on the event loop have its turn. */
export async function yieldToOthers(): Promise<void> {
	await sleep(0);
}
