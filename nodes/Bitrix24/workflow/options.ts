import type { INodeProperties } from 'n8n-workflow';

import { commandOptions } from '../../termination/options';

const PACE =
	'How many requests to send per second at most. Without it the node keeps the pace that Bitrix24 documents, which is 2. Enterprise portals: up to 5.';

/** The options that all commands share, with what is different about the pace of Bitrix24. */
export const workflowOptions: INodeProperties = {
	...commandOptions,
	options: (commandOptions.options as INodeProperties[]).map((option) =>
		option.name === 'requestsPerSecond' ? { ...option, description: PACE } : option,
	),
};
