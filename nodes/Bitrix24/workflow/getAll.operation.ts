import { defineOperation } from '../../core/n8n/defineOperation';
import { listOperation } from '../../core/n8n/operations/listOperation';
import { Filters } from '../../core/n8n/parameters/filters';
import {
	filtersProperty,
	howMany,
	momentFilter,
	readSimplify,
	simplifyProperty,
} from '../../core/n8n/parameters/queryFields';
import { clock } from '../../core/util/clock';
import { INSTANCES } from '../api/instance';
import { FILTER, instancesListing } from '../api/instances';
import { connectionFor } from '../connection';
import { readEqual, readNumber } from './filters';

/** Lists running workflows. */
export const getAll = defineOperation({
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many workflows',
	description: 'List running workflows by template, document, starter and time, or those that are stuck',
	request: { method: 'POST', url: `/${INSTANCES}` },
	operation: listOperation({
		list: instancesListing,
		query: (read, zone) => {
			const filters = new Filters(read('filters'), zone);
			return {
				templateId: readNumber(filters, 'templateId', FILTER.templateId),
				moduleId: readEqual(filters, 'moduleId', FILTER.moduleId),
				entity: readEqual(filters, 'entity', FILTER.entity),
				documentId: readEqual(filters, 'documentId', FILTER.documentId),
				startedBy: readNumber(filters, 'startedBy', FILTER.startedBy),
				startedAfter: filters.moment('startedAfter', FILTER.startedAfter),
				startedBefore: filters.moment('startedBefore', FILTER.startedBefore),
				stuck: filters.flag('stuck', FILTER.stuck),
				now: clock.now(),
				isSimple: readSimplify(read),
			};
		},
		connection: connectionFor,
	}),
	fields: [
		...howMany,
		simplifyProperty,
		filtersProperty([
			{
				displayName: FILTER.documentId,
				name: 'documentId',
				type: 'string',
				default: '',
				placeholder: 'e.g. DEAL_1633',
				description: 'The exact ID of the document that the workflows run on',
			},
			{
				displayName: FILTER.entity,
				name: 'entity',
				type: 'string',
				default: '',
				placeholder: 'e.g. CCrmDocumentDeal',
				description: "The exact kind of the documents, by the name of its class in Bitrix24's server",
			},
			{
				displayName: FILTER.moduleId,
				name: 'moduleId',
				type: 'string',
				default: '',
				placeholder: 'e.g. crm',
				description: 'The exact module of the documents: crm, lists or disk',
			},
			momentFilter('startedAfter', FILTER.startedAfter, 'The earliest start'),
			momentFilter('startedBefore', FILTER.startedBefore, 'The latest start'),
			{
				displayName: FILTER.startedBy,
				name: 'startedBy',
				type: 'string',
				default: '',
				placeholder: 'e.g. 57',
				description: 'The ID of the user who started the workflows; 0 for those that automation started',
			},
			{
				displayName: FILTER.stuck,
				name: 'stuck',
				type: 'boolean',
				default: true,
				description:
					'Whether to list only workflows that are stuck, which means that their lock ended more than five minutes ago. Turned off, only those that are not.',
			},
			{
				displayName: FILTER.templateId,
				name: 'templateId',
				type: 'resourceLocator',
				default: { mode: 'list', value: '' },
				description: 'The template that the workflows follow',
				modes: [
					{
						displayName: 'From List',
						name: 'list',
						type: 'list',
						typeOptions: { searchListMethod: 'searchTemplates', searchable: true },
					},
					{
						displayName: 'By ID',
						name: 'id',
						type: 'string',
						placeholder: 'e.g. 212',
						hint: 'Bitrix24 does not list the templates of automation rules; enter their ID here',
					},
				],
			},
		]),
	],
});
