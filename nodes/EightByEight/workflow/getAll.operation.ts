import { defineOperation } from '../../core/n8n/defineOperation';
import { listOperation } from '../../core/n8n/operations/listOperation';
import { Filters } from '../../core/n8n/parameters/filters';
import { filtersProperty, howMany, readSimplify } from '../../core/n8n/parameters/queryFields';
import { DEFINITIONS } from '../api/definitions';
import { inDefinition, instanceList } from '../api/instances';
import { connection } from '../connection';
import { definitionLocator, readDefinitionId, simplifyWorkflows } from './fields';
import { filterFields, readWorkflowCriteria } from './filters';

/** Get Many: 8x8 Automation, "List instances", over all versions of a definition, the newest first. */
export const getAll = defineOperation({
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many workflows',
	description:
		'List workflows of a definition in all versions; without a status those that run or are suspended',
	request: { method: 'GET', url: DEFINITIONS },
	operation: listOperation({
		list: instanceList,
		query: (read, zone) => {
			const filters = new Filters(read('filters'), zone);
			const definitionId = readDefinitionId(read('definitionId'));
			return {
				definitionId,
				criteria: [inDefinition(definitionId), ...readWorkflowCriteria(filters)],
				isSimple: readSimplify(read),
			};
		},
		connection: () => connection,
	}),
	fields: [definitionLocator, ...howMany, simplifyWorkflows, filtersProperty(filterFields)],
});
