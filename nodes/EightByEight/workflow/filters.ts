import { readCriteria } from '../../core/n8n/parameters/filters';
import type { FilterDefinition, Filters } from '../../core/n8n/parameters/filters';
import { momentFilter } from '../../core/n8n/parameters/queryFields';
import { equals, within } from '../../core/queries/criteria';
import type { Criterion } from '../../core/queries/criteria';
import { asText } from '../../core/util/json';
import type { JsonRecord } from '../../core/util/json';
import { notEarlier, notLater, timeOf } from '../api/instance';
import type { InstanceState } from '../api/instance';
import type { ListParameters } from '../api/instances';

/** The states of an instance ("List instances", parameter `status`). */
const STATES: readonly InstanceState[] = ['Runnable', 'Suspended', 'Complete', 'Terminated'];

/** The states of what has not ended, as one choice. */
const LIVE: { value: 'runningOrSuspended'; states: readonly InstanceState[] } = {
	value: 'runningOrSuspended',
	states: ['Runnable', 'Suspended'],
};

const STATUS = 'Status';

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
				'The version of the definition that the workflows belong to. Without this filter, the node lists the workflows of all versions, whereas 8x8 itself lists only those of the latest version.',
		},
		criteria: (value) => {
			const version = value.count();
			return [equals(value.displayName, { version }, (row) => row['version'], version)];
		},
	},
	{
		field: {
			displayName: STATUS,
			name: 'status',
			type: 'multiOptions',
			options: [
				{ name: 'Complete', value: 'Complete', description: 'Ended without an error' },
				{ name: 'Runnable', value: 'Runnable', description: 'Running, or waiting for something' },
				{
					name: 'Running or Suspended',
					value: LIVE.value,
					description: 'Everything that has not ended',
				},
				{ name: 'Suspended', value: 'Suspended' },
				{ name: 'Terminated', value: 'Terminated', description: 'Ended by a command or an error' },
			],
			default: [LIVE.value],
			description:
				'The status of the workflows. Without this filter, only running and suspended workflows are listed.',
		},
		criteria: ({ choices }) => {
			const chosen = choices([...STATES, LIVE.value]);
			const isChosen = (state: InstanceState): boolean =>
				chosen.includes(state) || (chosen.includes(LIVE.value) && LIVE.states.includes(state));
			return [hasStatus(STATES.filter(isChosen))];
		},
	},
	{
		field: momentFilter('startTimeFrom', 'Start Time From', 'The earliest start time'),
		criteria: (value) => {
			const startTimeFrom = notLater(value.moment());
			return [within(value.displayName, { startTimeFrom }, startOf, { from: startTimeFrom })];
		},
	},
	{
		field: momentFilter('startTimeTo', 'Start Time To', 'The latest start time'),
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

/**
 * The criteria of a list. What has ended is listed only where it is asked for.
 *
 * @throws ParameterError when a filter was added and has no value, or one that does not fit
 */
export function readWorkflowCriteria(filters: Filters): Array<Criterion<ListParameters>> {
	const criteria = readCriteria(workflowFilters, filters);
	return filters.has('status') ? criteria : [...criteria, hasStatus(LIVE.states)];
}

/** For all states 8x8 is asked without a status. A word that is not documented cannot be judged. */
function hasStatus(states: readonly InstanceState[]): Criterion<ListParameters> {
	return {
		displayName: STATUS,
		isVague: true,
		...(states.length < STATES.length && { sent: { statuses: states } }),
		passes: (row) => {
			const status = asText(row['status']);
			if (states.some((state) => state === status)) return true;
			return STATES.some((state) => state === status) ? false : undefined;
		},
	};
}

/** The fields of the filters in the order of n8n's menu: by label. */
export const filterFields = workflowFilters
	.map(({ field }) => field)
	.sort((a, b) => a.displayName.localeCompare(b.displayName));

function startOf(row: JsonRecord): number | undefined {
	return timeOf(row['startedAt']);
}
