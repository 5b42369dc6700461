import { defineOperation } from '../../core/n8n/defineOperation';
import { listOperation } from '../../core/n8n/operations/listOperation';
import { Filters, readCriteria } from '../../core/n8n/parameters/filters';
import { listOptions } from '../../core/n8n/parameters/listOptions';
import { filtersProperty, howMany } from '../../core/n8n/parameters/queryFields';
import { DEFINITIONS } from '../api/definitions';
import { NOUN } from '../api/instance';
import { inDefinition, instanceList } from '../api/instances';
import { connection } from '../connection';
import { definitionLocator, readDefinitionId, workflowOutput } from './fields';
import { filterFields, workflowFilters } from './filters';

/** Get Many: 8x8 Automation, "List instances", over all versions of a definition. */
export const getAll = defineOperation({
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many workflows',
	description: 'List the workflows of a definition, in all its versions, by status and start time',
	request: { method: 'GET', url: DEFINITIONS },
	operation: listOperation({
		list: instanceList,
		query: (read, zone) => {
			const filters = new Filters(read('filters'), zone);
			const definitionId = readDefinitionId(read('definitionId'));
			return {
				definitionId,
				criteria: [inDefinition(definitionId), ...readCriteria(workflowFilters, filters)],
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
			vague: "'Status' alone does not say it.",
			sort: 'For the oldest first the whole list is read.',
		}),
	],
});
