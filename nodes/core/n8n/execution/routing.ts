import type {
	DeclarativeRestApiSettings,
	IExecutePaginationFunctions,
	INodePropertyRouting,
} from 'n8n-workflow';

import type { Operation, OperationHost } from '../operations/operation';
import { NODE_OPTIONS } from '../parameters/nodeOptions';
import { TOOL_PARAMETERS } from '../parameters/outputFields';
import { carryResponse, routingTransport } from '../transport/n8nTransport';
import { finish } from './finish';
import { extractionFor, ItemParameters } from './itemParameters';
import { logNotification } from './notify';
import { runOf } from './runKey';

/**
 * Declares an operation for n8n's routing engine, which runs it for one item at a time where a tool is called directly. The
 * engine prepares one request for the item; one item may need many, so they are made in its pagination hook.
 */
export function routing(
	operation: Operation,
	request: DeclarativeRestApiSettings.HttpRequestOptions,
): INodePropertyRouting {
	return {
		request,
		send: { paginate: true },
		operations: {
			async pagination(this: IExecutePaginationFunctions, prepared) {
				return await finish(this, await operation.run(hostOf(this, prepared)));
			},
		},
		output: { postReceive: [carryResponse] },
	};
}

function hostOf(
	engine: IExecutePaginationFunctions,
	prepared: DeclarativeRestApiSettings.ResultOptions,
): OperationHost {
	const parameters = new ItemParameters({
		raw: engine.getNode().parameters,
		readAt: (name) => engine.getNodeParameter(name, undefined, extractionFor(name)),
		ofNode: NODE_OPTIONS,
		optional: TOOL_PARAMETERS,
		// With one item there is nothing to be spared by reading from it.
		jsonAt: () => undefined,
	});
	return {
		node: engine.getNode(),
		items: [engine.getItemIndex()],
		readerAt: (item) => parameters.at(item),
		getCredentials: async (type) => await engine.getCredentials(type),
		// The engine applies the Request Options itself.
		openTransport: () => ({ transport: routingTransport(engine, prepared), rates: [] }),
		zone: engine.getTimezone(),
		signal: engine.getExecutionCancelSignal(),
		...runOf(engine, engine.getItemIndex()),
		// n8n has no place for hints on this path.
		notify: (message, type) => logNotification(engine, message, type),
		log: (message) => engine.logger.info(message),
	};
}
