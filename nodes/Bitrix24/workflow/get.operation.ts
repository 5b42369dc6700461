import { defineOperation } from '../../core/n8n/defineOperation';
import { lookupOperation } from '../../core/n8n/operations/lookupOperation';
import { clock } from '../../core/util/clock';
import { instanceLookup } from '../api/getInstance';
import { INSTANCES } from '../api/instance';
import { connectionFor } from '../connection';
import { workflowIdField, workflowIds, workflowOutput } from './fields';

/** Reads running workflows by their IDs: do they still run? */
export const get = defineOperation({
	name: 'Get',
	value: 'get',
	action: 'Get workflow',
	description: 'Read running workflows; one that has ended is reported as not found',
	request: { method: 'POST', url: `/${INSTANCES}` },
	operation: lookupOperation({
		lookup: instanceLookup,
		identifier: workflowIds,
		query: (read) => ({ now: clock.wallTime(), ...workflowOutput.read(read) }),
		connection: connectionFor,
	}),
	fields: [
		{
			...workflowIdField,
			description:
				'The ID of the workflow to read. To read several, separate their IDs with commas or new lines, or use an expression that returns an array.',
		},
		...workflowOutput.fields,
	],
});
