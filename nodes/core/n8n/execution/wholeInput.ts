import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import type { Operation, OperationHost } from '../operations/operation';
import { wholeInputTransport } from '../transport/n8nTransport';
import { readUserRequestOptions } from '../transport/userRequestOptions';
import { finish } from './finish';
import { ItemParameters } from './itemParameters';
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
		readAt: (name, item) => engine.getNodeParameter(name, item, undefined, { extractValue: true }),
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
		notify: (message) => notify(engine, message),
		log: (message) => engine.logger.info(message),
	};
}

/** On the output panel, and in n8n's log, where executions that nobody watches leave it. */
function notify(engine: IExecuteFunctions, message: string): void {
	engine.logger.warn(message);
	// Older versions of n8n have no hints.
	const { addExecutionHints } = engine as Partial<IExecuteFunctions>;
	addExecutionHints?.call(engine, { message, type: 'warning', location: 'outputPane' });
}
