import { NodeConnectionTypes } from 'n8n-workflow';
import type { INodeType, INodeTypeDescription } from 'n8n-workflow';

import { processInstance } from './processInstance/processInstance.resource';

export class EnosBpm implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'EnOS BPM',
		name: 'enosBpm',
		icon: { light: 'file:enosBpm.svg', dark: 'file:enosBpm.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle: '={{ $parameter["operation"] + ": " + $parameter["resource"] }}',
		description: 'Find and end running process instances in EnOS BPM',
		defaults: { name: 'EnOS BPM' },
		usableAsTool: {
			replacements: {
				description:
					'Finds process instances in EnOS BPM, reads their state, and ends running ones. Ending cannot be undone. Call Get or Get Many first, and pass IDs exactly as they were returned.',
			},
		},
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'enosBpmApi', required: true }],
		requestDefaults: {
			baseURL: '={{ $credentials.baseUrl.trim().replace(/\\/+$/, "") }}',
			disableFollowRedirect: true,
		},
		properties: [
			{
				displayName: 'Resource',
				name: 'resource',
				type: 'options',
				noDataExpression: true,
				options: [
					{
						name: 'Process Instance',
						value: 'processInstance',
						description: 'A running instance of a process',
					},
				],
				default: 'processInstance',
			},
			...processInstance.properties,
		],
	};

	customOperations = { processInstance: processInstance.customOperations };
}
