import type { INodeProperties } from 'n8n-workflow';

import { readOptionalText } from '../../core/n8n/parameters/parameters';
import { ParameterRefusal } from '../../core/n8n/parameters/parameterError';

/** The parameter that holds workflow IDs. Most look like 65e5a449e8f135.21284909; their form is not checked. */
export const workflowIds = { name: 'workflowId', displayName: 'Workflow ID' } as const;

/** The workflow IDs, as the user sees them in all commands. */
export const workflowIdField: INodeProperties = {
	displayName: workflowIds.displayName,
	name: workflowIds.name,
	type: 'string',
	required: true,
	default: '',
	placeholder: 'e.g. 65e5a449e8f135.21284909',
	description:
		'The running workflow to end. Several: separated by commas or new lines, or an array from an expression.',
};

/** The parameter that holds the text shown as the workflow's status. */
export const statusText = { name: 'statusText', displayName: 'Status Text' } as const;

/**
 * The status text, '' when it is left to Bitrix24.
 *
 * @throws ParameterRefusal when it is not text, or holds half a character: Bitrix24 then drops all parameters of the call
 */
export function readStatusText(value: unknown): string {
	const text = readOptionalText(value, statusText.displayName);
	if (/\p{Surrogate}/u.test(text)) {
		throw new ParameterRefusal(
			`The parameter '${statusText.displayName}' holds a broken character`,
			'An emoji may have been cut in half on its way. Check the expression that makes the text.',
		);
	}
	return text;
}
