import { defineOperation } from '../../core/n8n/defineOperation';
import { lookupOperation } from '../../core/n8n/operations/lookupOperation';
import { readSwitch } from '../../core/n8n/parameters/queryFields';
import { NOUN, readRecord, RECORD_PATH, recordRequest, showRecord } from '../api/record';
import type { Appearance, Place } from '../api/record';
import { connection } from '../connection';
import {
	includeLineItemsField,
	placeFields,
	readPlace,
	readRecordFields,
	recordFieldsField,
	recordNumber,
	recordOutput,
} from './fields';

/** Unifier documents no limit; one request reads one record. */
const REQUESTS_IN_FLIGHT = 5;

/** Unifier, "Get BP Record". */
export const get = defineOperation({
	name: 'Get',
	value: 'get',
	action: 'Get BP record',
	description: 'Read running or ended records of a business process, with their status',
	request: { method: 'GET', url: RECORD_PATH },
	operation: lookupOperation<Place & Appearance>({
		lookup: {
			noun: NOUN,
			requestsInFlight: REQUESTS_IN_FLIGHT,
			request: (id, query) => recordRequest(query, id, query.includeLineItems),
			read: (id, _query, response) => readRecord(id, response),
			show: (record, query, id) => showRecord(record, id, query, query),
		},
		identifier: recordNumber,
		query: (read) => ({
			...readPlace(read),
			...recordOutput.read(read),
			elements: readRecordFields(read(recordFieldsField.name)),
			includeLineItems: readSwitch(read, includeLineItemsField.name, includeLineItemsField.displayName),
		}),
		connection: () => connection,
	}),
	fields: [
		...placeFields,
		{
			displayName: recordNumber.displayName,
			name: recordNumber.name,
			type: 'string',
			typeOptions: { rows: 2 },
			required: true,
			default: '',
			placeholder: 'e.g. PL-0809',
			description:
				'The number of the record to read; case-sensitive. To read several, separate their numbers with commas or new lines, or use an expression that returns an array.',
		},
		...recordOutput.fields,
		recordFieldsField,
		includeLineItemsField,
	],
});
