import { updateDisplayOptions } from 'n8n-workflow';
import type { INodeProperties } from 'n8n-workflow';

import { commandOperation } from '../../core/n8n/operations/commandOperation';
import { wholeInput } from '../../core/n8n/execution/wholeInput';
import { workflowIdField, workflowOptions } from './fields';
import { getAllFields, getAllFinder, getAllOperation } from './getAll.operation';
import { killCommand, killFields, killOperation } from './kill.operation';
import { terminateCommand, terminateFields, terminateOperation } from './terminate.operation';

/** What n8n runs with the whole input at once, by operation. */
export const workflowOperations = {
	getAll: wholeInput(getAllFinder),
	kill: wholeInput(commandOperation(killCommand)),
	terminate: wholeInput(commandOperation(terminateCommand)),
};

const ofCommands = { show: { resource: ['workflow'], operation: ['kill', 'terminate'] } };

/** Everything that the node offers for workflows. */
export const workflowProperties: INodeProperties[] = [
	{
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: ['workflow'] } },
		options: [getAllOperation, killOperation, terminateOperation],
		default: 'terminate',
	},
	...updateDisplayOptions(ofCommands, [workflowIdField]),
	...killFields,
	...terminateFields,
	...updateDisplayOptions(ofCommands, [workflowOptions]),
	...getAllFields,
];
