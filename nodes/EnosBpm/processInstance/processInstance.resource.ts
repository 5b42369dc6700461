import type { INodeProperties } from 'n8n-workflow';

import { terminateFields, terminateOperation } from './terminate.operation';

/** Everything that the node offers for process instances. */
export const processInstanceProperties: INodeProperties[] = [
	{
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: ['processInstance'] } },
		options: [terminateOperation],
		default: 'terminate',
	},
	...terminateFields,
];
