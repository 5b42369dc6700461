import { defineOperation } from '../../core/n8n/defineOperation';
import { listOperation } from '../../core/n8n/operations/listOperation';
import { Filters } from '../../core/n8n/parameters/filters';
import { listOptions } from '../../core/n8n/parameters/listOptions';
import { howMany } from '../../core/n8n/parameters/queryFields';
import { NOUN, PROCESS_INSTANCES } from '../api/instance';
import { instanceList } from '../api/instances';
import { connection } from '../connection';
import { instanceOutput } from './fields';
import { filtersField, readInstanceCriteria } from './filters';

/** EnOS BPM, "Query Process Instance". */
export const getAll = defineOperation({
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many process instances',
	description: 'List process instances by status, name, user and time; by default only those in progress',
	request: { method: 'POST', url: `${PROCESS_INSTANCES}/queryList` },
	operation: listOperation({
		list: instanceList,
		query: (read, zone) => ({
			criteria: readInstanceCriteria(new Filters(read(filtersField.name), zone)),
			...instanceOutput.read(read),
		}),
		connection: () => connection,
	}),
	fields: [
		...howMany,
		...instanceOutput.fields,
		filtersField,
		listOptions({ noun: NOUN, vague: "'Process Status' and 'Can Be Terminated' alone are not enough." }),
	],
});
