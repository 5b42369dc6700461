import { updateDisplayOptions } from 'n8n-workflow';
import type { INodePropertyOptions } from 'n8n-workflow';

import { howMany, readSimplify, simplifyProperty } from '../../core/n8n/parameters/queryFields';
import { listOperation } from '../../core/n8n/operations/listOperation';
import { routing } from '../../core/n8n/execution/routing';
import { connection } from '../connection';
import { readPlace, readRecordFields, recordFieldsField } from './fields';
import { filtersField, readCriteria } from './filters';
import { RECORDS_PATH } from '../api/record';
import { recordsListing } from '../api/records';

/** Unifier, "Fetch BP Record List", for one item and for the whole input alike. */
export const getAllFinder = listOperation({
	list: recordsListing,
	query: (read, zone) => ({
		...readPlace(read),
		criteria: readCriteria(read, zone),
		elements: readRecordFields(read(recordFieldsField.name)),
		isSimple: readSimplify(read),
	}),
	connection: () => connection,
});

/** The operation as the user picks it, with what n8n's routing engine does for it. */
export const getAllOperation: INodePropertyOptions = {
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many BP records',
	description: 'List records of a business process by status, record number and other data elements',
	routing: routing(getAllFinder, { method: 'POST', url: RECORDS_PATH }),
};

/** The fields of the operation. */
export const getAllFields = updateDisplayOptions(
	{ show: { resource: ['bpRecord'], operation: ['getAll'] } },
	[...howMany, simplifyProperty, recordFieldsField, filtersField],
);
