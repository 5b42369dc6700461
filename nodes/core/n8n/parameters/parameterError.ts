import { CredentialError } from '../../connection/credentialError';
import { CONFIGURATION, CREDENTIAL } from '../../http/cause';
import type { Cause } from '../../http/cause';
import { asObject, asText } from '../../util/json';

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
export function describeError(
	error: unknown,
	item: number,
): { message: string; hint: string; cause?: Cause } {
	if (error instanceof ParameterError)
		return { message: `${error.message} [item ${item}]`, hint: error.hint, cause: CONFIGURATION };
	if (error instanceof CredentialError) {
		return { message: `${error.reason} [item ${item}]`, hint: error.hint, cause: CREDENTIAL };
	}
	const broken = expressionIn(error);
	if (broken) {
		const { parameter, hint } = broken;
		return {
			message: `The expression in '${parameter}' could not be resolved [item ${item}]`,
			hint,
			cause: CONFIGURATION,
		};
	}
	return {
		message: `The parameters or the credential of this item could not be read [item ${item}]`,
		hint: error instanceof Error ? error.message : 'Check the expressions in this node and its credential.',
	};
}

/** The parameter whose expression n8n could not resolve, as its error says; and the node that the expression refers to. */
function expressionIn(error: unknown): { parameter: string; hint: string } | undefined {
	const context = asObject(asObject(error)?.['context']);
	const parameter = asText(context?.['parameter']);
	if (parameter === undefined || !(error instanceof Error)) return undefined;
	const node = asText(context?.['nodeCause']);
	const isNamed = node === undefined || error.message.includes(node);
	return { parameter, hint: isNamed ? error.message : `${error.message} (node '${node}')` };
}
