import { CONFIGURATION, CREDENTIAL, RATE_LIMITED, UNAVAILABLE } from '../../core/http/cause';
import { ONE_REPETITION } from '../../core/http/limits';
import { BAD_REQUEST, BASE_URL_HINT, OTHER_ADDRESS, READ_IT, RUN_AGAIN, UNCLEAR } from './errors';
import type { KnownError } from './errors';

const NO_SERVICE: KnownError = {
	outcome: 'failed',
	reason: `the ${OTHER_ADDRESS}`,
	hint: `${BASE_URL_HINT} Terminating needs Unifier 24.10 or later.`,
	cause: CONFIGURATION,
	stop: 'run',
};

/** HTTP statuses that decide without a body ("REST Web Services V1", status codes). */
export const BY_STATUS: Readonly<Record<number, KnownError>> = {
	401: {
		outcome: 'failed',
		reason: 'Unifier did not accept the token',
		hint: 'n8n logged in again, but the new token was not accepted either. Another client may be logging in with the same integration user: give n8n its own. If you pasted an access token, replace it with a new one.',
		cause: CREDENTIAL,
		stop: 'run',
	},
	403: {
		outcome: 'failed',
		reason: 'the integration user may not terminate records',
		hint: 'Give the integration user Update access for Business Process Services.',
		cause: CONFIGURATION,
		stop: 'run',
	},
	404: NO_SERVICE,
	405: NO_SERVICE,
	408: {
		outcome: 'unknown',
		reason: 'the request timed out (HTTP 408)',
		hint: RUN_AGAIN,
		cause: UNAVAILABLE,
	},
	413: {
		outcome: 'failed',
		reason: 'the request was too large for a proxy in between (HTTP 413)',
		hint: "Lower the option 'Records per Request', or ask the operator of the proxy to allow larger requests.",
	},
	429: {
		outcome: 'unknown',
		reason: 'Unifier is limiting the number of requests (HTTP 429)',
		hint: RUN_AGAIN,
		cause: RATE_LIMITED,
	},
};

/** An answer without the documented body, whose HTTP status is in no table. */
export function byRange(status: number): KnownError {
	if (status >= 500) {
		return {
			outcome: 'unknown',
			reason: `the Unifier server is having trouble (HTTP ${status})`,
			hint: RUN_AGAIN,
			cause: UNAVAILABLE,
		};
	}
	if (status >= 400) {
		return {
			outcome: 'failed',
			reason: `Unifier refused the request (HTTP ${status})`,
			hint: BAD_REQUEST.hint,
		};
	}
	return UNCLEAR.noEnvelope;
}

/**
 * HTTP statuses by which a proxy gives up on a request for its size: it is too big, or takes Unifier too long. With
 * fewer records it may work.
 */
export const TOO_BIG: readonly number[] = [413, 504];

/** An error without a body does not come from Unifier: a proxy may have sent it after Unifier had acted. */
export const SILENT = { outcome: 'unknown', attempts: ONE_REPETITION } as const satisfies Partial<KnownError>;

/** A web page, or an empty body, in place of an answer of Unifier. */
export const NOT_UNIFIER: KnownError = {
	outcome: 'unknown',
	reason: `the ${OTHER_ADDRESS}`,
	hint: `${BASE_URL_HINT} ${READ_IT}`,
	cause: CONFIGURATION,
	stop: 'run',
};
