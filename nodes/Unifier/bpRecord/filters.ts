import type { INodeProperties } from 'n8n-workflow';

import { Filters } from '../../core/n8n/parameters/filters';
import { filtersProperty } from '../../core/n8n/parameters/queryFields';
import type { ParameterReader } from '../../core/n8n/parameters/reader';
import { asObject } from '../../core/util/json';
import { anyCriterion, elementCriterion, testedHere } from '../api/criterion';
import type { RecordCriterion } from '../api/criterion';
import { filterCriteriaField, readFilterCriteria } from './filterCriteria';

const status: INodeProperties = {
	displayName: 'Status',
	name: 'status',
	type: 'string',
	default: '',
	placeholder: 'e.g. Pending',
	description:
		'The exact status, as in the design of the business process; case-sensitive. Without this filter, ended records are listed too.',
};

const recordNumber: INodeProperties = {
	displayName: 'Record Number',
	name: 'recordNumber',
	type: 'string',
	default: '',
	placeholder: 'e.g. PL-08%',
	description:
		'The exact record number, in the same letter case as in Unifier, or a pattern with the wildcard % (any text)',
};

const join: INodeProperties = {
	displayName: 'Join',
	name: 'join',
	type: 'options',
	options: [
		{ name: 'AND', value: 'AND', description: 'A record must meet all criteria' },
		{ name: 'OR', value: 'OR', description: 'A record must meet at least one of the criteria' },
	],
	default: 'AND',
	description:
		"How the entries of 'Filter Criteria' are combined; 'Record Number' and 'Status' must be met in any case",
};

/** The filters of a list of records. */
export const filtersField = filtersProperty([filterCriteriaField, join, recordNumber, status]);

/**
 * The criteria that records have to meet, by the filters that a user has added.
 *
 * @throws ParameterError when one of them has no value, or one that cannot be checked
 */
export function readRecordCriteria(read: ParameterReader, zone: string): RecordCriterion[] {
	const given = read(filtersField.name);
	const filters = new Filters(given, zone);
	const named = [...statusCriteria(filters), ...recordNumberCriteria(filters)];
	const joinedBy = filters.choice(join.name, join.displayName, ['AND', 'OR']);
	const { name, displayName } = filterCriteriaField;
	const entries = filters.has(name) ? readFilterCriteria(asObject(given)?.[name], zone) : [];
	if (joinedBy !== 'OR' || entries.length < 2) return [...named, ...entries];
	const any = anyCriterion(displayName, entries);
	// A request has one join for everything in it.
	return any.sent ? [...named.map(testedHere), any] : [...named, any];
}

function statusCriteria(filters: Filters): RecordCriterion[] {
	const value = filters.text(status.name, status.displayName);
	if (value === undefined) return [];
	return [elementCriterion(status.displayName, { field: 'status', value, type: 'eq' })];
}

function recordNumberCriteria(filters: Filters): RecordCriterion[] {
	const { name, displayName } = recordNumber;
	const value = filters.text(name, displayName);
	if (value === undefined) return [];
	const condition = { field: 'record_no', value } as const;
	if (!value.includes('%')) return [elementCriterion(displayName, { ...condition, type: 'eq' })];
	const like = elementCriterion(displayName, { ...condition, type: 'like' });
	if (!value.includes('_')) return [like];
	// Unifier takes the underscore for any character, so it is not to blame for what only the second one excludes.
	const exact = { ...condition, type: 'like', isUnderscorePlain: true } as const;
	return [like, testedHere(elementCriterion(displayName, exact))];
}
