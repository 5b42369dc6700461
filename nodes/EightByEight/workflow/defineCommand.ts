import type { INodeProperties } from 'n8n-workflow';

import type { Contract } from '../../core/commands/contract';
import { defineOperation } from '../../core/n8n/defineOperation';
import type { NodeOperation, OperationDefinition } from '../../core/n8n/defineOperation';
import { commandOperation } from '../../core/n8n/operations/commandOperation';
import { commandOptions } from '../../core/n8n/parameters/commandOptions';
import { NOUN } from '../api/instance';
import type { WorkflowSettings } from '../api/instance';
import { connection } from '../connection';
import { definitionLocator, readDefinitionId, refuseDefinitionId, workflowIds } from './fields';

/** The same for all commands, so that a change of the operation keeps what was entered. */
const idFields: INodeProperties[] = [
	definitionLocator,
	{
		displayName: workflowIds.displayName,
		name: workflowIds.name,
		type: 'string',
		typeOptions: { rows: 2 },
		required: true,
		default: '',
		placeholder: 'e.g. 60dbe307fe55d99fc083db61',
		description:
			'The ID of the workflow to act on. It is the ID of the instance (one run), not of its definition. For several, separate their IDs with commas or new lines, or use an expression that returns an array.',
	},
];

const options = commandOptions({ noun: NOUN });

/** A status command ("Update workflow instance status"): the three differ only in their contract and texts. */
export function defineCommand(
	contract: Contract<WorkflowSettings>,
	texts: Pick<OperationDefinition, 'name' | 'value' | 'action' | 'description'>,
	notices: INodeProperties[] = [],
): NodeOperation {
	return defineOperation({
		...texts,
		request: { method: 'PATCH', url: '/definitions' },
		operation: commandOperation({
			contract,
			identifier: workflowIds,
			settings: (read) => ({ definitionId: readDefinitionId(read('definitionId')) }),
			refuse: refuseDefinitionId,
			connection: () => connection,
		}),
		fields: [...idFields, ...notices, options],
	});
}
