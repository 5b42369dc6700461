import type { INodeProperties } from 'n8n-workflow';

import { defineOperation } from '../../core/n8n/defineOperation';
import { commandOperation } from '../../core/n8n/operations/commandOperation';
import { commandOptions } from '../../core/n8n/parameters/commandOptions';
import { noticeField } from '../../core/n8n/parameters/noticeField';
import { NOUN } from '../api/record';
import { RECORDS_PER_REQUEST, terminateContract, TERMINATE_PATH } from '../api/terminate';
import { connection } from '../connection';
import { applyRulesField, placeFields, readApplyRules, readPlace, recordNumbers } from './fields';

/** Unifier answers this service only with the right Update, and reading only with the right Get. */
const READ_RIGHT = 'For the state the integration user needs the right Get for Business Process Services.';

const recordsPerRequest: INodeProperties = {
	displayName: 'Records per Request',
	name: 'recordsPerRequest',
	type: 'number',
	typeOptions: { minValue: 1, maxValue: RECORDS_PER_REQUEST },
	default: 1000,
	description:
		'How many records one request carries at most. Without it as many as Unifier takes, 10,000; a proxy on the way may take fewer.',
};

/** Unifier, "Terminate Workflow and Non-Workflow BP Records". */
export const terminate = defineOperation({
	name: 'Terminate',
	value: 'terminate',
	action: 'Terminate BP record permanently',
	description: 'End records of a business process for good; a terminated record cannot be reopened',
	request: { method: 'PUT', url: TERMINATE_PATH },
	operation: commandOperation({
		contract: terminateContract,
		identifier: recordNumbers,
		settings: (read) => ({ ...readPlace(read), applyRules: readApplyRules(read(applyRulesField.name)) }),
		sizeOption: recordsPerRequest,
		connection: () => connection,
	}),
	fields: [
		...placeFields,
		{
			displayName: recordNumbers.displayName,
			name: recordNumbers.name,
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. PL-0809',
			description:
				'The record to terminate; upper and lower case count. Several: separated by commas or new lines, or an array from an expression.',
		},
		applyRulesField,
		noticeField('terminateNotice', 'A BP record that has been terminated cannot be reopened.'),
		commandOptions({
			noun: NOUN,
			readRight: READ_RIGHT,
			more: [recordsPerRequest],
		}),
	],
});
