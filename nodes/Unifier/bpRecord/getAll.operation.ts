import { defineOperation } from '../../core/n8n/defineOperation';
import { listOperation } from '../../core/n8n/operations/listOperation';
import { listOptions } from '../../core/n8n/parameters/listOptions';
import { howMany } from '../../core/n8n/parameters/queryFields';
import { NOUN } from '../api/record';
import { recordList, RECORDS_PATH } from '../api/records';
import { connection } from '../connection';
import { placeFields, readPlace, readRecordFields, recordFieldsField, recordOutput } from './fields';
import { filtersField, readRecordCriteria } from './filters';

/** Unifier, "Fetch BP Record List". */
export const getAll = defineOperation({
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many BP records',
	description:
		'List running and ended records of a business process by status, number and other data elements',
	request: { method: 'POST', url: RECORDS_PATH },
	operation: listOperation({
		list: recordList,
		query: (read, zone) => ({
			...readPlace(read),
			criteria: readRecordCriteria(read, zone),
			elements: readRecordFields(read(recordFieldsField.name)),
			...recordOutput.read(read),
		}),
		connection: () => connection,
	}),
	fields: [
		...placeFields,
		...howMany,
		...recordOutput.fields,
		recordFieldsField,
		filtersField,
		listOptions({
			noun: NOUN,
			vague: 'A pattern of wildcards only, such as %, is not enough.',
			withoutSort: true,
		}),
	],
});
