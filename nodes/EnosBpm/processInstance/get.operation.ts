import { updateDisplayOptions } from 'n8n-workflow';
import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import { readSimplify, simplifyProperty } from '../../core/n8n/parameters/queryFields';
import { lookupOperation } from '../../core/n8n/operations/lookupOperation';
import { routing } from '../../core/n8n/execution/routing';
import { connection } from '../connection';
import { processInstanceIds } from './fields';
import {
	instanceOf,
	instancePath,
	PROCESS_INSTANCES,
	REQUESTS_IN_FLIGHT,
	showInstance,
	THINGS,
} from '../api/instance';
import { readData } from '../api/reading';

/** EnOS BPM, "Get Process Instance", for one item and for the whole input alike. */
export const getFinder = lookupOperation<{ isSimple: boolean }>({
	lookup: {
		noun: THINGS,
		requestsInFlight: REQUESTS_IN_FLIGHT,
		request: (id) => ({ method: 'GET', path: instancePath(id) }),
		read: (id, _query, response) => readData(response, (data) => instanceOf(data, id)),
		show: (row, { isSimple }) => showInstance(row, isSimple),
	},
	identifier: processInstanceIds,
	query: (read) => ({ isSimple: readSimplify(read) }),
	connection: () => connection,
});

/** The operation as the user picks it, with what n8n's routing engine does for it. */
export const getOperation: INodePropertyOptions = {
	name: 'Get',
	value: 'get',
	action: 'Get process instance',
	description: 'Read process instances with their state, and whether the account may terminate them',
	routing: routing(getFinder, { method: 'GET', url: PROCESS_INSTANCES }),
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
			'The process instance to read. Several: separated by commas or new lines, or an array from an expression.',
	},
	simplifyProperty,
];

/** The fields of the operation. */
export const getFields = updateDisplayOptions(
	{ show: { resource: ['processInstance'], operation: ['get'] } },
	fields,
);
