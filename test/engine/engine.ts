import 'reflect-metadata';

import { ExecutionLifecycleHooks, PackageDirectoryLoader, RoutingNode, WorkflowExecute } from 'n8n-core';
import { createEmptyRunExecutionData, Expression, NodeConnectionTypes, Workflow } from 'n8n-workflow';
import type {
	ICredentialType,
	IDataObject,
	IExecuteFunctions,
	INode,
	INodeExecutionData,
	INodeType,
	INodeTypes,
	IRun,
	IRunExecutionData,
	ITaskData,
	IWorkflowExecuteAdditionalData,
	OnError,
} from 'n8n-workflow';
import { join } from 'node:path';

import { MemoryCredentials } from './credentials';
import type { CredentialStore } from './credentials';
import { hurry } from './time';

/** The package that is tested: this one after its build, or one that was unpacked elsewhere. */
export const ROOT = process.env['PACKAGE_UNDER_TEST'] ?? join(__dirname, '..', '..');
const PACKAGE = 'n8n-nodes-terminate';

/**
 * The ways on which n8n runs a declarative node: with the whole input at once through `customOperations`, or item by item
 * through its routing engine (as a tool that is called directly, and in versions without customOperations).
 */
export type Path = 'wholeInput' | 'routing';

/** The expression engines that n8n can run with: `vm` is n8n's default, `legacy` the one of a bare process. */
export type ExpressionEngine = 'legacy' | 'vm';

let isVm = false;

/** Switches the tests of a file to one of n8n's expression engines. There is no way back from `vm`. */
export async function useExpressionEngine(engine: ExpressionEngine): Promise<void> {
	if (engine === 'legacy' || isVm) return;
	isVm = true;
	await Expression.initExpressionEngine({
		engine: 'vm',
		bridgeTimeout: 5000,
		bridgeMemoryLimit: 128,
		maxCodeCacheSize: 1024,
		poolSize: 1,
	});
}

/** One run of one of our nodes behind a node that hands it items. */
export interface NodeRun {
	/** The node's name in the package, such as `eightByEight`. */
	node: string;
	parameters: IDataObject;
	/** The json of each input item. Default: one empty item. */
	items?: IDataObject[];
	/** Credential data by credential type. */
	credentials: Record<string, IDataObject>;
	onError?: OnError;
	retryOnFail?: { maxTries: number };
	/** The node's setting Execute Once. */
	executeOnce?: boolean;
	/** As the tool that n8n makes of the node, with the form and the type of a tool. Default: an ordinary node. */
	asTool?: boolean;
	/** Default: `wholeInput`, as n8n does where it can. */
	path?: Path;
	/** Where the package lies that this worker of n8n has loaded. Default: the one that is tested. */
	root?: string;
	/** What n8n keeps of credentials, where several workers share it. */
	store?: CredentialStore;
}

/** What came of it. */
export interface NodeResult {
	/** Items on the main output. */
	success: INodeExecutionData[];
	/** Items on the error output; empty unless On Error is `continueErrorOutput`. */
	errors: INodeExecutionData[];
	/** What the execution failed with. */
	error?: { message: string; description?: string | null; context: IDataObject; httpCode?: string };
	run: IRun;
	credentials: MemoryCredentials;
}

const loading = new Map<string, Promise<PackageDirectoryLoader>>();

/** This package, loaded from dist by n8n's own directory loader. Its waits are a hundred times shorter than in life. */
export async function loadPackage(root = ROOT): Promise<PackageDirectoryLoader> {
	const loaded =
		loading.get(root) ??
		(async () => {
			const loader = new PackageDirectoryLoader(root);
			await loader.loadAll();
			hurry(root, 100);
			return loader;
		})();
	loading.set(root, loaded);
	return await loaded;
}

/** A credential class of this package by its type name, as n8n loads it. */
export async function credentialType(name: string): Promise<ICredentialType> {
	const { type } = (await loadPackage()).getCredential(name);
	return type;
}

/** Runs one node on n8n-core's engine. */
export async function runNode(options: NodeRun): Promise<NodeResult> {
	return await startNode(options).finished;
}

/** Starts one node on n8n-core's engine; `cancel` cancels the execution. */
export function startNode(options: NodeRun): { finished: Promise<NodeResult>; cancel: () => void } {
	let cancel = (): void => undefined;
	const finished = (async (): Promise<NodeResult> => {
		const { workflow, additionalData, credentials } = await prepare(options);
		const data = startAt(workflow.getNode('Start') as INode);
		const promise = new WorkflowExecute(additionalData, 'manual', data).processRunExecutionData(workflow);
		cancel = () => promise.cancel();
		const run = await promise;
		return resultOf(run, credentials);
	})();
	return { finished, cancel: () => cancel() };
}

/**
 * Calls one of our nodes as a tool, the way n8n does where no agent stands in between (the editor's tool test, for one):
 * a node with one input item for each call makes all calls at once. The results are what a model reads.
 */
export async function invokeAsTool(
	{ node, parameters, credentials: data }: Pick<NodeRun, 'node' | 'parameters' | 'credentials'>,
	calls: IDataObject[],
	executionId?: string,
): Promise<Array<PromiseSettledResult<string>>> {
	const loader = await loadPackage();
	const nodeType = toolOf(routed(loader.getNode(node).type as INodeType));
	const tool: INodeType = {
		...nodeType,
		description: { ...nodeType.description, inputs: [], outputs: [NodeConnectionTypes.AiTool] },
	};
	let results: Array<PromiseSettledResult<string>> = [];
	const parent: INodeType = {
		description: { ...startNodeType([]).description, name: 'parent', inputs: [NodeConnectionTypes.Main] },
		async execute(this: IExecuteFunctions) {
			const tools = (await this.getInputConnectionData(NodeConnectionTypes.AiTool, 0)) as Array<{
				invoke: (input: IDataObject) => Promise<string>;
			}>;
			results = await Promise.allSettled(calls.map(async (call) => (await tools[0]?.invoke(call)) ?? ''));
			return [[{ json: {} }]];
		},
	};
	parent.description.inputs = [NodeConnectionTypes.Main, NodeConnectionTypes.AiTool];
	const credentials = new MemoryCredentials((name) => typeOf(loader, name), data);
	const type = `${PACKAGE}.${node}Tool`;
	const types: Record<string, INodeType> = { start: startNodeType(calls), parent, [type]: tool };
	const workflow = new Workflow({
		id: 'tool',
		active: false,
		nodes: [
			{ id: '1', name: 'Start', type: 'start', typeVersion: 1, position: [0, 0], parameters: {} },
			{ id: '2', name: 'Parent', type: 'parent', typeVersion: 1, position: [200, 0], parameters: {} },
			{
				id: '3',
				name: 'Tool',
				type,
				typeVersion: 1,
				position: [200, 200],
				parameters: {
					...(parameters as INode['parameters']),
					descriptionType: 'manual',
					toolDescription: 'Ends processes',
				},
				credentials: Object.fromEntries(Object.keys(data).map((type) => [type, { id: type, name: type }])),
			},
		],
		connections: {
			Start: { main: [[{ node: 'Parent', type: NodeConnectionTypes.Main, index: 0 }]] },
			Tool: { ai_tool: [[{ node: 'Parent', type: NodeConnectionTypes.AiTool, index: 0 }]] },
		},
		nodeTypes: nodeTypesOf(types),
	});
	const run = await new WorkflowExecute(
		additionalDataFor(credentials, executionId),
		'manual',
		startAt(workflow.getNode('Start') as INode),
	).processRunExecutionData(workflow);
	const { error } = run.data.resultData;
	if (error) throw error;
	return results;
}

async function prepare({
	node,
	parameters,
	items = [{}],
	credentials: data,
	onError,
	retryOnFail,
	executeOnce,
	asTool = false,
	path = 'wholeInput',
	root,
	store,
}: NodeRun): Promise<{
	workflow: Workflow;
	additionalData: IWorkflowExecuteAdditionalData;
	credentials: MemoryCredentials;
}> {
	const loader = await loadPackage(root);
	const ordinary = routed(loader.getNode(node).type as INodeType, path);
	const [type, nodeType] = asTool ? [`${node}Tool`, toolOf(ordinary)] : [node, ordinary];
	const credentials = new MemoryCredentials((name) => typeOf(loader, name), data, store);
	const types: Record<string, INodeType> = { start: startNodeType(items), [`${PACKAGE}.${type}`]: nodeType };
	const workflow = new Workflow({
		id: 'test',
		active: false,
		nodes: [
			{ id: '1', name: 'Start', type: 'start', typeVersion: 1, position: [0, 0], parameters: {} },
			{
				id: '2',
				name: 'Node',
				type: `${PACKAGE}.${type}`,
				typeVersion: 1,
				position: [200, 0],
				parameters: parameters as INode['parameters'],
				credentials: Object.fromEntries(Object.keys(data).map((type) => [type, { id: type, name: type }])),
				...(onError && { onError }),
				...(executeOnce && { executeOnce }),
				...(retryOnFail && { retryOnFail: true, maxTries: retryOnFail.maxTries, waitBetweenTries: 1 }),
			},
		],
		connections: { Start: { main: [[{ node: 'Node', type: NodeConnectionTypes.Main, index: 0 }]] } },
		nodeTypes: nodeTypesOf(types),
	});
	return { workflow, additionalData: additionalDataFor(credentials), credentials };
}

/** The node types of a workflow, by name. */
export function nodeTypesOf(types: Readonly<Record<string, INodeType>>): INodeTypes {
	return {
		getByName: (name) => types[name] as INodeType,
		getByNameAndVersion: (name) => types[name] as INodeType,
		getKnownTypes: () => ({}),
	};
}

/** What n8n-core needs besides the workflow. */
export function additionalDataFor(
	credentialsHelper: MemoryCredentials,
	executionId = '1',
): IWorkflowExecuteAdditionalData {
	return {
		hooks: new ExecutionLifecycleHooks('manual', executionId, {} as never),
		credentialsHelper,
		executionId,
		currentNodeExecutionIndex: 0,
		variables: {},
		secretsHelpers: {},
		restApiUrl: '',
		instanceBaseUrl: '',
		webhookBaseUrl: '',
	} as unknown as IWorkflowExecuteAdditionalData;
}

/** Run data of an execution that begins at a node. */
export function startAt(node: INode): IRunExecutionData {
	const data = createEmptyRunExecutionData();
	data.executionData = {
		contextData: {},
		metadata: {},
		waitingExecution: {},
		waitingExecutionSource: {},
		nodeExecutionStack: [{ node, data: { main: [[{ json: {} }]] }, source: null }],
	};
	return data;
}

/** n8n gives a declarative node the routing engine as its `execute`; that happens outside n8n-core. */
function routed({ description, methods, customOperations }: INodeType, path: Path = 'routing'): INodeType {
	const nodeType: INodeType = {
		description,
		...(methods && { methods }),
		...(path === 'wholeInput' && customOperations && { customOperations }),
		async execute(this: IExecuteFunctions) {
			return (await new RoutingNode(this as never, nodeType).runNode()) ?? null;
		},
	};
	return nodeType;
}

/** n8n gives the tool that it makes of a node a type of its own; its `execute` is still that of the node. */
function toolOf(nodeType: INodeType): INodeType {
	const { description } = nodeType;
	return { ...nodeType, description: { ...description, name: `${description.name}Tool` } };
}

/** A node that hands on these items. */
export function startNodeType(items: IDataObject[]): INodeType {
	return {
		description: {
			displayName: 'Start',
			name: 'start',
			group: [],
			version: 1,
			description: '',
			defaults: { name: 'Start' },
			inputs: [],
			outputs: [NodeConnectionTypes.Main],
			properties: [],
		},
		execute: async () => [items.map((json, item) => ({ json, pairedItem: { item } }))],
	};
}

function typeOf(loader: PackageDirectoryLoader, name: string): ICredentialType {
	return loader.getCredential(name).type;
}

function resultOf(run: IRun, credentials: MemoryCredentials): NodeResult {
	const tries: ITaskData[] = run.data.resultData.runData['Node'] ?? [];
	const last = tries.at(-1);
	const error = (last?.error ?? run.data.resultData.error) as unknown as NodeResult['error'];
	return {
		success: last?.data?.['main']?.[0] ?? [],
		errors: last?.data?.['main']?.[1] ?? [],
		...(error && { error }),
		run,
		credentials,
	};
}
