import { defineOperation } from '../../core/n8n/defineOperation';
import { listOperation } from '../../core/n8n/operations/listOperation';
import { outputFields } from '../../core/n8n/parameters/outputFields';
import { howMany } from '../../core/n8n/parameters/queryFields';
import { definitionList } from '../api/definitionList';
import { DEFINITIONS } from '../api/definitions';
import { connection } from '../connection';

/** The form in which definitions come; the raw one has all their steps ("List definitions"). */
const output = outputFields({
	idField: 'definitionId',
	simplified: ['name', 'version', 'status', 'trigger', 'subAccountId', 'createdAt'],
	rawHolds: 'all their steps',
});

/** Get Many: 8x8 Automation, "List definitions". */
export const getAll = defineOperation({
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many definitions',
	description: 'List the workflow definitions of the account, each with its latest version',
	request: { method: 'GET', url: DEFINITIONS },
	operation: listOperation({
		list: definitionList,
		query: (read) => ({ criteria: [], ...output.read(read) }),
		connection: () => connection,
	}),
	fields: [...howMany, ...output.fields],
});
