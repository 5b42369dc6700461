import type { INodeProperties } from 'n8n-workflow';

import { terminateFields, terminateOperation } from './terminate.operation';

/** Everything that the node offers for BP records. */
export const bpRecordProperties: INodeProperties[] = [
	{
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: ['bpRecord'] } },
		options: [terminateOperation],
		default: 'terminate',
	},
	...terminateFields,
];
