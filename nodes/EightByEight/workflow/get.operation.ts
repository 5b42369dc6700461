import { defineOperation } from '../../core/n8n/defineOperation';
import { lookupOperation } from '../../core/n8n/operations/lookupOperation';
import { readSwitch } from '../../core/n8n/parameters/queryFields';
import { DEFINITIONS } from '../api/definitions';
import { instanceLookup } from '../api/getInstance';
import { connection } from '../connection';
import {
	definitionLocator,
	includeErrors,
	includeLogs,
	readDefinitionId,
	refuseDefinitionId,
	workflowIds,
	workflowOutput,
} from './fields';

/** Get: 8x8 Automation, "Get instance" and "Get instance errors". */
export const get = defineOperation({
	name: 'Get',
	value: 'get',
	action: 'Get workflow',
	description: 'Read workflows and their status, optionally with the errors and the log of their steps',
	request: { method: 'GET', url: DEFINITIONS },
	operation: lookupOperation({
		lookup: instanceLookup,
		identifier: workflowIds,
		query: (read) => ({
			definitionId: readDefinitionId(read('definitionId')),
			includeErrors: readSwitch(read, includeErrors.name, includeErrors.displayName),
			includeLogs: readSwitch(read, includeLogs.name, includeLogs.displayName),
			...workflowOutput.read(read),
		}),
		refuse: refuseDefinitionId,
		connection: () => connection,
	}),
	fields: [
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
				'The ID of the workflow to read. It is the ID of the instance (one run), not of its definition. For several, separate their IDs with commas or new lines, or use an expression that returns an array.',
		},
		includeErrors,
		includeLogs,
		...workflowOutput.fields,
	],
});
