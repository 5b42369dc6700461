import type { INodeProperties } from 'n8n-workflow';

import { wholeInput } from '../../termination/wholeInput';
import { terminateCommand, terminateFields, terminateOperation } from './terminate.operation';

/** The commands with the whole input at once, by operation. */
export const bpRecordCommands = { terminate: wholeInput(terminateCommand) };

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
