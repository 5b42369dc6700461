import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import type { Operation, OperationHost } from '../operations/operation';
import { NODE_OPTIONS } from '../parameters/nodeOptions';
import { TOOL_PARAMETERS } from '../parameters/outputFields';
import { wholeInputTransport } from '../transport/n8nTransport';
import { readUserRequestOptions } from '../transport/userRequestOptions';
import { finish } from './finish';
import { extractionFor, ItemParameters } from './itemParameters';
import { notify } from './notify';
import { runOf } from './runKey';

/**
 * An operation as n8n's `customOperations` runs it, with all items of the input at once: they share requests, one rate
 * limiter and one report. Gives the same items as the declared operation.
 */
export function wholeInput(
	operation: Operation,
): (this: IExecuteFunctions) => Promise<INodeExecutionData[][]> {
	return async function (this: IExecuteFunctions) {
		return [await finish(this, await operation.run(hostOf(this)))];
	};
}

function hostOf(engine: IExecuteFunctions): OperationHost {
	const input = engine.getInputData();
	const parameters = new ItemParameters({
		raw: engine.getNode().parameters,
		readAt: (name, item) => engine.getNodeParameter(name, item, undefined, extractionFor(name)),
		ofNode: NODE_OPTIONS,
		optional: TOOL_PARAMETERS,
		jsonAt: (item) => input[item]?.json,
	});
	return {
		node: engine.getNode(),
		items: input.map((_, item) => item),
		readerAt: (item) => parameters.at(item),
		getCredentials: async (type) => await engine.getCredentials(type, 0),
		openTransport: () => {
			const { prepared, rates } = readUserRequestOptions(engine.getNodeParameter('requestOptions', 0, {}));
			return { transport: wholeInputTransport(engine, prepared), rates };
		},
		zone: engine.getTimezone(),
		signal: engine.getExecutionCancelSignal(),
		...runOf(engine, 0),
		notify: (message, type) => notify(engine, message, type),
		log: (message) => engine.logger.info(message),
	};
}
