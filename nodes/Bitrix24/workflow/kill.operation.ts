import { defineOperation } from '../../core/n8n/defineOperation';
import { commandOperation } from '../../core/n8n/operations/commandOperation';
import { noticeField } from '../../core/n8n/parameters/noticeField';
import { killContract } from '../api/commands';
import { connectionFor } from '../connection';
import {
	confirmDeletion,
	requireConfirmation,
	workflowIdField,
	workflowIds,
	workflowOptions,
} from './fields';

/** Deletes running workflows with everything that belongs to them. */
export const kill = defineOperation({
	name: 'Kill',
	value: 'kill',
	action: 'Kill workflow and delete its history',
	description: 'Permanently delete running workflows together with their history and log',
	request: { method: 'POST', url: '/bizproc.workflow.kill' },
	operation: commandOperation({
		contract: killContract,
		identifier: workflowIds,
		settings: requireConfirmation,
		connection: connectionFor,
	}),
	fields: [
		workflowIdField,
		{
			displayName: confirmDeletion.displayName,
			name: confirmDeletion.name,
			type: 'boolean',
			required: true,
			default: false,
			description:
				'Whether to delete the workflows with their tasks, history and log. This cannot be undone. A dry run needs no confirmation.',
		},
		noticeField(
			'killNotice',
			'Kill deletes the workflow with its tasks, history and log. This cannot be undone.',
		),
		workflowOptions,
	],
});
