/**
 * The cancel signal of each run, by the helpers that n8n lends it. n8n hands the same helpers to a credential that is to log
 * in, and nothing else that says for whom.
 */
const signals = new WeakMap<object, AbortSignal>();

/** Notes for whom a credential logs in when it is handed these helpers. */
export function noteRun(helpers: object, signal: AbortSignal | undefined): void {
	if (signal) signals.set(helpers, signal);
}

/** The cancel signal of the run that these helpers belong to; undefined where there is none, as in a credential test. */
export function signalOf(helpers: object): AbortSignal | undefined {
	return signals.get(helpers);
}
