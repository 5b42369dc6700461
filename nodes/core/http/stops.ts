import { CANCELLED_BY_USER, CONFIGURATION, RATE_LIMITED } from './cause';
import type { Cause } from './cause';
import { redirectHost } from './messages';
import type { ApiResponse } from './messages';

/** Why no further request makes sense. */
export interface Stop {
	/** `run`: every target would fail in the same way. `group`: only those with the same settings. */
	scope: 'run' | 'group';
	reason: string;
	hint?: string;
	/** The hint where the vendor has said when it will be free again. */
	hintUntil?(time: string): string;
	/** Left out where it is not known. */
	cause?: Cause;
}

/** The user or n8n ended the execution. */
export const CANCELLED = {
	scope: 'run',
	reason: 'the execution was cancelled',
	cause: CANCELLED_BY_USER,
} as const satisfies Stop;

/** The vendor asks for more time than anybody should wait. */
export function waitTooLong(askedMs: number): Stop & { cause: Cause } {
	const minutes = Math.ceil(askedMs / 60_000);
	return {
		scope: 'run',
		reason: `the system asked to wait for ${minutes} ${minutes === 1 ? 'minute' : 'minutes'}`,
		hint: 'Run the node again after that: whatever is already done is reported as done.',
		cause: { ...RATE_LIMITED, retryAfterMs: askedMs },
	};
}

/** The server sends the client elsewhere. No request goes there: it may not be the vendor. */
export function redirected(response: ApiResponse): Stop & { hint: string; cause: Cause } {
	return {
		scope: 'run',
		reason: `the server redirected the request to ${redirectHost(response)}, but redirects are not followed`,
		hint: 'If you trust the new address, enter it in the credential.',
		cause: CONFIGURATION,
	};
}
