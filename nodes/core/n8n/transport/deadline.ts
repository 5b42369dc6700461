import { CANCEL_GRACE_MS } from '../../http/limits';
import { clock } from '../../util/clock';

/** A call that has not ended in its time. */
export class DeadlineError extends Error {
	constructor() {
		super('No response arrived in time');
		this.name = 'DeadlineError';
	}
}

/** A call whose execution was cancelled while it went on, and that has not said how far it came. */
export class CancelledError extends Error {
	constructor() {
		super('The execution was cancelled');
		this.name = 'CancelledError';
	}
}

/** Why a signal aborts when its call is over. Without a reason a new one with a stack would be made for each call. */
const OVER = new Error('The call is over');

/**
 * Makes a call that ends in time, counted from its start, however slowly its response drips in. The signal that it is handed
 * aborts then, and when the execution is cancelled. A cancelled call has a moment to say what it gave up. What does not heed
 * the signal, such as a login of n8n's that many wait for, is left to itself.
 *
 * @throws DeadlineError, CancelledError; and what the call throws
 */
export async function withDeadline<T>(
	ms: number,
	cancel: AbortSignal | undefined,
	call: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
	if (cancel?.aborted) throw new CancelledError();
	const controller = new AbortController();
	// Its timer does not keep the process alive.
	const timer = AbortSignal.timeout(ms);
	const stopped = new Promise<never>((_resolve, reject) => {
		const once = { once: true, signal: controller.signal };
		const end = (reason: Error): void => {
			// First, so that it is known who has ended the call.
			reject(reason);
			controller.abort();
		};
		const leave = (): void => {
			controller.abort();
			void clock.sleep(CANCEL_GRACE_MS).then(() => reject(new CancelledError()));
		};
		timer.addEventListener('abort', () => end(new DeadlineError()), once);
		cancel?.addEventListener('abort', leave, once);
	});
	try {
		const running = call(controller.signal);
		// Nobody waits for what comes after the end.
		running.catch(() => undefined);
		return await Promise.race([running, stopped]);
	} finally {
		// Takes the listeners away, too.
		controller.abort(OVER);
	}
}
