import { readCriteria } from '../../core/n8n/parameters/filters';
import type { FilterDefinition, Filters } from '../../core/n8n/parameters/filters';
import { filtersProperty, momentFilter } from '../../core/n8n/parameters/queryFields';
import { equals, within } from '../../core/queries/criteria';
import type { Criterion } from '../../core/queries/criteria';
import { asText } from '../../core/util/json';
import { starterOf, STATES, stateOf, timeOf } from '../api/instance';
import type { InstanceState } from '../api/instance';
import type { SentFilter } from '../api/instances';

const PROCESS_STATUS = 'Process Status';

/** Each filter of the list: its field, what EnOS is asked for, and how a row is tested. */
export const FILTERS: ReadonlyArray<FilterDefinition<SentFilter>> = [
	{
		field: {
			displayName: PROCESS_STATUS,
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
		criteria: ({ choice }) => [hasStatus(choice(STATES))],
	},
	{
		field: {
			displayName: 'Process Name',
			name: 'processName',
			type: 'string',
			default: '',
			placeholder: 'e.g. Turbine maintenance',
			description: 'The exact name of the process instances',
		},
		criteria: ({ displayName, text }) => {
			const processName = text();
			return [equals(displayName, { processName }, (row) => asText(row['name']), processName)];
		},
	},
	{
		field: {
			displayName: 'Started By',
			name: 'startBy',
			type: 'string',
			default: '',
			placeholder: 'e.g. u10000000000000001',
			description: 'The ID of the user who started the process instances',
		},
		criteria: ({ displayName, text }) => {
			const startBy = text();
			return [equals(displayName, { startBy }, starterOf, startBy)];
		},
	},
	{
		field: momentFilter('startedAfter', 'Started After', 'The earliest start'),
		criteria: ({ displayName, moment }) => {
			const startedAfter = moment();
			return [within(displayName, { startedAfter }, startOf, { from: startedAfter })];
		},
	},
	{
		field: momentFilter('startedBefore', 'Started Before', 'The latest start'),
		criteria: ({ displayName, moment }) => {
			const startedBefore = moment();
			return [within(displayName, { startedBefore }, startOf, { to: startedBefore })];
		},
	},
];

/** The filters as the user sees them. */
export const filtersField = filtersProperty(FILTERS.map(({ field }) => field));

/** The criteria that rows have to meet; without the user's word on the status, it is that of those in progress. */
export function readInstanceCriteria(filters: Filters): Array<Criterion<SentFilter>> {
	const criteria = readCriteria(FILTERS, filters);
	return filters.has('processStatus') ? criteria : [hasStatus('inProgress'), ...criteria];
}

function hasStatus(processStatus: InstanceState): Criterion<SentFilter> {
	return equals(PROCESS_STATUS, { processStatus }, stateOf, processStatus);
}

function startOf(row: Parameters<Criterion['passes']>[0]): number | undefined {
	return timeOf(row['createdTime']);
}
