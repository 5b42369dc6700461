import type { INodeProperties } from 'n8n-workflow';

import { commandOperation } from '../../core/n8n/operations/commandOperation';
import { wholeInput } from '../../core/n8n/execution/wholeInput';
import { getFields, getFinder, getOperation } from './get.operation';
import { getAllFields, getAllFinder, getAllOperation } from './getAll.operation';
import { terminateCommand, terminateFields, terminateOperation } from './terminate.operation';

/** What n8n runs with the whole input at once, by operation. */
export const processInstanceOperations = {
	get: wholeInput(getFinder),
	getAll: wholeInput(getAllFinder),
	terminate: wholeInput(commandOperation(terminateCommand)),
};

/** Everything that the node offers for process instances. */
export const processInstanceProperties: INodeProperties[] = [
	{
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: ['processInstance'] } },
		options: [getOperation, getAllOperation, terminateOperation],
		default: 'terminate',
	},
	...terminateFields,
	...getFields,
	...getAllFields,
];
