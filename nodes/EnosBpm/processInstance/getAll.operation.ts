import { updateDisplayOptions } from 'n8n-workflow';
import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import { Filters } from '../../core/n8n/parameters/filters';
import {
	filtersProperty,
	howMany,
	momentFilter,
	readSimplify,
	simplifyProperty,
} from '../../core/n8n/parameters/queryFields';
import { listOperation } from '../../core/n8n/operations/listOperation';
import { routing } from '../../core/n8n/execution/routing';
import { connection } from '../connection';
import { PROCESS_INSTANCES, STATES } from '../api/instance';
import { FILTER, instancesListing } from '../api/instances';

/** The look-up, for one item and for the whole input alike. */
export const getAllFinder = listOperation({
	list: instancesListing,
	query: (read, zone) => {
		const filters = new Filters(read('filters'), zone);
		return {
			processStatus: filters.choice('processStatus', FILTER.processStatus, STATES) ?? 'inProgress',
			processName: filters.text('processName', FILTER.processName),
			startBy: filters.text('startBy', FILTER.startBy),
			startedAfter: filters.moment('startedAfter', FILTER.startedAfter),
			startedBefore: filters.moment('startedBefore', FILTER.startedBefore),
			isSimple: readSimplify(read),
		};
	},
	connection: () => connection,
});

/** The operation as the user picks it, with what n8n's routing engine does for it. */
export const getAllOperation: INodePropertyOptions = {
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many process instances',
	description: 'List process instances by status, name, starter and time; those in progress by default',
	routing: routing(getAllFinder, { method: 'POST', url: `${PROCESS_INSTANCES}/queryList` }),
};

const fields: INodeProperties[] = [
	...howMany,
	simplifyProperty,
	filtersProperty([
		{
			displayName: FILTER.processName,
			name: 'processName',
			type: 'string',
			default: '',
			placeholder: 'e.g. Turbine maintenance',
			description: 'The exact name of the process instances',
		},
		{
			displayName: FILTER.processStatus,
			name: 'processStatus',
			type: 'options',
			options: [
				{ name: 'Completed', value: 'completed' },
				{ name: 'In Progress', value: 'inProgress' },
				{ name: 'Terminated', value: 'terminated' },
			],
			default: 'inProgress',
			description: 'The status of the process instances; without this filter those in progress are listed',
		},
		momentFilter('startedAfter', FILTER.startedAfter, 'The earliest start'),
		momentFilter('startedBefore', FILTER.startedBefore, 'The latest start'),
		{
			displayName: FILTER.startBy,
			name: 'startBy',
			type: 'string',
			default: '',
			placeholder: 'e.g. u10000000000000001',
			description: 'The ID of the user who started the process instances',
		},
	]),
];

/** The fields of the operation. */
export const getAllFields = updateDisplayOptions(
	{ show: { resource: ['processInstance'], operation: ['getAll'] } },
	fields,
);
