import { readCriteria } from '../../core/n8n/parameters/filters';
import type { FilterDefinition, Filters } from '../../core/n8n/parameters/filters';
import { filtersProperty, momentFilter } from '../../core/n8n/parameters/queryFields';
import { equals, vague, within } from '../../core/queries/criteria';
import type { Criterion } from '../../core/queries/criteria';
import { asText } from '../../core/util/json';
import { starterOf, STATES, stateOf, timeOf } from '../api/instance';
import type { InstanceState } from '../api/instance';
import type { SentFilter } from '../api/instances';

type Row = Parameters<Criterion['passes']>[0];

const PROCESS_STATUS = 'Process Status';

/** Each filter of the list: its field, what EnOS is asked for, and how a row is tested. */
export const FILTERS: ReadonlyArray<FilterDefinition<SentFilter>> = [
	{
		field: {
			displayName: 'Can Be Terminated',
			name: 'terminable',
			type: 'boolean',
			default: true,
			description:
				'Whether to list only process instances that the account may terminate now. When turned off, only those that it may not terminate are listed.',
		},
		criteria: ({ displayName, flag }) => {
			const terminable = flag();
			return [
				vague(
					hereOnly(
						displayName,
						(row) => asFlag(row['terminable']),
						(value) => value === terminable,
					),
				),
			];
		},
	},
	{
		field: {
			displayName: 'Name Contains',
			name: 'nameContains',
			type: 'string',
			default: '',
			placeholder: 'e.g. maintenance',
			description: 'A part of the name of the process instances; not case-sensitive',
		},
		criteria: ({ displayName, text }) => {
			const part = text().toLowerCase();
			return [
				hereOnly(
					displayName,
					(row) => asText(row['name']),
					(name) => name.toLowerCase().includes(part),
				),
			];
		},
	},
	{
		field: {
			displayName: 'Process Definition',
			name: 'processDefinition',
			type: 'string',
			default: '',
			placeholder: 'e.g. turbine-maintenance',
			description: 'The exact name or key of the definition that the process instances come from',
		},
		criteria: ({ displayName, text }) => {
			const definition = text();
			return [hereOnly(displayName, definitionOf, (names) => names.includes(definition))];
		},
	},
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
			description:
				'The status of the process instances; without this filter, only those in progress are listed',
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
		field: momentFilter('startedAfter', 'Started After', 'The earliest start time'),
		criteria: ({ displayName, moment }) => {
			const startedAfter = moment();
			return [within(displayName, { startedAfter }, startOf, { from: startedAfter })];
		},
	},
	{
		field: momentFilter('startedBefore', 'Started Before', 'The latest start time'),
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
	return vague(equals(PROCESS_STATUS, { processStatus }, stateOf, processStatus));
}

/** A criterion that EnOS cannot be asked for. A row without the value cannot be judged. */
function hereOnly<T>(
	displayName: string,
	read: (row: Row) => T | undefined,
	isMet: (value: T) => boolean,
): Criterion<SentFilter> {
	return {
		displayName,
		passes: (row) => {
			const value = read(row);
			return value === undefined ? undefined : isMet(value);
		},
	};
}

/** Name and key of the definition, as far as the row has them. */
function definitionOf(row: Row): string[] | undefined {
	const names = [row['processDefinitionName'], row['processDefinitionKey']].map(asText);
	const known = names.filter((name) => name !== undefined);
	return known.length === 0 ? undefined : known;
}

function asFlag(value: unknown): boolean | undefined {
	return typeof value === 'boolean' ? value : undefined;
}

function startOf(row: Row): number | undefined {
	return timeOf(row['createdTime']);
}
