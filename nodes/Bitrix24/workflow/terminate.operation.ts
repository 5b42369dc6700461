import { defineOperation } from '../../core/n8n/defineOperation';
import { commandOperation } from '../../core/n8n/operations/commandOperation';
import { terminateContract } from '../api/commands';
import { connectionFor } from '../connection';
import { readStatusText, statusText, workflowIdField, workflowIds, workflowOptions } from './fields';

/** Ends running workflows and keeps their history. */
export const terminate = defineOperation({
	name: 'Terminate',
	value: 'terminate',
	action: 'Terminate workflow permanently',
	description: 'End running workflows for good; their history is kept, their open tasks are deleted',
	request: { method: 'POST', url: '/bizproc.workflow.terminate' },
	operation: commandOperation({
		contract: terminateContract,
		identifier: workflowIds,
		settings: (read) => ({ statusText: readStatusText(read(statusText.name)) }),
		connection: connectionFor,
	}),
	fields: [
		workflowIdField,
		{
			displayName: statusText.displayName,
			name: statusText.name,
			type: 'string',
			default: 'Terminated by n8n',
			placeholder: 'e.g. Terminated by n8n',
			description:
				'Shown in Bitrix24 as the status of the workflow. Empty: Bitrix24 writes its own text. Either way the open tasks of the workflow are deleted.',
		},
		workflowOptions,
	],
});
