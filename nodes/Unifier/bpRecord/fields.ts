import type { INodeProperties } from 'n8n-workflow';

import { outputFields } from '../../core/n8n/parameters/outputFields';
import { ParameterError } from '../../core/n8n/parameters/parameterError';
import { readOptionalText, readRequiredText } from '../../core/n8n/parameters/reader';
import type { ParameterReader } from '../../core/n8n/parameters/reader';
import type { Place } from '../api/record';

const BUSINESS_PROCESS = 'Business Process';
const PROJECT = 'Project';
const APPLY_RULES = 'Apply BP Rules';

/** The parameter that holds record numbers. Customers define their format, so they may contain spaces. */
export const recordNumbers = {
	name: 'recordNumbers',
	displayName: 'Record Numbers',
	isFreeText: true,
} as const;

/** The parameter that holds the numbers of records to read. */
export const recordNumber = { ...recordNumbers, name: 'recordNumber', displayName: 'Record Number' } as const;

/** The project or shell that the business process lives in. */
const projectLocator: INodeProperties = {
	displayName: PROJECT,
	name: 'projectNumber',
	type: 'resourceLocator',
	default: { mode: 'list', value: '' },
	description: 'The project or shell of the records. Leave it empty for a business process at company level.',
	modes: [
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			typeOptions: { searchListMethod: 'searchProjects', searchable: true },
			hint: 'Leave empty for the company level',
		},
		{
			displayName: 'Number',
			name: 'number',
			type: 'string',
			placeholder: 'e.g. PRJ-004',
			hint: 'Leave empty for the company level',
		},
	],
};

/** The business process that the records belong to. */
const bpLocator: INodeProperties = {
	displayName: BUSINESS_PROCESS,
	name: 'bpName',
	type: 'resourceLocator',
	required: true,
	typeOptions: { loadOptionsDependsOn: ['projectNumber.value'] },
	default: { mode: 'list', value: '' },
	description:
		'The business process that the records belong to. The list shows the business processes of the project.',
	modes: [
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			typeOptions: { searchListMethod: 'searchBusinessProcesses', searchable: true },
		},
		{
			displayName: 'Name',
			name: 'name',
			type: 'string',
			placeholder: 'e.g. Punchlist',
		},
	],
};

/** Where records live: the same fields for every operation. */
export const placeFields: INodeProperties[] = [projectLocator, bpLocator];

/**
 * Where records live.
 *
 * @throws ParameterError when no request may be built from the values
 */
export function readPlace(read: ParameterReader): Place {
	return { bpName: readBpName(read(bpLocator.name)), projectNumber: readProject(read) };
}

/**
 * The number of the project, '' for the company level.
 *
 * @throws ParameterError as `readProjectNumber` does
 */
export function readProject(read: ParameterReader): string {
	return readProjectNumber(read(projectLocator.name));
}

/**
 * The elements to read besides those that are read anyway, each once.
 *
 * @throws ParameterError when the value is not text
 */
export function readRecordFields(value: unknown): string[] {
	const names = readOptionalText(value, recordFieldsField.displayName).split(/[,;\r\n]/);
	return [...new Set(names.map((name) => name.trim()))].filter((name) => name !== '');
}

/** Whether a record comes with its line items. */
export const includeLineItemsField: INodeProperties = {
	displayName: 'Include Line Items',
	name: 'includeLineItems',
	type: 'boolean',
	default: false,
	description: 'Whether to also return the line items of the record',
};

/** Which elements records are shown with. */
export const recordFieldsField: INodeProperties = {
	displayName: 'Record Fields',
	name: 'recordFields',
	type: 'string',
	default: '',
	placeholder: 'e.g. title, uuu_record_last_update_date',
	description:
		'The names of additional data elements to return, separated by commas. Names are case-sensitive. The record number and the status are always included.',
};

/** The form in which records come. A list has no elements but those that Unifier is asked for. */
export const recordOutput = outputFields({
	idField: recordNumber.name,
	simplified: ['status', 'bpName', 'projectNumber'],
	remark: `In Get Many, also enter other data elements in '${recordFieldsField.displayName}'.`,
});

/** Whether the rules of the business process may stop the command; always sent as `override_rule`. */
export const applyRulesField: INodeProperties = {
	displayName: APPLY_RULES,
	name: 'applyRules',
	type: 'boolean',
	default: true,
	description:
		'Whether Unifier checks the rules of the business process. When turned off, Unifier ignores them and also terminates records that a rule protects.',
};

/** The name of the business process. Throws ParameterError when it is empty or not text. */
export function readBpName(value: unknown): string {
	return readRequiredText(
		value,
		BUSINESS_PROCESS,
		'Enter the name of the business process as Unifier shows it.',
	);
}

/**
 * The number of the project, '' for the company level.
 *
 * @throws ParameterError when it is not text, or a text that a URL does not keep as it is. An expression that returned
 * nothing must not turn a command for a project into one for the company.
 */
export function readProjectNumber(value: unknown): string {
	if (value === undefined || value === null) {
		throw new ParameterError(
			`The expression in '${PROJECT}' returned nothing`,
			'Check that the previous node returns the project number. For the company level, leave the field empty.',
		);
	}
	const number = readOptionalText(value, PROJECT);
	if (number === '.' || number === '..') {
		throw new ParameterError(
			`The parameter '${PROJECT}' contains '${number}', which is not a project number`,
			'This value would change the URL of the request. For the company level, leave the field empty.',
		);
	}
	return number;
}

/**
 * Whether rules apply. By default they do.
 *
 * @throws ParameterError for anything but true and false, because a guess could switch checks off
 */
export function readApplyRules(value: unknown): boolean {
	if (value === undefined || value === null) return true;
	if (typeof value === 'boolean') return value;
	throw new ParameterError(
		`The parameter '${APPLY_RULES}' must be true or false`,
		'If it comes from an expression, make sure that the expression returns true or false, not text.',
	);
}
