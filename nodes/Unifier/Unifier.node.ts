import { NodeConnectionTypes } from 'n8n-workflow';
import type { INodeType, INodeTypeDescription } from 'n8n-workflow';

import { listSearch } from '../core/n8n/listSearch';
import { bpRecord } from './bpRecord/bpRecord.resource';
import { businessProcesses, projects } from './bpRecord/pickLists';

export class Unifier implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Unifier',
		name: 'unifier',
		icon: { light: 'file:unifier.svg', dark: 'file:unifier.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle: '={{ $parameter["operation"] + ": " + $parameter["resource"] }}',
		description: 'Find and end running business process records in Oracle Primavera Unifier',
		defaults: { name: 'Unifier' },
		usableAsTool: {
			replacements: {
				description:
					'Finds business process records in Oracle Primavera Unifier, reads their status, and ends running ones. Ending cannot be undone. Call Get or Get Many first, and pass record numbers exactly as they were returned.',
			},
		},
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'unifierApi', required: true }],
		requestDefaults: {
			baseURL: '={{ $credentials.baseUrl.trim().replace(/\\/+$/, "") }}',
			disableFollowRedirect: true,
		},
		properties: [
			{
				displayName: 'Resource',
				name: 'resource',
				type: 'options',
				noDataExpression: true,
				options: [
					{
						name: 'BP Record',
						value: 'bpRecord',
						description: 'A record of a business process, with or without a workflow',
					},
				],
				default: 'bpRecord',
			},
			...bpRecord.properties,
		],
	};

	customOperations = { bpRecord: bpRecord.customOperations };

	methods = {
		listSearch: {
			searchBusinessProcesses: listSearch(businessProcesses),
			searchProjects: listSearch(projects),
		},
	};
}
