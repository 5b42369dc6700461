import type { INode, INodeExecutionData } from 'n8n-workflow';

import { mapYielding } from '../../util/concurrency';
import type { OperationResult } from '../operations/operation';
import { errorOutputFormat } from '../output/host';

/**
 * The output of a node by its On Error setting.
 *
 * @throws NodeApiError in Stop mode, where something failed
 */
export async function finish(
	engine: { getNode(): INode; continueOnFail(): boolean },
	result: OperationResult,
): Promise<INodeExecutionData[]> {
	const error = engine.continueOnFail() ? undefined : await result.error();
	if (error) throw error;
	return await mapYielding(await result.items(), errorOutputFormat(engine.getNode()));
}
