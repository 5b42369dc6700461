import type { INodeProperties } from 'n8n-workflow';

import { Filters, readCriteria } from '../../core/n8n/parameters/filters';
import type { FilterDefinition } from '../../core/n8n/parameters/filters';
import { ParameterError } from '../../core/n8n/parameters/parameterError';
import { filtersProperty } from '../../core/n8n/parameters/queryFields';
import type { ParameterReader } from '../../core/n8n/parameters/reader';
import type { Criterion } from '../../core/queries/criteria';
import { asObject } from '../../core/util/json';
import { asNumber, CONDITION_TYPES, elementCriterion, hasWildcards } from '../api/criterion';
import type { WireFilter } from '../api/criterion';
import { isDate } from '../api/dates';

/** Where n8n keeps the entries of Filter Criteria. */
const ENTRIES = 'criteria';

const entryFields: INodeProperties[] = [
	{
		displayName: 'Element Name',
		name: 'field',
		type: 'string',
		default: '',
		placeholder: 'e.g. uuu_record_last_update_date',
		description: 'The name of the data element, as in the design of the business process',
	},
	{
		displayName: 'Condition',
		name: 'conditionType',
		type: 'options',
		options: [
			{ name: 'Equals', value: 'eq' },
			{ name: 'In Range', value: 'range', description: 'Numbers or dates, both ends included' },
			{
				name: 'Like',
				value: 'like',
				description: 'Text with the wildcards % (any text) and _ (one character)',
			},
		],
		default: 'eq',
		description: 'How the element is compared with the value',
	},
	{
		displayName: 'Value',
		name: 'value',
		type: 'string',
		default: '',
		description:
			'What to compare with; for a range its first end. Write dates in the format that is set on the integration user.',
	},
	{
		displayName: 'Last Value',
		name: 'value2',
		type: 'string',
		displayOptions: { show: { conditionType: ['range'] } },
		default: '',
		description: 'The last end of the range, in the same format; it is included',
	},
];

const status: FilterDefinition<WireFilter> = {
	field: {
		displayName: 'Status',
		name: 'status',
		type: 'string',
		default: '',
		placeholder: 'e.g. Pending',
		description: 'The exact status, in the words that the business process was designed with',
	},
	criteria: (value) => [
		elementCriterion(value.displayName, { field: 'status', value: value.text(), condition_type: 'eq' }),
	],
};

const recordNumber: FilterDefinition<WireFilter> = {
	field: {
		displayName: 'Record Number',
		name: 'recordNumber',
		type: 'string',
		default: '',
		placeholder: 'e.g. PL-08%',
		description:
			'The exact record number, or a pattern with the wildcards % (any text) and _ (one character)',
	},
	criteria: (value) => {
		const number = value.text();
		const type = hasWildcards(number) ? 'like' : 'eq';
		return [elementCriterion(value.displayName, { field: 'record_no', value: number, condition_type: type })];
	},
};

const filterCriteriaField: INodeProperties = {
	displayName: 'Filter Criteria',
	name: 'filterCriteria',
	type: 'fixedCollection',
	typeOptions: { multipleValues: true },
	placeholder: 'Add criterion',
	default: {},
	description: 'Conditions on data elements. A record has to meet all of them.',
	options: [{ displayName: 'Criterion', name: ENTRIES, values: entryFields }],
};

/** Each entry is a criterion of its own, with a number in messages. `given` is the whole collection of filters, unread. */
function filterCriteria(given: unknown, zone: string): FilterDefinition<WireFilter> {
	return {
		field: filterCriteriaField,
		criteria: ({ displayName }) =>
			entriesOf(asObject(given)?.[filterCriteriaField.name], displayName).map((entry, index) =>
				readEntry(new Filters(entry, zone), `${displayName} ${index + 1}`),
			),
	};
}

/** The filters of a list of records. */
export const filtersField = filtersProperty([filterCriteriaField, recordNumber.field, status.field]);

/**
 * The criteria that records have to meet, by the filters that a user has added.
 *
 * @throws ParameterError when one of them has no value, or one that cannot be checked
 */
export function readRecordCriteria(read: ParameterReader, zone: string): Array<Criterion<WireFilter>> {
	const given = read(filtersField.name);
	return readCriteria([status, recordNumber, filterCriteria(given, zone)], new Filters(given, zone));
}

function entriesOf(value: unknown, displayName: string): unknown[] {
	const entries = asObject(value)?.[ENTRIES];
	if (Array.isArray(entries) && entries.length > 0) return entries;
	throw new ParameterError(
		`The filter '${displayName}' was added and has no criterion`,
		'Without it everything would be listed. Add a criterion, or remove the filter.',
	);
}

function readEntry(entry: Filters, entryName: string): Criterion<WireFilter> {
	const label = (part: string): string => `${entryName}: ${part}`;
	const text = (name: string, part: string): string => {
		const value = entry.text(name, label(part));
		if (value !== undefined) return value;
		throw new ParameterError(
			`The filter '${label(part)}' is missing`,
			'Without it other records would be listed. Give it a value, or remove the criterion.',
		);
	};
	const field = text('field', 'Element Name');
	if (/[,;\s]/.test(field)) {
		throw new ParameterError(
			`The filter '${label('Element Name')}' is not the name of one element`,
			'Enter the name of one data element, such as uuu_record_last_update_date; add a criterion for each.',
		);
	}
	const type = entry.choice('conditionType', label('Condition'), CONDITION_TYPES) ?? 'eq';
	const value = text('value', 'Value');
	const displayName = label(field);
	if (type !== 'range') return elementCriterion(displayName, { field, value, condition_type: type });
	const value2 = text('value2', 'Last Value');
	checkRange(displayName, value, value2);
	return elementCriterion(displayName, { field, value, value2, condition_type: type });
}

/** Throws ParameterError when nobody could check what Unifier makes of a range: its ends are neither numbers nor dates. */
function checkRange(displayName: string, value: string, value2: string): void {
	const areNumbers = asNumber(value) !== undefined && asNumber(value2) !== undefined;
	if (areNumbers || (isDate(value) && isDate(value2))) return;
	throw new ParameterError(
		`The range of the filter '${displayName}' has ends that are neither two numbers nor two dates`,
		'Write dates as Unifier shows them to the integration user, in digits, such as 2018/04/23 or 04/23/2018 11:06, and numbers without separators.',
	);
}
