import { defineOperation } from '../../core/n8n/defineOperation';
import { lookupOperation } from '../../core/n8n/operations/lookupOperation';
import type { Display } from '../../core/queries/display';
import {
	instanceOf,
	instancePath,
	NOUN,
	PROCESS_INSTANCES,
	REQUESTS_IN_FLIGHT,
	showInstance,
} from '../api/instance';
import { readData } from '../api/responses';
import { connection } from '../connection';
import { instanceOutput, processInstanceIds } from './fields';

/** EnOS BPM, "Get Process Instance". */
export const get = defineOperation({
	name: 'Get',
	value: 'get',
	action: 'Get process instance',
	description: 'Read process instances with their state, and whether the account may terminate them',
	request: { method: 'GET', url: PROCESS_INSTANCES },
	operation: lookupOperation<Display>({
		lookup: {
			noun: NOUN,
			requestsInFlight: REQUESTS_IN_FLIGHT,
			request: (id) => ({ method: 'GET', path: instancePath(id) }),
			read: (id, _query, response) => readData(response, (data) => instanceOf(data, id)),
			show: (row, { isSimple }) => showInstance(row, isSimple),
		},
		identifier: processInstanceIds,
		query: instanceOutput.read,
		connection: () => connection,
	}),
	fields: [
		{
			displayName: processInstanceIds.displayName,
			name: processInstanceIds.name,
			type: 'string',
			typeOptions: { rows: 2 },
			required: true,
			default: '',
			placeholder: 'e.g. 54366b8f-ab3d-11ec-8df5-120e04f331d8',
			description:
				'The ID of the process instance to read. To read several, separate their IDs with commas or new lines, or use an expression that returns an array.',
		},
		...instanceOutput.fields,
	],
});
