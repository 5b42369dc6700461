import { updateDisplayOptions } from 'n8n-workflow';
import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import type { CommandDefinition } from '../../core/n8n/operations/commandOperation';
import { routing } from '../../core/n8n/execution/routing';
import { commandOperation } from '../../core/n8n/operations/commandOperation';
import { connectionFor } from '../connection';
import { readStatusText, statusText, workflowIds } from './fields';
import { terminateContract } from '../api/commands';
import type { TerminateSettings } from '../api/commands';

/** The command, for one item and for the whole input alike. */
export const terminateCommand: CommandDefinition<TerminateSettings> = {
	contract: terminateContract,
	identifier: workflowIds,
	settings: (read) => ({ statusText: readStatusText(read(statusText.name)) }),
	connection: connectionFor,
};

/** The operation as the user picks it, with what n8n's routing engine does for it. */
export const terminateOperation: INodePropertyOptions = {
	name: 'Terminate',
	value: 'terminate',
	action: 'Terminate workflow permanently',
	description: 'End running workflows for good; their history is kept, their open tasks are deleted',
	routing: routing(commandOperation(terminateCommand), {
		method: 'POST',
		url: '/bizproc.workflow.terminate',
	}),
};

const fields: INodeProperties[] = [
	{
		displayName: statusText.displayName,
		name: statusText.name,
		type: 'string',
		default: 'Terminated by n8n',
		placeholder: 'e.g. Terminated by n8n',
		description:
			'Shown in Bitrix24 as the status of the workflow. Empty: Bitrix24 writes its own text. Either way the open tasks of the workflow are deleted.',
	},
];

/** The fields that only this operation has. */
export const terminateFields = updateDisplayOptions(
	{ show: { resource: ['workflow'], operation: ['terminate'] } },
	fields,
);
