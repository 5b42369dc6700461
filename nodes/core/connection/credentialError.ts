import type { TransportFault } from '../http/transport';

/** A login or credential that is refused: nothing of the user's request was sent. */
export class CredentialError extends Error {
	/** How to get unstuck. n8n copies this field into the error it shows. */
	readonly description: string;

	/** The vendor's own words, as they came. */
	readonly vendorMessage: string | undefined;

	constructor(message: string, description: string, vendorMessage?: string) {
		super(message);
		this.name = 'CredentialError';
		this.description = description;
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

	constructor(message: string, description: string, { attempts, waitMs }: Repetition) {
		super(message, description);
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
		reason: error.message.replace(/^The /, 'the '),
		hint: error.description,
		...(error.vendorMessage !== undefined && { vendorMessage: error.vendorMessage }),
	};
}
