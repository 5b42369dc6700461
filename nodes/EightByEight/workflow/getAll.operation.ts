import { defineOperation } from '../../core/n8n/defineOperation';
import { listOperation } from '../../core/n8n/operations/listOperation';
import { Filters } from '../../core/n8n/parameters/filters';
import { listOptions } from '../../core/n8n/parameters/listOptions';
import { filtersProperty, howMany } from '../../core/n8n/parameters/queryFields';
import { DEFINITIONS } from '../api/definitions';
import { NOUN } from '../api/instance';
import { inDefinition, instanceList } from '../api/instances';
import { connection } from '../connection';
import { definitionLocator, readDefinitionId, workflowOutput } from './fields';
import { filterFields, readWorkflowCriteria } from './filters';

/** Get Many: 8x8 Automation, "List instances", over all versions of a definition, the newest first. */
export const getAll = defineOperation({
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many workflows',
	description:
		'List the workflows of a definition in all its versions; by default only running or suspended ones',
	request: { method: 'GET', url: DEFINITIONS },
	operation: listOperation({
		list: instanceList,
		query: (read, zone) => {
			const filters = new Filters(read('filters'), zone);
			const definitionId = readDefinitionId(read('definitionId'));
			return {
				definitionId,
				criteria: [inDefinition(definitionId), ...readWorkflowCriteria(filters)],
				...workflowOutput.read(read),
			};
		},
		connection: () => connection,
	}),
	fields: [
		definitionLocator,
		...howMany,
		...workflowOutput.fields,
		filtersProperty(filterFields),
		listOptions({
			noun: NOUN,
			vague: "'Status' alone is not enough.",
			sort: "With 'Oldest First', the whole list is read.",
		}),
	],
});
