import { defineOperation } from '../../core/n8n/defineOperation';
import { listOperation } from '../../core/n8n/operations/listOperation';
import { Filters } from '../../core/n8n/parameters/filters';
import { filtersProperty, howMany, momentFilter, readSimplify } from '../../core/n8n/parameters/queryFields';
import { DEFINITIONS } from '../api/definitions';
import { notEarlier, notLater } from '../api/instance';
import type { InstanceState } from '../api/instance';
import { FILTER, instancesListing } from '../api/instances';
import { connection } from '../connection';
import { definitionLocator, readDefinitionId, simplifyWorkflows } from './fields';

/** The states of an instance ("List instances", parameter `status`). */
const STATES: readonly InstanceState[] = ['Runnable', 'Suspended', 'Complete', 'Terminated'];

/** Get Many: 8x8 Automation, "List instances", over all versions of a definition. */
export const getAll = defineOperation({
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many workflows',
	description: 'List the workflows of a definition, in all its versions, by status and start time',
	request: { method: 'GET', url: DEFINITIONS },
	operation: listOperation({
		list: instancesListing,
		query: (read, zone) => {
			const filters = new Filters(read('filters'), zone);
			return {
				definitionId: readDefinitionId(read('definitionId')),
				version: filters.count('version', FILTER.version),
				status: filters.choice('status', FILTER.status, STATES),
				startTimeFrom: notLater(filters.moment('startTimeFrom', FILTER.startTimeFrom)),
				startTimeTo: notEarlier(filters.moment('startTimeTo', FILTER.startTimeTo)),
				isSimple: readSimplify(read),
			};
		},
		connection: () => connection,
	}),
	fields: [
		definitionLocator,
		...howMany,
		simplifyWorkflows,
		filtersProperty([
			momentFilter('startTimeFrom', FILTER.startTimeFrom, 'The earliest start'),
			momentFilter('startTimeTo', FILTER.startTimeTo, 'The latest start'),
			{
				displayName: FILTER.status,
				name: 'status',
				type: 'options',
				options: [
					{ name: 'Complete', value: 'Complete' },
					{ name: 'Runnable', value: 'Runnable', description: 'Running, or waiting for something' },
					{ name: 'Suspended', value: 'Suspended' },
					{ name: 'Terminated', value: 'Terminated', description: 'Ended by a command, or by an error' },
				],
				default: 'Runnable',
				description: 'The status of the workflows; without this filter all are listed',
			},
			{
				displayName: FILTER.version,
				name: 'version',
				type: 'number',
				typeOptions: { minValue: 1 },
				default: 1,
				description:
					'The version of the definition that the workflows belong to. Without this filter the workflows of all versions are listed: 8x8 itself would list those of the latest one only.',
			},
		]),
	],
});
