import type { INodeProperties } from 'n8n-workflow';

import { commandOptions } from '../../core/n8n/parameters/commandOptions';

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
