import * as n8nWorkflow from 'n8n-workflow';
import type { INode, INodeExecutionData } from 'n8n-workflow';

/**
 * n8n gives nodes neither its version nor its features. This export came with the first version whose releases all take
 * items with `details` on the error output.
 */
const KNOWS_DETAILS = 'redactedHeaders' in n8nWorkflow;

/**
 * Gives a node's items the form by which this version of n8n recognises failures. Older versions accept nothing but `error`
 * and `message` in a failure: with `details` it would leave by the success output.
 */
export function errorOutputFormat(
	{ onError }: Pick<INode, 'onError'>,
	knowsDetails = KNOWS_DETAILS,
): (item: INodeExecutionData) => INodeExecutionData {
	if (knowsDetails || onError !== 'continueErrorOutput') return (item) => item;
	return (item) => {
		const { error, message } = item.json;
		return error === undefined ? item : { ...item, json: { error, message } };
	};
}

/**
 * Whether a model reads what the node says, and of an error its message alone. n8n gives the tool that it makes of a node
 * a type of its own.
 */
export function isAiTool({ type }: INode): boolean {
	return type.endsWith('Tool');
}
