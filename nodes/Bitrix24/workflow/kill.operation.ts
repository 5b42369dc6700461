import { updateDisplayOptions } from 'n8n-workflow';
import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import type { CommandDefinition } from '../../core/connection/connection';
import { declareCommand } from '../../core/n8n/execution/routing';
import { connectionFor } from '../connection';
import { confirmDeletion, requireConfirmation } from './confirmation';
import { workflowIds } from './fields';
import { killContract } from '../api/kill.contract';

/** The command, for one item and for the whole input alike. */
export const killCommand: CommandDefinition<unknown> = {
	contract: killContract,
	identifier: workflowIds,
	settings: requireConfirmation,
	connection: connectionFor,
};

/** The operation as the user picks it, with what n8n's routing engine does for it. */
export const killOperation: INodePropertyOptions = {
	name: 'Kill',
	value: 'kill',
	action: 'Kill workflow and delete its history',
	description: 'Delete running workflows together with their history and log, for good',
	routing: declareCommand(killCommand, { method: 'POST', url: '/bizproc.workflow.kill' }),
};

const fields: INodeProperties[] = [
	{
		displayName: confirmDeletion.displayName,
		name: confirmDeletion.name,
		type: 'boolean',
		required: true,
		default: false,
		description:
			'Whether to delete the workflows with their tasks, history and log. There is no way back. A dry run needs no confirmation.',
	},
];

/** The fields that only this operation has. */
export const killFields = updateDisplayOptions(
	{ show: { resource: ['workflow'], operation: ['kill'] } },
	fields,
);
