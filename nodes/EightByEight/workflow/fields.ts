import type { INodeProperties } from 'n8n-workflow';

import { readIdentifier } from '../../core/n8n/parameters/identifiers';
import { outputFields } from '../../core/n8n/parameters/outputFields';
import { ParameterError } from '../../core/n8n/parameters/parameterError';

const DEFINITION_ID = 'Definition';
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/**
 * The parameter that holds workflow (instance) IDs. 8x8's documentation calls them UUIDs, its samples show 24
 * hexadecimal digits, so their form is not checked.
 */
export const workflowIds = { name: 'workflowId', displayName: 'Workflow ID' } as const;

/** The workflow definition that the instances belong to. */
export const definitionLocator: INodeProperties = {
	displayName: DEFINITION_ID,
	name: 'definitionId',
	type: 'resourceLocator',
	required: true,
	default: { mode: 'list', value: '' },
	description: 'The workflow definition that the workflows belong to',
	modes: [
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			typeOptions: { searchListMethod: 'searchDefinitions', searchable: true },
		},
		{
			displayName: 'By ID',
			name: 'id',
			type: 'string',
			placeholder: 'e.g. 5870442f-3ddd-4657-b74c-6e17308f5230',
			// 8x8 lists "active" definitions ("List definitions"), and does not say whether disabled ones are among them.
			hint: 'A disabled definition may be missing from the list although its workflows are still running; its ID works here',
		},
	],
};

/** The form in which workflows come; the descriptions say what the raw data holds ("Get instance", field `data`). */
export const workflowOutput = outputFields({
	idField: workflowIds.name,
	simplified: ['definitionId', 'version', 'status', 'startedAt', 'completedAt'],
	rawHolds: 'phone numbers, names and messages',
});

/** Whether a Get reads the log of the steps too ("Get instance", parameter `includeLogs`). */
export const includeLogs: INodeProperties = {
	displayName: 'Include Logs',
	name: 'includeLogs',
	type: 'boolean',
	default: false,
	description: 'Whether to also return the log of the steps',
};

/** Whether a Get reads the errors of the steps too ("Get instance errors"). */
export const includeErrors: INodeProperties = {
	displayName: 'Include Errors',
	name: 'includeErrors',
	type: 'boolean',
	default: false,
	description:
		'Whether to also return the errors of the steps, which may show why 8x8 ended a workflow. This takes a second request for each workflow.',
};

/**
 * The definition's ID.
 *
 * @throws ParameterError when it is empty or not a UUID; 8x8 answers 400 to anything else ("Invalid definition
 * id.")
 */
export function readDefinitionId(value: unknown): string {
	const id = readIdentifier(value, { displayName: DEFINITION_ID });
	if (!UUID.test(id)) {
		throw new ParameterError(
			`The parameter '${DEFINITION_ID}' does not contain the ID of a workflow definition`,
			'It is a UUID, such as 5870442f-3ddd-4657-b74c-6e17308f5230. Copy it from 8x8.',
		);
	}
	return id;
}

/**
 * Accepts a workflow ID that is not that of its definition.
 *
 * @throws ParameterError when it is: 8x8 would not find it, and the workflow that was meant would go on
 */
export function refuseDefinitionId(id: string, { definitionId }: { definitionId: string }): void {
	if (id.toLowerCase() !== definitionId.toLowerCase()) return;
	throw new ParameterError(
		`The parameter '${workflowIds.displayName}' contains the ID of the definition`,
		'A workflow has its own ID, such as 60dbe307fe55d99fc083db61. Get Many lists the workflows of a definition.',
	);
}
