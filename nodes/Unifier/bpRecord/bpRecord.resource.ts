import type { INodeProperties } from 'n8n-workflow';

import { findForWholeInput } from '../../core/n8n/execution/queryWholeInput';
import { wholeInput } from '../../core/n8n/execution/wholeInput';
import { placeFields } from './fields';
import { getFields, getFinder, getOperation } from './get.operation';
import { getAllFields, getAllFinder, getAllOperation } from './getAll.operation';
import { terminateCommand, terminateFields, terminateOperation } from './terminate.operation';

/** What n8n runs with the whole input at once, by operation. */
export const bpRecordOperations = {
	get: findForWholeInput(getFinder),
	getAll: findForWholeInput(getAllFinder),
	terminate: wholeInput(terminateCommand),
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
