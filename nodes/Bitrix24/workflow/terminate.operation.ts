import { defineOperation } from '../../core/n8n/defineOperation';
import { commandOperation } from '../../core/n8n/operations/commandOperation';
import { noticeField } from '../../core/n8n/parameters/noticeField';
import { terminateContract } from '../api/commands';
import { connectionFor } from '../connection';
import {
	readStatusText,
	statusText,
	statusTextField,
	workflowIdField,
	workflowIds,
	workflowOptions,
} from './fields';

/** Ends running workflows and keeps their history. */
export const terminate = defineOperation({
	name: 'Terminate',
	value: 'terminate',
	action: 'Terminate workflow permanently',
	description: 'End running workflows permanently; their history is kept, but their open tasks are deleted',
	request: { method: 'POST', url: '/bizproc.workflow.terminate' },
	operation: commandOperation({
		contract: terminateContract,
		identifier: workflowIds,
		settings: (read) => ({ statusText: readStatusText(read(statusText.name)) }),
		connection: connectionFor,
	}),
	fields: [
		workflowIdField,
		statusTextField,
		noticeField('terminateNotice', 'A terminated workflow cannot be resumed.'),
		workflowOptions,
	],
});
