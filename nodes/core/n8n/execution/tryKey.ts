import type { INode, IWorkflowDataProxyData } from 'n8n-workflow';

/** What n8n says about the run of a node. */
interface Engine {
	getNode(): INode;
	getExecutionId(): string | undefined;
	getWorkflowDataProxy(itemIndex: number): IWorkflowDataProxyData;
}

/**
 * What all tries of one run of a node have in common: with Retry On Fail n8n runs the node again under the same execution
 * and run index. Undefined where n8n does not run it again.
 */
export function tryKeyOf(engine: Engine, item: number): string | undefined {
	const { id, name, retryOnFail } = engine.getNode();
	const execution = engine.getExecutionId();
	if (!retryOnFail || !execution) return undefined;
	return JSON.stringify([execution, id, name, engine.getWorkflowDataProxy(item)['$runIndex']]);
}
