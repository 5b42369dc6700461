import type { INode, IWorkflowDataProxyData } from 'n8n-workflow';

import type { OperationHost } from '../operations/operation';

/** What n8n says about the run of a node. */
interface Engine {
	getNode(): INode;
	getExecutionId(): string | undefined;
	getWorkflowDataProxy(itemIndex: number): IWorkflowDataProxyData;
}

/**
 * What all items and all tries of one run of a node have in common: with Retry On Fail n8n runs the node again under the same
 * execution and run index.
 */
export function runOf(
	engine: Engine,
	item: number,
): Pick<OperationHost, 'runKey' | 'execution' | 'mayBeRetried'> {
	const { id, name, retryOnFail } = engine.getNode();
	const execution = engine.getExecutionId();
	if (!execution) return { runKey: undefined, execution: undefined, mayBeRetried: false };
	const runIndex: unknown = engine.getWorkflowDataProxy(item)['$runIndex'];
	return {
		runKey: JSON.stringify([execution, id, name, runIndex]),
		execution: { execution, node: JSON.stringify([id, name]) },
		mayBeRetried: retryOnFail === true,
	};
}
