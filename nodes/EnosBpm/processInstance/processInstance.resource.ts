import type { INodeProperties } from 'n8n-workflow';

import { wholeInput } from '../../termination/wholeInput';
import { terminateCommand, terminateFields, terminateOperation } from './terminate.operation';

/** The commands with the whole input at once, by operation. */
export const processInstanceCommands = { terminate: wholeInput(terminateCommand) };

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
