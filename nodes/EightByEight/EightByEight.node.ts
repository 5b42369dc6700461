import { NodeConnectionTypes } from 'n8n-workflow';
import type { INodeType, INodeTypeDescription } from 'n8n-workflow';

import { definition } from './definition/definition.resource';
import { searchDefinitions } from './workflow/pickLists';
import { workflow } from './workflow/workflow.resource';

export class EightByEight implements INodeType {
	description: INodeTypeDescription = {
		displayName: '8x8',
		name: 'eightByEight',
		icon: { light: 'file:eightByEight.svg', dark: 'file:eightByEight.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle: '={{ $parameter["operation"] + ": " + $parameter["resource"] }}',
		description: 'Find and end running workflows in 8x8 Automation, or suspend and resume them',
		defaults: { name: '8x8' },
		usableAsTool: {
			replacements: {
				description:
					'Finds workflows in 8x8 Automation, reads their status, suspends and resumes them, and ends them. Ending cannot be undone; suspending can. Call Get or Get Many first, and pass IDs exactly as they were returned.',
			},
		},
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'eightByEightAutomationApi', required: true }],
		requestDefaults: {
			baseURL: '={{ ($credentials.baseUrl || "https://automation.8x8.com").trim().replace(/\\/+$/, "") }}',
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
						name: 'Workflow',
						value: 'workflow',
						description: 'One run of a workflow definition',
					},
					{
						name: 'Definition',
						value: 'definition',
						description: 'The blueprint that workflows are started from; it can have several versions',
					},
				],
				default: 'workflow',
			},
			...workflow.properties,
			...definition.properties,
		],
	};

	methods = { listSearch: { searchDefinitions } };

	customOperations = { workflow: workflow.customOperations, definition: definition.customOperations };
}
