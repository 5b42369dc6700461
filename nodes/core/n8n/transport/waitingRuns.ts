import type { WaitingRun } from '../../connection/connection';

/**
 * The runs that may wait for a login, by the helpers that n8n lends them. n8n hands the same helpers to a credential that is to
 * log in, and nothing else that says for whom.
 */
const runs = new WeakMap<object, WaitingRun>();

/** Notes that a run begins for which a credential may have to log in. */
export function noteRun(helpers: object, signal: AbortSignal | undefined): void {
	runs.set(helpers, { signal, since: performance.now() });
}

/** The run that these helpers belong to; undefined where there is none, as in a credential test. */
export function waitingRunOf(helpers: object): WaitingRun | undefined {
	return runs.get(helpers);
}
