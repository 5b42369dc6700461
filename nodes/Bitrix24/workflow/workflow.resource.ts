import type { INodeProperties } from 'n8n-workflow';

import { terminateFields, terminateOperation } from './terminate.operation';

/** Everything that the node offers for workflows. */
export const workflowProperties: INodeProperties[] = [
	{
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: ['workflow'] } },
		options: [terminateOperation],
		default: 'terminate',
	},
	...terminateFields,
];
