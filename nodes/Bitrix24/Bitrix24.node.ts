import { NodeConnectionTypes } from 'n8n-workflow';
import type { INodeType, INodeTypeDescription } from 'n8n-workflow';

import { REST_ADDRESS } from './portal';
import { workflowPickLists } from './workflow/pickLists';
import { workflow } from './workflow/workflow.resource';

export class Bitrix24 implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Bitrix24',
		name: 'bitrix24',
		icon: { light: 'file:bitrix24.svg', dark: 'file:bitrix24.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle: '={{ $parameter["operation"] + ": " + $parameter["resource"] }}',
		description: 'Find and end running workflows (business processes) in Bitrix24',
		defaults: { name: 'Bitrix24' },
		usableAsTool: {
			replacements: {
				description:
					'Finds running workflows (business processes) in Bitrix24, reads them, and ends them: Terminate keeps their history, Kill deletes it. Neither can be undone. Call Get or Get Many first, and pass IDs exactly as they were returned.',
			},
		},
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [
			{
				name: 'bitrix24BizprocWebhookApi',
				required: true,
				displayOptions: { show: { authentication: ['webhook'] } },
			},
			{
				name: 'bitrix24BizprocOAuth2Api',
				required: true,
				displayOptions: { show: { authentication: ['oAuth2'] } },
			},
		],
		requestDefaults: {
			baseURL: REST_ADDRESS,
			disableFollowRedirect: true,
		},
		properties: [
			{
				displayName: 'Authentication',
				name: 'authentication',
				type: 'options',
				noDataExpression: true,
				options: [
					{
						name: 'Inbound Webhook',
						value: 'webhook',
						description: 'The URL of a webhook that an administrator created in Bitrix24',
					},
					{
						name: 'OAuth2',
						value: 'oAuth2',
						description: 'A local or Market application, connected by an administrator',
					},
				],
				default: 'webhook',
			},
			{
				displayName: 'Resource',
				name: 'resource',
				type: 'options',
				noDataExpression: true,
				options: [
					{
						name: 'Workflow',
						value: 'workflow',
						description: 'A running business process in Bitrix24',
					},
				],
				default: 'workflow',
			},
			...workflow.properties,
		],
	};

	methods = { listSearch: workflowPickLists };

	customOperations = { workflow: workflow.customOperations };
}
