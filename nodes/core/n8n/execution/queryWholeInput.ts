import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { errorOutputFormat } from '../output/host';
import { readUserRequestOptions } from '../transport/userRequestOptions';
import { SharedParameters } from './sharedParameters';
import { mapYielding } from '../../util/concurrency';
import { n8nTransport } from '../transport/n8nTransport';
import type { Finder } from '../operations/operation';
import { failsNode, nothingFound, stopError, toItem } from '../output/queryItems';
import type { ItemResult } from '../output/queryItems';
import { Service } from '../operations/queryOperation';
import { serveItems } from '../operations/serving';

/**
 * A look-up as n8n's `customOperations` runs it, with all items of the input: they share one pace, and a fault that
 * would meet all of them is met once. Gives the same items as the declared operation.
 */
export function findForWholeInput(
	finder: Finder,
): (this: IExecuteFunctions) => Promise<INodeExecutionData[][]> {
	return async function (this: IExecuteFunctions) {
		let served: ItemResult[];
		try {
			served = await serveAll(this, finder);
		} catch (error) {
			// In the Continue modes a node that throws would put its input items on the success output.
			served = this.getInputData().map((_, item) => Service.refused(error, item));
		}
		if (!this.continueOnFail() && failsNode(this.getNode(), served)) {
			throw stopError(this.getNode(), served, finder.noun);
		}
		if (served.length === 0) return [nothingFound(this.getNode(), finder.noun, 0)];
		const leave = errorOutputFormat(this.getNode());
		return [await mapYielding(served, (one) => leave(toItem(one)))];
	};
}

async function serveAll(engine: IExecuteFunctions, finder: Finder): Promise<ItemResult[]> {
	const parameters = new SharedParameters(engine.getNode().parameters, (name, item) =>
		engine.getNodeParameter(name, item, undefined, { extractValue: true }),
	);
	const { prepared, rates } = readUserRequestOptions(engine.getNodeParameter('requestOptions', 0, {}));
	const host = {
		read: parameters.at(0),
		getCredentials: async (type: string) => await engine.getCredentials(type, 0),
		transport: n8nTransport(engine, prepared),
		zone: engine.getTimezone(),
		signal: engine.getExecutionCancelSignal(),
		rates,
		tellUser: (message: string) => tellUser(engine, message),
	};
	const items = engine.getInputData().map((_, item) => item);
	return await serveItems(finder, host, items, (item) => parameters.at(item));
}

/** On the output panel, and in n8n's log, where executions that nobody watches leave it. */
function tellUser(engine: IExecuteFunctions, message: string): void {
	engine.logger.warn(message);
	// Older versions of n8n have no hints.
	const { addExecutionHints } = engine as Partial<IExecuteFunctions>;
	addExecutionHints?.call(engine, { message, type: 'warning', location: 'outputPane' });
}
