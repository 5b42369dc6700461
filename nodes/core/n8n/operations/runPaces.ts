import { MAX_REMEMBERED_RUNS } from '../../http/limits';
import { RunPace } from '../../http/runPace';
import type { RateLimit } from '../../http/tokenBucket';
import { clock } from '../../util/clock';

const paces = new Map<string, RunPace>();

/**
 * The pace that a user has set for one run of a node, shared by its items: n8n may run them one by one, beside each other.
 * Without a key it is one of its own.
 */
export function runPace(runKey: string | undefined, rates: readonly RateLimit[]): RunPace {
	if (runKey === undefined || rates.length === 0) return new RunPace(rates, clock);
	const key = JSON.stringify([runKey, rates]);
	let pace = paces.get(key);
	if (!pace) {
		const oldest = paces.keys().next();
		if (paces.size >= MAX_REMEMBERED_RUNS && !oldest.done) paces.delete(oldest.value);
		pace = new RunPace(rates, clock);
		paces.set(key, pace);
	}
	return pace;
}
