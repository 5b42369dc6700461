import { defineOperation } from '../../core/n8n/defineOperation';
import { commandOperation } from '../../core/n8n/operations/commandOperation';
import { commandOptions } from '../../core/n8n/parameters/commandOptions';
import { terminateContract, TERMINATE_PATH } from '../api/terminate';
import { connection } from '../connection';
import { applyRulesField, placeFields, readApplyRules, readPlace, recordNumbers } from './fields';

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
		commandOptions,
	],
});
