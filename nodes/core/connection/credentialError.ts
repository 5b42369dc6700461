import type { TransportFault } from '../http/transport';

/** A login or credential that is refused: nothing of the user's request was sent. */
export class CredentialError extends Error {
	/** How to get unstuck. n8n copies this field into the error it shows. */
	readonly description: string;

	constructor(message: string, description: string) {
		super(message);
		this.name = 'CredentialError';
		this.description = description;
	}
}

/** A refused login or credential as a fault: nothing was sent, and nothing else would get through. */
export function toFault({ message, description }: CredentialError): TransportFault {
	return { maybeSent: false, stopsRun: true, reason: message.replace(/^The /, 'the '), hint: description };
}
