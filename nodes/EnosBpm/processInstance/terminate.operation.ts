import { updateDisplayOptions } from 'n8n-workflow';
import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import type { CommandDefinition } from '../../core/n8n/operations/commandOperation';
import { commandOptions } from '../../core/n8n/parameters/commandOptions';
import { routing } from '../../core/n8n/execution/routing';
import { commandOperation } from '../../core/n8n/operations/commandOperation';
import { connection } from '../connection';
import { deleteReason, processInstanceIds, readDeleteReason } from './fields';
import { TERMINATE, terminateContract } from '../api/terminate';
import type { TerminateSettings } from '../api/terminate';

/** The command, for one item and for the whole input alike. */
export const terminateCommand: CommandDefinition<TerminateSettings> = {
	contract: terminateContract,
	identifier: processInstanceIds,
	settings: (read) => ({ deleteReason: readDeleteReason(read(deleteReason.name)) }),
	connection: () => connection,
};

/** The operation as the user picks it, with what n8n's routing engine does for it. */
export const terminateOperation: INodePropertyOptions = {
	name: 'Terminate',
	value: 'terminate',
	action: 'Terminate process instance permanently',
	description: 'End running process instances for good; EnOS keeps the reason with them',
	routing: routing(commandOperation(terminateCommand), { method: 'POST', url: TERMINATE }),
};

const fields: INodeProperties[] = [
	{
		displayName: processInstanceIds.displayName,
		name: processInstanceIds.name,
		type: 'string',
		required: true,
		default: '',
		placeholder: 'e.g. 54366b8f-ab3d-11ec-8df5-120e04f331d8',
		description:
			'The process instance to terminate. Several: separated by commas or new lines, or an array from an expression.',
	},
	{
		displayName: deleteReason.displayName,
		name: deleteReason.name,
		type: 'string',
		required: true,
		default: '=Terminated by n8n workflow "{{ $workflow.name }}", execution {{ $execution.id }}',
		description: 'Why the process instance ends; EnOS keeps it with the process instance',
	},
	commandOptions,
];

/** The fields of the operation. */
export const terminateFields = updateDisplayOptions(
	{ show: { resource: ['processInstance'], operation: ['terminate'] } },
	fields,
);
