import { defineOperation } from '../../core/n8n/defineOperation';
import { listOperation } from '../../core/n8n/operations/listOperation';
import { Filters, readCriteria } from '../../core/n8n/parameters/filters';
import { listOptions } from '../../core/n8n/parameters/listOptions';
import { filtersProperty, howMany } from '../../core/n8n/parameters/queryFields';
import { clock } from '../../core/util/clock';
import { INSTANCES, NOUN } from '../api/instance';
import { instanceList } from '../api/instances';
import { connectionFor } from '../connection';
import { workflowOutput } from './fields';
import { instanceFilters } from './filters';

/** In the order of their labels, as n8n requires for a menu. */
const filterFields = instanceFilters(0)
	.map(({ field }) => field)
	.sort((a, b) => (a.displayName < b.displayName ? -1 : 1));

/** Lists running workflows. */
export const getAll = defineOperation({
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many workflows',
	description: 'List running workflows by template, document, user and time, or only those that are stuck',
	request: { method: 'POST', url: `/${INSTANCES}` },
	operation: listOperation({
		list: instanceList,
		query: (read, zone) => {
			const now = clock.wallTime();
			return {
				criteria: readCriteria(instanceFilters(now), new Filters(read('filters'), zone)),
				now,
				...workflowOutput.read(read),
			};
		},
		connection: connectionFor,
	}),
	fields: [
		...howMany,
		...workflowOutput.fields,
		filtersProperty(filterFields),
		listOptions({ noun: NOUN, vague: "Turning 'Stuck' off is not enough." }),
	],
});
