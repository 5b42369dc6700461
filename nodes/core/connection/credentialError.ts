import { CONFIGURATION, CREDENTIAL, UNAVAILABLE } from '../http/cause';
import type { Cause } from '../http/cause';
import type { TransportFault } from '../http/transport';

/**
 * A login or credential that is refused: nothing of the user's request was sent. Its message says what is wrong and what to
 * do about it, because the dialog of a credential shows nothing else.
 */
export class CredentialError extends Error {
	/** What is wrong: a sentence without a final period. */
	readonly reason: string;

	/** How to get unstuck: whole sentences. */
	readonly hint: string;

	/** The vendor's own words, as they came. */
	readonly vendorMessage: string | undefined;

	constructor(reason: string, hint: string, vendorMessage?: string) {
		super(`${reason}. ${hint}`);
		this.name = 'CredentialError';
		this.reason = reason;
		this.hint = hint;
		this.vendorMessage = vendorMessage;
	}
}

/** How a login that came to nothing is repeated. */
export interface Repetition {
	/** How many times the call may be made in all. */
	attempts: number;
	/** Milliseconds that the server asks to wait. */
	waitMs?: number | undefined;
}

/**
 * A login that came to nothing though nobody has refused the account: the server could not be reached, was busy or broken,
 * or its answer could not be read. Unlike a refusal it may be tried again at any time.
 */
export class LoginTrouble extends CredentialError {
	readonly attempts: number;

	readonly waitMs: number | undefined;

	constructor(reason: string, hint: string, { attempts, waitMs }: Repetition) {
		super(reason, hint);
		this.name = 'LoginTrouble';
		this.attempts = attempts;
		this.waitMs = waitMs;
	}
}

/** A login or credential that is no good, as a fault: nothing was sent, and nothing else would get through. */
export function toFault(error: CredentialError): TransportFault {
	return {
		maybeSent: false,
		stopsRun: true,
		...(error instanceof LoginTrouble && error.attempts > 1 && { passing: true }),
		reason: error.reason.replace(/^The /, 'the '),
		hint: error.hint,
		cause: causeOf(error),
		...(error.vendorMessage !== undefined && { vendorMessage: error.vendorMessage }),
	};
}

function causeOf(error: CredentialError): Cause {
	if (!(error instanceof LoginTrouble)) return CREDENTIAL;
	return error.attempts > 1 ? UNAVAILABLE : CONFIGURATION;
}
