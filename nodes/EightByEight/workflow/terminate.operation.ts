import { updateDisplayOptions } from 'n8n-workflow';
import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import type { CommandDefinition } from '../../termination/command';
import { commandOptions } from '../../termination/options';
import { declareCommand } from '../../termination/routing';
import { connection } from '../connection';
import { definitionLocator, readDefinitionId, workflowIds } from './fields';
import type { WorkflowSettings } from './instance';
import { terminateContract } from './instanceCommand.contract';

/** The command, for one item and for the whole input alike. */
export const terminateCommand: CommandDefinition<WorkflowSettings> = {
	contract: terminateContract,
	identifier: workflowIds,
	settings: (read) => ({ definitionId: readDefinitionId(read('definitionId')) }),
	connection: () => connection,
};

/** The operation as the user picks it, with what n8n's routing engine does for it. */
export const terminateOperation: INodePropertyOptions = {
	name: 'Terminate',
	value: 'terminate',
	action: 'Terminate workflow',
	description: 'End running or suspended workflows for good; a terminated workflow cannot be resumed',
	routing: declareCommand(terminateCommand, { method: 'PATCH', url: '/definitions' }),
};

const fields: INodeProperties[] = [
	definitionLocator,
	{
		displayName: workflowIds.displayName,
		name: workflowIds.name,
		type: 'string',
		required: true,
		default: '',
		placeholder: 'e.g. 60dbe307fe55d99fc083db61',
		description:
			'The workflow to terminate. Several: separated by commas or new lines, or an array from an expression.',
	},
	commandOptions,
];

/** The fields of the operation. */
export const terminateFields = updateDisplayOptions(
	{ show: { resource: ['workflow'], operation: ['terminate'] } },
	fields,
);
