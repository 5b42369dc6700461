import { defineOperation } from '../../core/n8n/defineOperation';
import { lookupOperation } from '../../core/n8n/operations/lookupOperation';
import { readSimplify, simplifyProperty } from '../../core/n8n/parameters/queryFields';
import { NOUN, readRecord, RECORD_PATH, recordRequest, showRecord } from '../api/record';
import type { Place } from '../api/record';
import { connection } from '../connection';
import { placeFields, readPlace, recordNumber } from './fields';

/** Unifier documents no limit; one request reads one record. */
const REQUESTS_IN_FLIGHT = 5;

/** Unifier, "Get BP Record". */
export const get = defineOperation({
	name: 'Get',
	value: 'get',
	action: 'Get BP record',
	description: 'Read records of a business process with their status',
	request: { method: 'GET', url: RECORD_PATH },
	operation: lookupOperation<Place & { isSimple: boolean }>({
		lookup: {
			noun: NOUN,
			requestsInFlight: REQUESTS_IN_FLIGHT,
			request: (id, place) => recordRequest(place, id),
			read: (id, _place, response) => readRecord(id, response),
			show: (record, query, id) => showRecord(record, id, query, { ...query, elements: [] }),
		},
		identifier: recordNumber,
		query: (read) => ({ ...readPlace(read), isSimple: readSimplify(read) }),
		connection: () => connection,
	}),
	fields: [
		...placeFields,
		{
			displayName: recordNumber.displayName,
			name: recordNumber.name,
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. PL-0809',
			description:
				'The record to read. Several: separated by commas or new lines, or an array from an expression.',
		},
		simplifyProperty,
	],
});
