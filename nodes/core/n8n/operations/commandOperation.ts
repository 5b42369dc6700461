import type { Contract, Target } from '../../commands/contract';
import { toOutcome } from '../../commands/outcome';
import type { TargetOutcome } from '../../commands/outcome';
import { run } from '../../commands/run';
import type { RunOptions } from '../../commands/run';
import { STRICT } from '../../commands/vocabulary';
import type { Policy } from '../../commands/vocabulary';
import { connect } from '../../connection/access';
import type { CredentialHost } from '../../connection/access';
import type { Connection } from '../../connection/connection';
import { clock } from '../../util/clock';
import { mapYielding } from '../../util/concurrency';
import type { Quote } from '../../util/excerpt';
import { stopError, toItem, toRow } from '../output/commandItems';
import { isAiTool } from '../output/host';
import { summaryOf } from '../output/summary';
import type { CommandOptions, SizeOption } from '../parameters/commandOptions';
import type { IdentifierRule } from '../parameters/identifiers';
import { readNodeOptions, readReturnsFailures } from '../parameters/nodeOptions';
import type { NodeOptions } from '../parameters/nodeOptions';
import type { ParameterReader } from '../parameters/reader';
import { readCommandInput, unreadableItem } from './commandInput';
import type { CommandInput } from './commandInput';
import { earlierTries } from './earlierTries';
import { executionTargets } from './executionTargets';
import type { Reservation } from './executionTargets';
import { firstReader } from './operation';
import type { Operation, OperationHost } from './operation';
import { progressLog, splitLog } from './progressLog';
import { runPace } from './runPaces';
import { refuseCount, tooManyInExecution } from './targetLimits';
import type { Refusal } from './targetLimits';

/** A command as one vendor's node offers it: the contract, and how its parameters are read. */
export interface CommandDefinition<Settings> {
	contract: Contract<Settings>;
	/** The parameter that holds one ID or several. */
	identifier: IdentifierRule & { name: string };
	/** What the targets of one item need beside their IDs. Throws ParameterError. */
	settings(read: ParameterReader, options: CommandOptions): Settings;
	/** Throws ParameterError for an ID that cannot be meant beside these settings. */
	refuse?(id: string, settings: Settings): void;
	/** The option that limits how many targets one request carries, where the vendor's command has one. */
	sizeOption?: SizeOption;
	/** How the vendor is reached, by what the node's parameters choose. */
	connection(read: ParameterReader): Connection;
}

/** A command as an operation of a node: one outcome for each target of the input. */
export function commandOperation<Settings>(definition: CommandDefinition<Settings>): Operation {
	const { words } = definition.contract;
	return {
		async run(host) {
			const { outcomes, returnsFailures } = await resultFor(host, definition);
			const { message, isDoubtful } = summaryOf(outcomes, words);
			host.notify(message, isDoubtful ? 'warning' : 'info');
			const fails = !returnsFailures && outcomes.some(({ failure }) => failure);
			return {
				error: async () => (fails ? await stopError(host.node, outcomes, words) : undefined),
				items: async () => await mapYielding(outcomes, returnsFailures ? toRow : toItem),
			};
		},
	};
}

/** One outcome for each target, in the order of the items. Nothing is called "not sent" here once something was. */
async function resultFor<Settings>(
	host: OperationHost,
	definition: CommandDefinition<Settings>,
): Promise<{ outcomes: TargetOutcome[]; returnsFailures: boolean }> {
	// Where that cannot be read, the node fails as it does by default.
	let returnsFailures = false;
	let plan: Plan<Settings>;
	try {
		returnsFailures = readReturnsFailures(firstReader(host));
		plan = await planFor(host, definition);
	} catch (error) {
		// In n8n's Continue modes a node that throws would put its input items on the success output.
		return { outcomes: host.items.map((item) => unreadableItem(error, item)), returnsFailures };
	}
	const { input } = plan;
	const known = 'refusal' in plan ? refuseAll(plan, definition) : await runParts(host, definition, plan);
	return { outcomes: [...known, ...input.unreadable].sort((a, b) => a.item - b.item), returnsFailures };
}

/** What is to be run, or why nothing is. */
type Plan<Settings> = { input: CommandInput<Settings> } & (
	| { refusal: Refusal }
	| (ReturnType<OperationHost['openTransport']> &
			Pick<NodeOptions, 'stopAfterFailures'> & { reservation: Reservation<Settings> | undefined })
);

/** Reads all that can be wrong before anything is sent. Rejects with what is wrong for all items. */
async function planFor<Settings>(
	host: OperationHost,
	definition: CommandDefinition<Settings>,
): Promise<Plan<Settings>> {
	const { expectedTargets, stopAfterFailures } = readNodeOptions(firstReader(host));
	const input = await readCommandInput(host, definition);
	const maxTargets = lowest([...input.optionsOf.values()], 'maxTargets');
	const limits = { maxTargets, expectedTargets };
	const refusal = await refuseCount(input.targets, input.unreadable.length, limits, definition);
	if (refusal) return { input, refusal };
	const way = host.openTransport();
	const reservation = await reserve(host, input, maxTargets, definition);
	if (reservation && !('settle' in reservation)) return { input, refusal: reservation };
	return { input, ...way, stopAfterFailures, reservation };
}

/** Counts the targets of a tool over all its calls in one execution. What is tried without harm does not count. */
async function reserve<Settings>(
	{ node, execution }: OperationHost,
	{ targets, optionsOf }: CommandInput<Settings>,
	maxTargets: number | undefined,
	{ contract }: CommandDefinition<Settings>,
): Promise<Reservation<Settings> | Refusal | undefined> {
	if (maxTargets === undefined || execution === undefined || !isAiTool(node)) return undefined;
	const real = targets.filter(({ item }) => optionsOf.get(item)?.dryRun !== true);
	const reserved = await executionTargets.reserve(execution, real, contract, maxTargets);
	return 'settle' in reserved ? reserved : tooManyInExecution(reserved, maxTargets, contract.words);
}

function refuseAll<Settings>(
	{ input: { targets, optionsOf }, refusal }: Extract<Plan<Settings>, { refusal: unknown }>,
	{ contract }: CommandDefinition<Settings>,
): TargetOutcome[] {
	const verdict = { outcome: 'notSent' as const, ...refusal };
	return targets.map((target) => {
		const options = optionsOf.get(target.item);
		const isDryRun = options?.dryRun === true;
		return toOutcome(target, verdict, contract, { attempts: 0, policy: options ?? STRICT, isDryRun });
	});
}

/** Runs all targets. What an item wants to try without harm is neither prevented by another item's command nor causes one. */
async function runParts<Settings>(
	host: OperationHost,
	definition: CommandDefinition<Settings>,
	{
		input: { targets, optionsOf },
		transport,
		rates,
		stopAfterFailures,
		reservation,
	}: Exclude<Plan<Settings>, { refusal: unknown }>,
): Promise<TargetOutcome[]> {
	const { contract } = definition;
	const { runKey, signal } = host;
	const tryKey = host.mayBeRetried ? runKey : undefined;
	const getCredentials = host.getCredentials.bind(host);
	const requestsPerSecond = lowest([...optionsOf.values()], 'requestsPerSecond');
	const targetsPerRequest = lowest([...optionsOf.values()], 'targetsPerRequest');
	const { words } = contract;
	const optionsFor = ({ item }: Target<Settings>) => optionsOf.get(item);
	const policyOf = (target: Target<Settings>): Policy => {
		const { failIfAlreadyEnded, ignoreNotFound } = optionsFor(target) ?? STRICT;
		const isOurs = failIfAlreadyEnded && earlierTries.mayHaveEnded(tryKey, target, contract);
		return { failIfAlreadyEnded: failIfAlreadyEnded && !isOurs, ignoreNotFound };
	};
	const options = {
		verify: (target: Target<Settings>) => optionsFor(target)?.verify === true,
		policyOf,
		pace: runPace(runKey, [
			...(requestsPerSecond === undefined ? [] : [{ perSecond: requestsPerSecond, burst: 1 }]),
			...rates,
		]),
		onProgress: progressLog((message) => host.log(message), words.plural, clock),
		onSplit: splitLog((message) => host.log(message), words.plural),
		onFault: (error: unknown) =>
			host.log(`An internal error in the node stopped the run: ${whereabouts(error)}`),
		...(signal && { signal }),
		...(stopAfterFailures !== undefined && { stopAfterFailures }),
		...(requestsPerSecond !== undefined && { requestsPerSecond }),
		...(targetsPerRequest !== undefined && { targetsPerRequest: Math.max(1, Math.floor(targetsPerRequest)) }),
	};
	let outcomes: TargetOutcome[] = [];
	// What is dry comes first, so that it shows the states from before the command.
	for (const dryRun of [true, false]) {
		const part = targets.filter((target) => (optionsFor(target)?.dryRun === true) === dryRun);
		if (part.length === 0) continue;
		const way = { read: firstReader(host), getCredentials, transport };
		const results = await runCommand(part, definition, way, { ...options, dryRun });
		if (!dryRun) {
			await earlierTries.remember(tryKey, part, results, contract);
			await reservation?.settle(part, results);
		}
		outcomes = outcomes.concat(results);
	}
	return outcomes;
}

/** What a run needs to open its way to the vendor. */
export interface CommandHost extends CredentialHost {
	/** Reads a parameter that does not differ between the items. */
	read: ParameterReader;
}

/** Runs a command for targets on one credential. Never rejects: what goes wrong is an outcome of each target. */
export async function runCommand<Settings>(
	targets: ReadonlyArray<Target<Settings>>,
	definition: CommandDefinition<Settings>,
	host: CommandHost,
	options: Omit<RunOptions<Settings>, 'rateLimiter'>,
): Promise<TargetOutcome[]> {
	const { contract } = definition;
	const access = await connect(() => definition.connection(host.read), host);
	if ('reason' in access) {
		const verdict = { outcome: 'notSent' as const, ...access };
		const isDryRun = options.dryRun === true;
		return targets.map((target) => {
			const policy = options.policyOf?.(target) ?? STRICT;
			return toOutcome(target, verdict, contract, { attempts: 0, policy, isDryRun });
		});
	}
	const { transport, rateLimiter } = access;
	const quote = async (): Promise<Quote> => await access.quote();
	return await run(targets, contract, transport, { ...options, rateLimiter, quote });
}

/** Where an error came from, without its message, which may quote what the vendor said. */
function whereabouts(error: unknown): string {
	if (!(error instanceof Error)) return typeof error;
	const frames = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
	return [error.name, ...frames.slice(0, 8)].join('\n');
}

/** The strictest limit that any item sets. */
function lowest(
	options: readonly CommandOptions[],
	name: 'maxTargets' | 'requestsPerSecond' | 'targetsPerRequest',
): number | undefined {
	let limit: number | undefined;
	for (const { [name]: value } of options) {
		if (value !== undefined && (limit === undefined || value < limit)) limit = value;
	}
	return limit;
}
