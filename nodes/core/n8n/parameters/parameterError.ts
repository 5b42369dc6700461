import { CredentialError } from '../../connection/credentialError';

/** A parameter value that is refused before anything is sent. */
export class ParameterError extends Error {
	/** How to get unstuck. */
	readonly hint: string;

	constructor(message: string, hint: string) {
		super(message);
		this.name = 'ParameterError';
		this.hint = hint;
	}
}

/** The message about an item whose parameters or credential could not be read. */
export function describeError(error: unknown, item: number): { message: string; hint: string } {
	if (error instanceof ParameterError)
		return { message: `${error.message} [item ${item}]`, hint: error.hint };
	if (error instanceof CredentialError) {
		return { message: `${error.message} [item ${item}]`, hint: error.description };
	}
	return {
		message: `The parameters or the credential of this item could not be read [item ${item}]`,
		hint: error instanceof Error ? error.message : 'Check the expressions of this node and its credential.',
	};
}
