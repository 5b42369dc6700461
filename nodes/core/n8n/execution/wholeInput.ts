import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { clock } from '../../util/clock';
import type { CommandDefinition, Host, RunOptions } from '../operations/commandOperation';
import { runCommand } from '../operations/commandOperation';
import { errorOutputFormat } from '../output/host';
import { readItem, refusedForNumber, refusedItem } from '../operations/itemTargets';
import type { CommandOptions } from '../parameters/commandOptions';
import { judge, toOutcome } from '../../commands/outcome';
import type { JudgedOutcome, TargetOutcome } from '../../commands/outcome';
import { progressLog } from '../operations/progressLog';
import { failuresIn, stopError, toItem } from '../output/commandItems';
import { readUserRequestOptions } from '../transport/userRequestOptions';
import { SharedParameters } from './sharedParameters';
import { mapYielding } from '../../util/concurrency';
import type { Target } from '../../commands/contract';
import { STRICT } from '../../commands/vocabulary';
import { n8nTransport } from '../transport/n8nTransport';

/** A target, and what its item wants. */
interface Wanted<Settings> {
	target: Target<Settings>;
	options: CommandOptions;
}

/**
 * A command as n8n's `customOperations` runs it, with all items of the input at once: they share requests, one pace and
 * one report. Gives the same outcomes as the declared operation, which n8n runs where it calls the node as a tool.
 */
export function wholeInput<Settings>(
	definition: CommandDefinition<Settings>,
): (this: IExecuteFunctions) => Promise<INodeExecutionData[][]> {
	return async function (this: IExecuteFunctions) {
		let outcomes: JudgedOutcome[];
		try {
			outcomes = await outcomesOf(this, definition);
		} catch (error) {
			// In the Continue modes a node that throws would put its input items on the success output.
			outcomes = this.getInputData().map((_, item) => judge(refusedItem(error, item), STRICT));
		}
		if (!this.continueOnFail() && failuresIn(outcomes).length > 0) {
			throw stopError(this.getNode(), outcomes, definition.contract.words);
		}
		const leave = errorOutputFormat(this.getNode());
		return [await mapYielding(outcomes, (outcome) => leave(toItem(outcome)))];
	};
}

/** One outcome for each target of the input, in its order. */
async function outcomesOf<Settings>(
	engine: IExecuteFunctions,
	definition: CommandDefinition<Settings>,
): Promise<JudgedOutcome[]> {
	const { wanted, refused, parameters } = await readItems(engine, definition);
	const told = await tellAll(engine, definition, wanted, parameters);
	return [...told, ...refused].sort((a, b) => a.item - b.item);
}

/** Runs all targets, or refuses all of them. */
async function tellAll<Settings>(
	engine: IExecuteFunctions,
	definition: CommandDefinition<Settings>,
	wanted: ReadonlyArray<Wanted<Settings>>,
	parameters: SharedParameters,
): Promise<JudgedOutcome[]> {
	const { contract } = definition;
	const targets = wanted.map(({ target }) => target);
	const refusal = refusedForNumber(targets, least(wanted, 'maxTargets'), definition);
	if (refusal) {
		return wanted.map(({ target, options }) => {
			const verdict = { outcome: 'notSent' as const, ...refusal };
			return judge(toOutcome(target, verdict, contract, { attempts: 0 }), options);
		});
	}
	const { prepared, rates } = readUserRequestOptions(engine.getNodeParameter('requestOptions', 0, {}));
	const host: Host = {
		read: parameters.at(0),
		getCredentials: async (type) => await engine.getCredentials(type, 0),
		transport: n8nTransport(engine, prepared),
		signal: engine.getExecutionCancelSignal(),
		rates,
		onProgress: progressLog((message) => engine.logger.info(message), contract.words.plural, clock),
	};
	const outcomes = new Map<Target<Settings>, TargetOutcome>();
	for (const part of alike(wanted)) {
		const members = part.map(({ target }) => target);
		const results = await runCommand(members, definition, host, runOptionsOf(part));
		members.forEach((target, index) => {
			const outcome = results[index];
			if (outcome) outcomes.set(target, outcome);
		});
	}
	return wanted.flatMap(({ target, options }) => {
		const outcome = outcomes.get(target);
		return outcome ? [judge(outcome, options)] : [];
	});
}

async function readItems<Settings>(
	engine: IExecuteFunctions,
	definition: CommandDefinition<Settings>,
): Promise<{ wanted: Array<Wanted<Settings>>; refused: JudgedOutcome[]; parameters: SharedParameters }> {
	const parameters = new SharedParameters(engine.getNode().parameters, (name, item) =>
		engine.getNodeParameter(name, item, undefined, { extractValue: true }),
	);
	const wanted: Array<Wanted<Settings>> = [];
	const refused: JudgedOutcome[] = [];
	await mapYielding(engine.getInputData(), (_, item) => {
		try {
			const { targets, options } = readItem(definition, parameters.at(item), item);
			for (const target of targets) wanted.push({ target, options });
		} catch (error) {
			refused.push(judge(refusedItem(error, item), STRICT));
		}
	});
	return { wanted, refused, parameters };
}

/** Targets whose items want the same kind of run, in their order. Almost always all of them. */
function alike<Settings>(wanted: ReadonlyArray<Wanted<Settings>>): Array<Array<Wanted<Settings>>> {
	const parts = new Map<string, Array<Wanted<Settings>>>();
	for (const one of wanted) {
		const { dryRun, verify } = one.options;
		const key = `${dryRun} ${verify}`;
		const part = parts.get(key);
		if (part) part.push(one);
		else parts.set(key, [one]);
	}
	return [...parts.values()];
}

function runOptionsOf<Settings>(part: ReadonlyArray<Wanted<Settings>>): RunOptions {
	const { dryRun = false, verify = false } = part[0]?.options ?? {};
	return { dryRun, verify, requestsPerSecond: least(part, 'requestsPerSecond') };
}

/** The strictest limit that any item sets. */
function least<Settings>(
	wanted: ReadonlyArray<Wanted<Settings>>,
	name: 'maxTargets' | 'requestsPerSecond',
): number | undefined {
	let limit: number | undefined;
	for (const { options } of wanted) {
		const value = options[name];
		if (value !== undefined && (limit === undefined || value < limit)) limit = value;
	}
	return limit;
}
