import { WorkflowExecute } from 'n8n-core';
import { NodeConnectionTypes, Workflow } from 'n8n-workflow';
import type { IDataObject, IExecuteFunctions, INode, INodeProperties, INodeType } from 'n8n-workflow';

import { MemoryCredentials } from './credentials';
import { additionalDataFor, nodeTypesOf, startAt, startNodeType } from './engine';

/** Runs a test's own code as a node on n8n-core's engine, with these parameters and input items. */
export async function asNode(
	parameters: IDataObject,
	items: IDataObject[],
	visit: (engine: IExecuteFunctions) => void,
): Promise<void> {
	const { description } = startNodeType([]);
	const probe: INodeType = {
		description: {
			...description,
			name: 'probe',
			inputs: [NodeConnectionTypes.Main],
			properties: Object.entries(parameters).map(([name, value]) => propertyFor(name, value)),
		},
		async execute(this: IExecuteFunctions) {
			visit(this);
			return [[]];
		},
	};
	const types: Record<string, INodeType> = { start: startNodeType(items), probe };
	const node = (name: string, given: IDataObject): INode => ({
		id: name,
		name,
		type: name,
		typeVersion: 1,
		position: [0, 0],
		parameters: given as INode['parameters'],
	});
	const workflow = new Workflow({
		id: 'probe',
		active: false,
		nodes: [node('start', {}), node('probe', parameters)],
		connections: { start: { main: [[{ node: 'probe', type: NodeConnectionTypes.Main, index: 0 }]] } },
		nodeTypes: nodeTypesOf(types),
	});
	const noCredentials = new MemoryCredentials(() => {
		throw new Error('There are no credentials');
	}, {});
	const run = await new WorkflowExecute(
		additionalDataFor(noCredentials),
		'manual',
		startAt(workflow.getNode('start') as INode),
	).processRunExecutionData(workflow);
	const { error } = run.data.resultData;
	if (error) throw error;
}

function propertyFor(name: string, value: unknown): INodeProperties {
	const shared = { displayName: name, name, default: '' };
	if (typeof value !== 'object' || value === null) return { ...shared, type: 'string' };
	if (!('__rl' in value)) return { ...shared, type: 'collection', default: {}, options: [] };
	const modes: INodeProperties['modes'] = [{ displayName: 'By ID', name: 'id', type: 'string' }];
	return { ...shared, type: 'resourceLocator', default: { mode: 'id', value: '' }, modes };
}
