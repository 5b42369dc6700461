import { updateDisplayOptions } from 'n8n-workflow';
import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import type { CommandDefinition } from '../../core/n8n/operations/commandOperation';
import { routing } from '../../core/n8n/execution/routing';
import { commandOperation } from '../../core/n8n/operations/commandOperation';
import { connectionFor } from '../connection';
import { workflowIds } from './fields';
import { killContract } from '../api/commands';
import type { ParameterReader } from '../../core/n8n/parameters/reader';
import type { CommandOptions } from '../../core/n8n/parameters/commandOptions';
import { ParameterError } from '../../core/n8n/parameters/parameterError';

/** The parameter without which nothing is deleted. */
export const confirmDeletion = { name: 'confirmDeletion', displayName: 'Confirm Deletion' } as const;

/**
 * Lets an item pass whose deletion is confirmed, or that is only a dry run: that changes nothing, so it may be tried first.
 *
 * @throws ParameterRefusal when the confirmation is anything but `true`
 */
export function requireConfirmation(read: ParameterReader, { dryRun }: Pick<CommandOptions, 'dryRun'>): void {
	const confirmed = read(confirmDeletion.name);
	if (confirmed === true || dryRun) return;
	const state = confirmed === false ? 'off' : 'neither on nor off';
	const unstuck =
		confirmed === false
			? 'Turn it on if they are to be deleted for good.'
			: 'If it comes from an expression, let that give true or false.';
	throw new ParameterError(
		`The parameter '${confirmDeletion.displayName}' is ${state}, and Kill deletes workflows together with their history`,
		`${unstuck} Terminate ends workflows and keeps their history; the option 'Dry Run' shows what would be deleted, without a confirmation.`,
	);
}

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
	routing: routing(commandOperation(killCommand), { method: 'POST', url: '/bizproc.workflow.kill' }),
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
