import type { INodeProperties } from 'n8n-workflow';

import { commandOperation } from '../../core/n8n/operations/commandOperation';
import { wholeInput } from '../../core/n8n/execution/wholeInput';
import { placeFields } from './fields';
import { getFields, getFinder, getOperation } from './get.operation';
import { getAllFields, getAllFinder, getAllOperation } from './getAll.operation';
import { terminateCommand, terminateFields, terminateOperation } from './terminate.operation';

/** What n8n runs with the whole input at once, by operation. */
export const bpRecordOperations = {
	get: wholeInput(getFinder),
	getAll: wholeInput(getAllFinder),
	terminate: wholeInput(commandOperation(terminateCommand)),
};

/** Everything that the node offers for BP records. */
export const bpRecordProperties: INodeProperties[] = [
	{
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: ['bpRecord'] } },
		options: [getOperation, getAllOperation, terminateOperation],
		default: 'terminate',
	},
	...placeFields,
	...terminateFields,
	...getFields,
	...getAllFields,
];
