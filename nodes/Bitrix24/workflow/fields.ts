import type { INodeProperties } from 'n8n-workflow';

import { readOptionalText } from '../../core/n8n/parameters/reader';
import { ParameterError } from '../../core/n8n/parameters/parameterError';
import { commandOptions } from '../../core/n8n/parameters/commandOptions';

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
		throw new ParameterError(
			`The parameter '${statusText.displayName}' holds a broken character`,
			'An emoji may have been cut in half on its way. Check the expression that makes the text.',
		);
	}
	return text;
}

/** What is different here from the options that all commands share, by their names. */
const DESCRIPTIONS: Readonly<Record<string, string>> = {
	requestsPerSecond:
		'How many requests to send per second at most. Without it the node keeps the pace that Bitrix24 documents: 2, after a burst. Above 2 means that the portal is on Enterprise: up to 5, after a larger burst.',
	// Of workflows that have ended, Bitrix24 shows neither the state nor the history.
	verify: 'Whether to ask Bitrix24 afterwards if each workflow has really left the list of running ones',
};

/** The options that all commands share, described as they work with Bitrix24. */
export const workflowOptions: INodeProperties = {
	...commandOptions,
	options: (commandOptions.options as INodeProperties[]).map((option) => {
		const description = DESCRIPTIONS[option.name];
		return description === undefined ? option : { ...option, description };
	}),
};
