import { updateDisplayOptions } from 'n8n-workflow';
import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import { readSimplify, simplifyProperty } from '../../core/n8n/parameters/queryFields';
import { lookupOperation } from '../../core/n8n/operations/lookupOperation';
import { routing } from '../../core/n8n/execution/routing';
import { connection } from '../connection';
import { readPlace, recordNumber } from './fields';
import { RECORD_PATH, recordRequest, showRecord, THINGS } from '../api/record';
import type { Place } from '../api/record';
import { readRecord } from '../api/responses';

/** Unifier documents no limit; one request reads one record. */
const REQUESTS_IN_FLIGHT = 5;

/** Unifier, "Get BP Record", for one item and for the whole input alike. */
export const getFinder = lookupOperation<Place & { isSimple: boolean }>({
	lookup: {
		noun: THINGS,
		requestsInFlight: REQUESTS_IN_FLIGHT,
		request: (id, place) => recordRequest(place, id),
		read: (id, _place, response) => readRecord(id, response),
		show: (record, query, id) => showRecord(record, id, query, { ...query, elements: [] }),
	},
	identifier: recordNumber,
	query: (read) => ({ ...readPlace(read), isSimple: readSimplify(read) }),
	connection: () => connection,
});

/** The operation as the user picks it, with what n8n's routing engine does for it. */
export const getOperation: INodePropertyOptions = {
	name: 'Get',
	value: 'get',
	action: 'Get BP record',
	description: 'Read records of a business process with their status',
	routing: routing(getFinder, { method: 'GET', url: RECORD_PATH }),
};

const fields: INodeProperties[] = [
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
];

/** The fields of the operation. */
export const getFields = updateDisplayOptions(
	{ show: { resource: ['bpRecord'], operation: ['get'] } },
	fields,
);
