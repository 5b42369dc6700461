import type { INodeProperties } from 'n8n-workflow';

import { defineOperation } from '../../core/n8n/defineOperation';
import { commandOperation } from '../../core/n8n/operations/commandOperation';
import { commandOptions } from '../../core/n8n/parameters/commandOptions';
import { noticeField } from '../../core/n8n/parameters/noticeField';
import { NOUN } from '../api/record';
import { RECORDS_PER_REQUEST, terminateContract, TERMINATE_PATH } from '../api/terminate';
import { connection } from '../connection';
import { applyRulesField, placeFields, readApplyRules, readPlace, recordNumbers } from './fields';

/** This service needs the right Update, and reading needs the right Get. */
const READ_RIGHT = 'To read the state, the integration user needs Get access for Business Process Services.';

const recordsPerRequest: INodeProperties = {
	displayName: 'Records per Request',
	name: 'recordsPerRequest',
	type: 'number',
	typeOptions: { minValue: 1, maxValue: RECORDS_PER_REQUEST },
	default: 1000,
	description:
		'The maximum number of records in one request. Without this option, it is 10,000, the most that Unifier accepts. A proxy in between may accept fewer.',
};

/** Unifier, "Terminate Workflow and Non-Workflow BP Records". */
export const terminate = defineOperation({
	name: 'Terminate',
	value: 'terminate',
	action: 'Terminate BP record permanently',
	description: 'End records of a business process permanently; a terminated record cannot be reopened',
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
			typeOptions: { rows: 2 },
			required: true,
			default: '',
			placeholder: 'e.g. PL-0809',
			description:
				'The number of the record to terminate; case-sensitive. To terminate several, separate their numbers with commas or new lines, or use an expression that returns an array.',
		},
		applyRulesField,
		noticeField('terminateNotice', 'A terminated BP record cannot be reopened.'),
		commandOptions({
			noun: NOUN,
			readRight: READ_RIGHT,
			more: [recordsPerRequest],
		}),
	],
});
