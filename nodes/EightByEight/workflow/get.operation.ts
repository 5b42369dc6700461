import { updateDisplayOptions } from 'n8n-workflow';
import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import { readSimplify, readSwitch } from '../../core/n8n/parameters/queryFields';
import { lookupOperation } from '../../core/n8n/operations/lookupOperation';
import { routing } from '../../core/n8n/execution/routing';
import { connection } from '../connection';
import { DEFINITIONS } from '../api/definitions';
import { definitionLocator, readDefinitionId, simplifyWorkflows, workflowIds } from './fields';
import { instancePath, REQUESTS_IN_FLIGHT, THINGS, showInstance } from '../api/instance';
import { readInstance } from '../api/reading';
import type { Showing } from '../api/instance';

const INCLUDE_LOGS = { name: 'includeLogs', displayName: 'Include Logs' } as const;

/** What is asked for besides the IDs. */
interface GetQuery extends Showing {
	includeLogs: boolean;
}

/** 8x8 Automation, "Get instance", for one item and for the whole input alike. */
export const getFinder = lookupOperation<GetQuery>({
	lookup: {
		noun: THINGS,
		requestsInFlight: REQUESTS_IN_FLIGHT,
		request: (id, query) => ({
			method: 'GET',
			path: `${instancePath(query, id)}${query.includeLogs ? '?includeLogs=true' : ''}`,
		}),
		read: (id, _query, response) => readInstance(id, response),
		show: (row, query) => showInstance(row, query),
	},
	identifier: workflowIds,
	query: (read) => ({
		definitionId: readDefinitionId(read('definitionId')),
		includeLogs: readSwitch(read, INCLUDE_LOGS.name, INCLUDE_LOGS.displayName),
		isSimple: readSimplify(read),
	}),
	connection: () => connection,
});

/** The operation as the user picks it, with what n8n's routing engine does for it. */
export const getOperation: INodePropertyOptions = {
	name: 'Get',
	value: 'get',
	action: 'Get workflow',
	description: 'Read workflows with their status, and with the log of their steps if wanted',
	routing: routing(getFinder, { method: 'GET', url: DEFINITIONS }),
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
			'The workflow to read. Several: separated by commas or new lines, or an array from an expression.',
	},
	{
		displayName: INCLUDE_LOGS.displayName,
		name: INCLUDE_LOGS.name,
		type: 'boolean',
		default: false,
		description: 'Whether to return the log of the steps too',
	},
	simplifyWorkflows,
];

/** The fields of the operation. */
export const getFields = updateDisplayOptions(
	{ show: { resource: ['workflow'], operation: ['get'] } },
	fields,
);
