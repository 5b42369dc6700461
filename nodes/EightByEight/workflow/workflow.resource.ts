import type { INodeProperties } from 'n8n-workflow';

import { commandOperation } from '../../core/n8n/operations/commandOperation';
import { wholeInput } from '../../core/n8n/execution/wholeInput';
import { commandFields } from './commands.operation';
import { getFields, getFinder, getOperation } from './get.operation';
import { getAllFields, getAllFinder, getAllOperation } from './getAll.operation';
import { resumeCommand, resumeOperation } from './resume.operation';
import { suspendCommand, suspendOperation } from './suspend.operation';
import { terminateCommand, terminateOperation } from './terminate.operation';

/** What n8n runs with the whole input at once, by operation. */
export const workflowOperations = {
	get: wholeInput(getFinder),
	getAll: wholeInput(getAllFinder),
	resume: wholeInput(commandOperation(resumeCommand)),
	suspend: wholeInput(commandOperation(suspendCommand)),
	terminate: wholeInput(commandOperation(terminateCommand)),
};

/** Everything that the node offers for workflows. */
export const workflowProperties: INodeProperties[] = [
	{
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: ['workflow'] } },
		options: [getOperation, getAllOperation, resumeOperation, suspendOperation, terminateOperation],
		default: 'terminate',
	},
	...commandFields([resumeOperation, suspendOperation, terminateOperation]),
	...getFields,
	...getAllFields,
];
