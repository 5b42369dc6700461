import type { CredentialError } from '../../../nodes/core/connection/credentialError';
import type { ParameterError } from '../../../nodes/core/n8n/parameters/parameterError';

/** What a user is told by a refusal. */
export interface Told {
	name: string;
	message: string;
	hint: string;
}

/** The refusal that a function throws, as the user is told it. Throws when it throws none. */
export function refusalOf(read: () => unknown): Told {
	let value: unknown;
	try {
		value = read();
	} catch (error) {
		const { name, message, ...rest } = error as ParameterError | CredentialError;
		return { name, message: 'reason' in rest ? rest.reason : message, hint: rest.hint };
	}
	throw new Error(`Nothing was refused: ${JSON.stringify(value)}`);
}

/** A whole sentence for people, or several. */
export const SENTENCES = /^[A-Z].*[a-z)]\.$/;
