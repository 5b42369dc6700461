import type {
	DeclarativeRestApiSettings,
	IExecutePaginationFunctions,
	INodeExecutionData,
	INodePropertyRouting,
} from 'n8n-workflow';

import type { ParameterReader } from '../parameters/reader';
import { errorOutputFormat } from '../output/host';
import { carryResponse, routingTransport } from '../transport/n8nTransport';
import type { Finder } from '../operations/operation';
import { failsNode, nothingFound, stopError, toItem } from '../output/queryItems';
import type { ItemResult } from '../output/queryItems';
import { Service } from '../operations/queryOperation';
import { serveItems } from '../operations/serving';

/**
 * Declares a look-up for n8n's routing engine, which runs it for one item at a time where a tool is called directly. The
 * requests are made in its pagination hook.
 */
export function declareFinder(
	finder: Finder,
	request: DeclarativeRestApiSettings.HttpRequestOptions,
): INodePropertyRouting {
	return {
		request,
		send: { paginate: true },
		operations: {
			async pagination(this: IExecutePaginationFunctions, prepared) {
				return await findForItem(this, prepared, finder);
			},
		},
		output: { postReceive: [carryResponse] },
	};
}

async function findForItem(
	engine: IExecutePaginationFunctions,
	prepared: DeclarativeRestApiSettings.ResultOptions,
	finder: Finder,
): Promise<INodeExecutionData[]> {
	let served: ItemResult[];
	try {
		served = await serve(engine, prepared, finder);
	} catch (error) {
		served = [Service.refused(error, engine.getItemIndex())];
	}
	if (!engine.continueOnFail() && failsNode(engine.getNode(), served)) {
		throw stopError(engine.getNode(), served, finder.noun);
	}
	if (served.length === 0) return nothingFound(engine.getNode(), finder.noun, engine.getItemIndex());
	return served.map((one) => toItem(one)).map(errorOutputFormat(engine.getNode()));
}

async function serve(
	engine: IExecutePaginationFunctions,
	prepared: DeclarativeRestApiSettings.ResultOptions,
	finder: Finder,
): Promise<ItemResult[]> {
	const read: ParameterReader = (name) => engine.getNodeParameter(name, undefined, { extractValue: true });
	const host = {
		read,
		getCredentials: async (type: string) => await engine.getCredentials(type),
		transport: routingTransport(engine, prepared),
		zone: engine.getTimezone(),
		signal: engine.getExecutionCancelSignal(),
		// n8n has no place for hints on this path.
		tellUser: (message: string) => engine.logger.warn(message),
	};
	return await serveItems(finder, host, [engine.getItemIndex()], () => read);
}
