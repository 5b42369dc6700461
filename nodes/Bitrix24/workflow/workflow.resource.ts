import type { INodeProperties } from 'n8n-workflow';

import { wholeInput } from '../../termination/wholeInput';
import { terminateCommand, terminateFields, terminateOperation } from './terminate.operation';

/** The commands with the whole input at once, by operation. */
export const workflowCommands = { terminate: wholeInput(terminateCommand) };

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
