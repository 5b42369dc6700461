/** Nobody waits for the result any more. */
export class AbandonedError extends Error {
	constructor() {
		super('The result is no longer needed');
		this.name = 'AbandonedError';
	}
}

/** The result, unless the signal aborts first: then it rejects with AbandonedError, and the work goes on without this caller. */
export async function unlessAborted<T>(work: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
	if (!signal) return await work;
	let stop: () => void = () => undefined;
	const aborted = new Promise<never>((_resolve, reject) => (stop = () => reject(new AbandonedError())));
	if (signal.aborted) stop();
	signal.addEventListener('abort', stop, { once: true });
	try {
		return await Promise.race([work, aborted]);
	} finally {
		signal.removeEventListener('abort', stop);
		// The loser of the race may still fail, which concerns nobody here.
		work.catch(() => undefined);
	}
}
