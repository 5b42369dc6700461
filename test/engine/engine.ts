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
	IRun,
	ITaskData,
	IWorkflowExecuteAdditionalData,
	OnError,
} from 'n8n-workflow';
import { join } from 'node:path';

import { MemoryCredentials } from './credentials';

/** The package that is tested: this one after its build, or one that was unpacked elsewhere. */
const ROOT = process.env['PACKAGE_UNDER_TEST'] ?? join(__dirname, '..', '..');
const PACKAGE = 'n8n-nodes-terminate';

/** The expression engines that n8n can run with: `vm` is n8n's default, `legacy` the one of a bare process. */
export type ExpressionEngine = 'legacy' | 'vm';

/** Switches this process to one of n8n's expression engines. Once per test file. */
export async function useExpressionEngine(engine: ExpressionEngine): Promise<void> {
	if (engine === 'legacy') return;
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

let loading: Promise<PackageDirectoryLoader> | undefined;

/** This package, loaded from dist by n8n's own directory loader. */
export async function loadPackage(): Promise<PackageDirectoryLoader> {
	loading ??= (async () => {
		const loader = new PackageDirectoryLoader(ROOT);
		await loader.loadAll();
		return loader;
	})();
	return await loading;
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
		const data = createEmptyRunExecutionData();
		const start = workflow.getNode('Start') as INode;
		data.executionData = {
			contextData: {},
			metadata: {},
			waitingExecution: {},
			waitingExecutionSource: {},
			nodeExecutionStack: [{ node: start, data: { main: [[{ json: {} }]] }, source: null }],
		};
		const promise = new WorkflowExecute(additionalData, 'manual', data).processRunExecutionData(workflow);
		cancel = () => promise.cancel();
		const run = await promise;
		return resultOf(run, credentials);
	})();
	return { finished, cancel: () => cancel() };
}

async function prepare({
	node,
	parameters,
	items = [{}],
	credentials: data,
	onError,
	retryOnFail,
}: NodeRun): Promise<{
	workflow: Workflow;
	additionalData: IWorkflowExecuteAdditionalData;
	credentials: MemoryCredentials;
}> {
	const loader = await loadPackage();
	const nodeType = routed(loader.getNode(node).type as INodeType);
	const credentials = new MemoryCredentials((name) => typeOf(loader, name), data);
	const types: Record<string, INodeType> = { start: startNodeType(items), [`${PACKAGE}.${node}`]: nodeType };
	const workflow = new Workflow({
		id: 'test',
		active: false,
		nodes: [
			{ id: '1', name: 'Start', type: 'start', typeVersion: 1, position: [0, 0], parameters: {} },
			{
				id: '2',
				name: 'Node',
				type: `${PACKAGE}.${node}`,
				typeVersion: 1,
				position: [200, 0],
				parameters: parameters as INode['parameters'],
				credentials: Object.fromEntries(Object.keys(data).map((type) => [type, { id: type, name: type }])),
				...(onError && { onError }),
				...(retryOnFail && { retryOnFail: true, maxTries: retryOnFail.maxTries, waitBetweenTries: 0 }),
			},
		],
		connections: { Start: { main: [[{ node: 'Node', type: NodeConnectionTypes.Main, index: 0 }]] } },
		nodeTypes: {
			getByName: (name) => types[name] as INodeType,
			getByNameAndVersion: (name) => types[name] as INodeType,
			getKnownTypes: () => ({}),
		},
	});
	const additionalData = {
		hooks: new ExecutionLifecycleHooks('manual', '1', {} as never),
		credentialsHelper: credentials,
		executionId: '1',
		currentNodeExecutionIndex: 0,
		variables: {},
		secretsHelpers: {},
		restApiUrl: '',
		instanceBaseUrl: '',
		webhookBaseUrl: '',
	} as unknown as IWorkflowExecuteAdditionalData;
	return { workflow, additionalData, credentials };
}

/** n8n gives a declarative node the routing engine as its `execute`; that happens outside n8n-core. */
function routed(nodeType: INodeType): INodeType {
	if (!('execute' in nodeType)) {
		nodeType.execute = async function (this: IExecuteFunctions) {
			return (await new RoutingNode(this as never, nodeType).runNode()) ?? null;
		};
	}
	return nodeType;
}

function startNodeType(items: IDataObject[]): INodeType {
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
