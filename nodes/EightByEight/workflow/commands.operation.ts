import { updateDisplayOptions } from 'n8n-workflow';
import type { INodeProperties, INodePropertyOptions, INodePropertyRouting } from 'n8n-workflow';

import type { CommandDefinition } from '../../core/n8n/operations/commandOperation';
import type { Contract } from '../../core/commands/contract';
import { commandOptions } from '../../core/n8n/parameters/commandOptions';
import { routing } from '../../core/n8n/execution/routing';
import { commandOperation } from '../../core/n8n/operations/commandOperation';
import { connection } from '../connection';
import { definitionLocator, readDefinitionId, workflowIds } from './fields';
import type { WorkflowSettings } from '../api/instance';

/** A command for one item and for the whole input alike. */
export function workflowCommand(contract: Contract<WorkflowSettings>): CommandDefinition<WorkflowSettings> {
	return {
		contract,
		identifier: workflowIds,
		settings: (read) => ({ definitionId: readDefinitionId(read('definitionId')) }),
		connection: () => connection,
	};
}

/** What n8n's routing engine does for a command ("Update workflow instance status"). */
export function declareWorkflowCommand(command: CommandDefinition<WorkflowSettings>): INodePropertyRouting {
	return routing(commandOperation(command), { method: 'PATCH', url: '/definitions' });
}

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
			'The workflow that the command goes to. Several: separated by commas or new lines, or an array from an expression.',
	},
	commandOptions,
];

/** The fields of the commands: the same for all of them, so that a change of the operation keeps what was entered. */
export function commandFields(operations: readonly INodePropertyOptions[]): INodeProperties[] {
	const operation = operations.map(({ value }) => value);
	return updateDisplayOptions({ show: { resource: ['workflow'], operation } }, fields);
}
