import type { FilterDefinition } from '../../core/n8n/parameters/filters';
import { momentFilter } from '../../core/n8n/parameters/queryFields';
import { equals, vague, within } from '../../core/queries/criteria';
import type { JsonRecord } from '../../core/util/json';
import { notEarlier, notLater, timeOf } from '../api/instance';
import type { InstanceState } from '../api/instance';
import type { ListParameters } from '../api/instances';

/** The states of an instance ("List instances", parameter `status`). */
const STATES: readonly InstanceState[] = ['Runnable', 'Suspended', 'Complete', 'Terminated'];

/** The filters of Get Many; each is a parameter of "List instances". Rows are tested in this order. */
export const workflowFilters: ReadonlyArray<FilterDefinition<ListParameters>> = [
	{
		field: {
			displayName: 'Version',
			name: 'version',
			type: 'number',
			typeOptions: { minValue: 1 },
			default: 1,
			description:
				'The version of the definition that the workflows belong to. Without this filter the workflows of all versions are listed: 8x8 itself would list those of the latest one only.',
		},
		criteria: (value) => {
			const version = value.count();
			return [equals(value.displayName, { version }, (row) => row['version'], version)];
		},
	},
	{
		field: {
			displayName: 'Status',
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
		criteria: (value) => {
			const status = value.choice(STATES);
			return [vague(equals(value.displayName, { status }, (row) => row['status'], status))];
		},
	},
	{
		field: momentFilter('startTimeFrom', 'Start Time From', 'The earliest start'),
		criteria: (value) => {
			const startTimeFrom = notLater(value.moment());
			return [within(value.displayName, { startTimeFrom }, startOf, { from: startTimeFrom })];
		},
	},
	{
		field: momentFilter('startTimeTo', 'Start Time To', 'The latest start'),
		criteria: (value) => {
			// 8x8 takes hundredths of a second, and is asked for the whole of the last one; the surplus is left out here.
			const to = value.moment();
			const startTimeTo = notEarlier(to);
			return [
				within(value.displayName, { startTimeTo }, startOf, { to: startTimeTo }),
				within<ListParameters>(value.displayName, undefined, startOf, { to }),
			];
		},
	},
];

/** The fields of the filters in the order of n8n's menu: by label. */
export const filterFields = workflowFilters
	.map(({ field }) => field)
	.sort((a, b) => a.displayName.localeCompare(b.displayName));

function startOf(row: JsonRecord): number | undefined {
	return timeOf(row['startedAt']);
}
