import type {
	DeclarativeRestApiSettings,
	IExecutePaginationFunctions,
	INodeExecutionData,
	INodePropertyRouting,
} from 'n8n-workflow';

import type { CommandDefinition } from '../operations/commandOperation';
import type { ParameterReader } from '../parameters/reader';
import { runCommand } from '../operations/commandOperation';
import { errorOutputFormat } from '../output/host';
import { readItem, refusedForNumber, refusedItem } from '../operations/itemTargets';
import { judge, toOutcome } from '../../commands/outcome';
import type { JudgedOutcome } from '../../commands/outcome';
import { failuresIn, stopError, toItem } from '../output/commandItems';
import { carryResponse, routingTransport } from '../transport/n8nTransport';
import { StopTogether } from './stopTogether';
import { STRICT } from '../../commands/vocabulary';

const stopTogether = new StopTogether();

/**
 * Declares a command for n8n's routing engine. The engine prepares one request for each input item; one item may hold
 * many targets, so the requests are made in its pagination hook: a page is one request of the item's targets.
 */
export function declareCommand<Settings>(
	definition: CommandDefinition<Settings>,
	request: DeclarativeRestApiSettings.HttpRequestOptions,
): INodePropertyRouting {
	return {
		request,
		send: { paginate: true },
		operations: {
			async pagination(this: IExecutePaginationFunctions, prepared) {
				return await runItem(this, prepared, definition);
			},
		},
		output: { postReceive: [carryResponse] },
	};
}

async function runItem<Settings>(
	engine: IExecutePaginationFunctions,
	prepared: DeclarativeRestApiSettings.ResultOptions,
	definition: CommandDefinition<Settings>,
): Promise<INodeExecutionData[]> {
	let outcomes: JudgedOutcome[];
	try {
		outcomes = await outcomesOf(engine, prepared, definition);
	} catch (error) {
		outcomes = [judge(refusedItem(error, engine.getItemIndex()), STRICT)];
	}
	if (!engine.continueOnFail()) {
		const all = await outcomesOfAll(engine, outcomes);
		if (failuresIn(outcomes).length > 0) {
			throw stopError(engine.getNode(), all, definition.contract.words);
		}
	}
	return outcomes.map((outcome) => toItem(outcome)).map(errorOutputFormat(engine.getNode()));
}

/** One outcome for each target of the item. Throws when its parameters cannot be read. */
async function outcomesOf<Settings>(
	engine: IExecutePaginationFunctions,
	prepared: DeclarativeRestApiSettings.ResultOptions,
	definition: CommandDefinition<Settings>,
): Promise<JudgedOutcome[]> {
	const read: ParameterReader = (name) => engine.getNodeParameter(name, undefined, { extractValue: true });
	const { targets, options } = readItem(definition, read, engine.getItemIndex());
	const refusal = refusedForNumber(targets, options.maxTargets, definition);
	if (refusal) {
		return targets.map((target) => {
			const verdict = { outcome: 'notSent' as const, ...refusal };
			return judge(toOutcome(target, verdict, definition.contract, { attempts: 0 }), options);
		});
	}
	const host = {
		read,
		getCredentials: async (type: string) => await engine.getCredentials(type),
		transport: routingTransport(engine, prepared),
		signal: engine.getExecutionCancelSignal(),
	};
	const outcomes = await runCommand(targets, definition, host, options);
	return outcomes.map((outcome) => judge(outcome, options));
}

/** The outcomes of all items of this execution of the node, once the last item is done. */
async function outcomesOfAll(
	engine: IExecutePaginationFunctions,
	outcomes: JudgedOutcome[],
): Promise<JudgedOutcome[]> {
	const execution = engine.getExecuteData();
	// A node that is called as a tool is handed the execution of the node that calls it. It has one item of its own then,
	// and must not wait for the items of the other.
	if (execution.node.name !== engine.getNode().name) return outcomes;
	// With the setting Execute Once n8n runs the first item and still hands over the data of all.
	if (execution.node.executeOnce === true) return outcomes;
	const [connection] = Object.values(execution.data);
	const count = connection?.[0]?.length ?? 1;
	return await stopTogether.settle(execution, count, engine.getItemIndex(), outcomes);
}
