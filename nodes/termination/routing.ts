import type { DeclarativeRestApiSettings, IExecutePaginationFunctions } from 'n8n-workflow';
import type { INodeExecutionData, INodePropertyRouting } from 'n8n-workflow';

import type { CommandDefinition, Connection, CredentialData, ParameterReader } from './command';
import { readIdentifiers } from './identifiers';
import { readCommandOptions } from './options';
import type { CommandOptions } from './options';
import type { TargetOutcome } from './outcomes';
import { mapTexts, redactor } from './redaction';
import { CredentialRefusal, ParameterRefusal } from './refusal';
import { failuresIn, stopError, toItem } from './report';
import { carryResponse, routingTransport } from './routingTransport';
import { run } from './run';
import { StopTogether } from './stopTogether';
import type { Target } from './target';

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
	const read: ParameterReader = (name) => engine.getNodeParameter(name, undefined, { extractValue: true });
	let options = readCommandOptions(undefined);
	let outcomes: TargetOutcome[];
	try {
		options = readCommandOptions(read('options'));
		outcomes = await runTargets(engine, prepared, definition, read, options);
	} catch (error) {
		outcomes = [refusedItem(error, engine.getItemIndex())];
	}

	if (!engine.continueOnFail()) {
		const all = await outcomesOfAll(engine, outcomes);
		if (failuresIn(outcomes, options).length > 0) {
			throw stopError(engine.getNode(), all, options, definition.contract.words);
		}
	}
	return outcomes.map((outcome) => toItem(outcome, options));
}

/** One outcome for each target of the item. Throws only when its parameters or credential cannot be read. */
async function runTargets<Settings>(
	engine: IExecutePaginationFunctions,
	prepared: DeclarativeRestApiSettings.ResultOptions,
	definition: CommandDefinition<Settings>,
	read: ParameterReader,
	{ dryRun }: CommandOptions,
): Promise<TargetOutcome[]> {
	const item = engine.getItemIndex();
	const settings = definition.settings(read);
	const ids = readIdentifiers(read(definition.identifier.name), definition.identifier);
	const targets = ids.map((id): Target<Settings> => ({ id, item, settings }));
	const connection = definition.connection(read);
	const credentials = await engine.getCredentials(connection.credentialType);
	const transport = routingTransport(engine, prepared, connection, credentials);
	const signal = engine.getExecutionCancelSignal();
	const outcomes = await run(targets, definition.contract, transport, {
		dryRun,
		...(signal !== undefined && { signal }),
	});
	return mapTexts(outcomes, redactor(await secretsOf(engine, connection, credentials)));
}

/** The secrets of before and after the run: a session may have been renewed in between. */
async function secretsOf(
	engine: IExecutePaginationFunctions,
	connection: Connection,
	credentials: CredentialData,
): Promise<string[]> {
	const before = connection.secrets(credentials);
	if (connection.renewedByN8n.length === 0) return before;
	try {
		return [...before, ...connection.secrets(await engine.getCredentials(connection.credentialType))];
	} catch {
		// What the run has done must be told, even if the credential was deleted meanwhile.
		return before;
	}
}

/** The outcome of an item whose targets could not even be read. */
function refusedItem(error: unknown, item: number): TargetOutcome {
	const known = error instanceof ParameterRefusal || error instanceof CredentialRefusal;
	const hint =
		error instanceof ParameterRefusal
			? error.hint
			: error instanceof CredentialRefusal
				? error.description
				: undefined;
	const message = known
		? `${error.message} [item ${item}]`
		: `The parameters or the credential of this item could not be read [item ${item}]`;
	return {
		id: '',
		outcome: 'notSent',
		message,
		hint:
			hint ??
			(error instanceof Error ? error.message : 'Check the expressions of this node and its credential.'),
		attempts: 0,
		item,
		extra: {},
	};
}

/** The outcomes of all items of this execution of the node, once the last item is done. */
async function outcomesOfAll(
	engine: IExecutePaginationFunctions,
	outcomes: TargetOutcome[],
): Promise<TargetOutcome[]> {
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
