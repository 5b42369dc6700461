import { updateDisplayOptions } from 'n8n-workflow';
import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import type { CommandDefinition } from '../../core/n8n/operations/commandOperation';
import { commandOptions } from '../../core/n8n/parameters/commandOptions';
import { routing } from '../../core/n8n/execution/routing';
import { commandOperation } from '../../core/n8n/operations/commandOperation';
import { connection } from '../connection';
import { applyRulesField, readApplyRules, readPlace, recordNumbers } from './fields';
import type { RecordSettings } from '../api/record';
import { terminateContract, TERMINATE_PATH } from '../api/terminate';

/** The command, for one item and for the whole input alike. */
export const terminateCommand: CommandDefinition<RecordSettings> = {
	contract: terminateContract,
	identifier: recordNumbers,
	settings: (read) => ({
		...readPlace(read),
		applyRules: readApplyRules(read('applyRules')),
	}),
	connection: () => connection,
};

/** The operation as the user picks it, with what n8n's routing engine does for it. */
export const terminateOperation: INodePropertyOptions = {
	name: 'Terminate',
	value: 'terminate',
	action: 'Terminate BP record permanently',
	description: 'End records of a business process for good; a terminated record cannot be reopened',
	routing: routing(commandOperation(terminateCommand), { method: 'PUT', url: TERMINATE_PATH }),
};

const fields: INodeProperties[] = [
	{
		displayName: recordNumbers.displayName,
		name: recordNumbers.name,
		type: 'string',
		required: true,
		default: '',
		placeholder: 'e.g. PL-0809',
		description:
			'The record to terminate. Several: separated by commas or new lines, or an array from an expression.',
	},
	applyRulesField,
	commandOptions,
];

/** The fields of the operation. */
export const terminateFields = updateDisplayOptions(
	{ show: { resource: ['bpRecord'], operation: ['terminate'] } },
	fields,
);
