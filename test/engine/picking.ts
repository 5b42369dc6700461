import { LoadOptionsContext } from 'n8n-core';
import { Workflow } from 'n8n-workflow';
import type {
	IDataObject,
	ILoadOptionsFunctions,
	INode,
	INodeListSearchResult,
	INodeType,
} from 'n8n-workflow';

import { MemoryCredentials } from './credentials';
import { loadPackage } from './engine';

/** One opening of a list that a locator's value is picked from. */
export interface Opening {
	/** The node's name in the package. */
	node: string;
	/** The name of the list. */
	method: string;
	/** The node's parameters as they stand. */
	parameters: IDataObject;
	/** Credential data by credential type. */
	credentials: Record<string, IDataObject>;
	/** What the user has typed. */
	text?: string | undefined;
	/** What the last answer gave, when the user scrolls on. */
	token?: string | undefined;
}

/** What the editor does when somebody opens a list to pick from, types into it, or scrolls on. */
export async function pick({
	node: name,
	method,
	parameters,
	credentials: data,
	text,
	token,
}: Opening): Promise<INodeListSearchResult> {
	const loader = await loadPackage();
	const nodeType = loader.getNode(name).type as INodeType;
	const node: INode = {
		id: '1',
		name: 'Node',
		type: `n8n-nodes-terminate.${name}`,
		typeVersion: 1,
		position: [0, 0],
		parameters: parameters as INode['parameters'],
		credentials: Object.fromEntries(Object.keys(data).map((type) => [type, { id: type, name: type }])),
	};
	const nodeTypes = {
		getByName: () => nodeType,
		getByNameAndVersion: () => nodeType,
		getKnownTypes: () => ({}),
	};
	const workflow = new Workflow({ nodes: [node], connections: {}, active: false, nodeTypes });
	const additionalData = {
		credentialsHelper: new MemoryCredentials((type) => loader.getCredential(type).type, data),
		currentNodeParameters: node.parameters,
	};
	const context = new LoadOptionsContext(workflow, node, additionalData as never, 'parameters');
	const search = nodeType.methods?.listSearch?.[method];
	if (!search) throw new Error(`The node has no list named ${method}`);
	return await search.call(context as unknown as ILoadOptionsFunctions, text, token);
}
