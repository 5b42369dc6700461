import type { INodeProperties } from 'n8n-workflow';

import { commandOptions } from '../../termination/options';

const PACE =
	'How many requests to send per second at most. Without it the node keeps the pace that Bitrix24 documents: 2, after a burst. Above 2 means that the portal is on Enterprise: up to 5, after a larger burst.';

/** The options that all commands share, with what is different about the pace of Bitrix24. */
export const workflowOptions: INodeProperties = {
	...commandOptions,
	options: (commandOptions.options as INodeProperties[]).map((option) =>
		option.name === 'requestsPerSecond' ? { ...option, description: PACE } : option,
	),
};
