import type { INodeProperties } from 'n8n-workflow';

import { Filters } from '../../core/n8n/parameters/filters';
import { filtersProperty } from '../../core/n8n/parameters/queryFields';
import type { ParameterReader } from '../../core/n8n/parameters/reader';
import { ParameterError } from '../../core/n8n/parameters/parameterError';
import { asObject } from '../../core/util/json';
import { hasWildcards } from '../api/comparing';
import { CONDITION_TYPES, rangeOf } from '../api/criterion';
import type { ElementCriterion } from '../api/criterion';

const LABEL = { filterCriteria: 'Filter Criteria', recordNumber: 'Record Number', status: 'Status' } as const;

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

/** The filters of a list of records. */
export const filtersField = filtersProperty([
	{
		displayName: LABEL.filterCriteria,
		name: 'filterCriteria',
		type: 'fixedCollection',
		typeOptions: { multipleValues: true },
		placeholder: 'Add criterion',
		default: {},
		description: 'Conditions on data elements. A record has to meet all of them.',
		options: [{ displayName: 'Criterion', name: ENTRIES, values: entryFields }],
	},
	{
		displayName: LABEL.recordNumber,
		name: 'recordNumber',
		type: 'string',
		default: '',
		placeholder: 'e.g. PL-08%',
		description:
			'The exact record number, or a pattern with the wildcards % (any text) and _ (one character)',
	},
	{
		displayName: LABEL.status,
		name: 'status',
		type: 'string',
		default: '',
		placeholder: 'e.g. Pending',
		description: 'The exact status, in the words that the business process was designed with',
	},
]);

/**
 * The criteria that records have to meet, by the filters that a user has added.
 *
 * @throws ParameterRefusal when one of them has no value, or one that cannot be checked
 */
export function readCriteria(read: ParameterReader, zone: string): ElementCriterion[] {
	const value = read(filtersField.name);
	const filters = new Filters(value, zone);
	const status = filters.text('status', LABEL.status);
	const recordNumber = filters.text('recordNumber', LABEL.recordNumber);
	const criteria: ElementCriterion[] = [];
	if (status !== undefined) {
		const wire = { field: 'status', value: status, condition_type: 'eq' as const };
		criteria.push({ displayName: LABEL.status, wire });
	}
	if (recordNumber !== undefined) {
		const type = hasWildcards(recordNumber) ? 'like' : 'eq';
		const wire = { field: 'record_no', value: recordNumber, condition_type: type } as const;
		criteria.push({ displayName: LABEL.recordNumber, wire });
	}
	if (!filters.has('filterCriteria')) return criteria;
	const entries = entriesOf(asObject(value)?.['filterCriteria']);
	return [...criteria, ...entries.map((entry, index) => readEntry(new Filters(entry, zone), index + 1))];
}

function entriesOf(value: unknown): unknown[] {
	const entries = asObject(value)?.[ENTRIES];
	if (Array.isArray(entries) && entries.length > 0) return entries;
	throw new ParameterError(
		`The filter '${LABEL.filterCriteria}' was added and has no criterion`,
		'Without it everything would be listed. Add a criterion, or remove the filter.',
	);
}

function readEntry(entry: Filters, number: number): ElementCriterion {
	const label = (part: string): string => `${LABEL.filterCriteria} ${number}: ${part}`;
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
	return type === 'range'
		? rangeOf(displayName, field, value, text('value2', 'Last Value'))
		: { displayName, wire: { field, value, condition_type: type } };
}
