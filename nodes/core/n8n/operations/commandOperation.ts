import type { Contract, Target } from '../../commands/contract';
import { toOutcome } from '../../commands/outcome';
import type { TargetOutcome } from '../../commands/outcome';
import { run } from '../../commands/run';
import type { RunOptions } from '../../commands/run';
import { STRICT } from '../../commands/vocabulary';
import { connect } from '../../connection/access';
import type { CredentialHost } from '../../connection/access';
import type { Connection } from '../../connection/connection';
import { mapTexts } from '../../connection/redaction';
import { clock } from '../../util/clock';
import { mapYielding } from '../../util/concurrency';
import { failuresIn, stopError, toItem } from '../output/commandItems';
import type { CommandOptions } from '../parameters/commandOptions';
import type { IdentifierRule } from '../parameters/identifiers';
import type { ParameterReader } from '../parameters/reader';
import { readCommandInput, tooManyTargets, unreadableItem } from './commandInput';
import type { CommandInput } from './commandInput';
import { firstReader } from './operation';
import type { Operation, OperationHost } from './operation';
import { progressLog } from './progressLog';

/** A command as one vendor's node offers it: the contract, and how its parameters are read. */
export interface CommandDefinition<Settings> {
	contract: Contract<Settings>;
	/** The parameter that holds one ID or several. */
	identifier: IdentifierRule & { name: string };
	/** What the targets of one item need beside their IDs. Throws ParameterError. */
	settings(read: ParameterReader, options: CommandOptions): Settings;
	/** How the vendor is reached, by what the node's parameters choose. */
	connection(read: ParameterReader): Connection;
}

/** A command as an operation of a node: one outcome for each target of the input. */
export function commandOperation<Settings>(definition: CommandDefinition<Settings>): Operation {
	const { words } = definition.contract;
	return {
		async run(host) {
			let outcomes: TargetOutcome[];
			try {
				const input = await readCommandInput(host, definition);
				const known = await outcomesOf(host, definition, input);
				outcomes = [...known, ...input.unreadable].sort((a, b) => a.item - b.item);
			} catch (error) {
				// In n8n's Continue modes a node that throws would put its input items on the success output.
				outcomes = host.items.map((item) => unreadableItem(error, item));
			}
			return {
				error: () => (failuresIn(outcomes).length > 0 ? stopError(host.node, outcomes, words) : undefined),
				items: async () => await mapYielding(outcomes, toItem),
			};
		},
	};
}

/** Runs all targets, or refuses all of them. One outcome for each; those of one item in its order. */
async function outcomesOf<Settings>(
	host: OperationHost,
	definition: CommandDefinition<Settings>,
	{ targets, optionsOf }: CommandInput<Settings>,
): Promise<TargetOutcome[]> {
	const { contract } = definition;
	const policyOf = ({ item }: Target<Settings>) => optionsOf.get(item) ?? STRICT;
	const refusal = tooManyTargets(targets, lowest([...optionsOf.values()], 'maxTargets'), definition);
	if (refusal) {
		const verdict = { outcome: 'notSent' as const, ...refusal };
		return targets.map((target) =>
			toOutcome(target, verdict, contract, { attempts: 0, policy: policyOf(target) }),
		);
	}
	const { transport, rates } = host.openTransport();
	const getCredentials = host.getCredentials.bind(host);
	const onProgress = progressLog((message) => host.log(message), contract.words.plural, clock);
	let outcomes: TargetOutcome[] = [];
	for (const part of partsByOptions(targets, optionsOf)) {
		const results = await runCommand(
			part.targets,
			definition,
			{ read: firstReader(host), getCredentials, transport },
			{ ...part.options, policyOf, rates, onProgress, ...(host.signal && { signal: host.signal }) },
		);
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
		return targets.map((target) =>
			toOutcome(target, verdict, contract, { attempts: 0, policy: options.policyOf?.(target) ?? STRICT }),
		);
	}
	const { transport, rateLimiter } = access;
	const outcomes = await run(targets, contract, transport, { ...options, rateLimiter });
	const redact = await access.redactor();
	// Our own word for the outcome decides what follows, and a password may well be that word.
	return await mapYielding(outcomes, (outcome) => ({
		...mapTexts(outcome, redact),
		outcome: outcome.outcome,
	}));
}

/** The options that decide how a run goes, as far as items may differ in them. */
type SharedOptions = Pick<RunOptions, 'dryRun' | 'verify' | 'requestsPerSecond'>;

/** Targets whose items want the same kind of run, in their order. Almost always all of them. */
function partsByOptions<Settings>(
	targets: ReadonlyArray<Target<Settings>>,
	optionsOf: ReadonlyMap<number, CommandOptions>,
): Array<{ targets: Array<Target<Settings>>; options: SharedOptions }> {
	const parts = new Map<string, { targets: Array<Target<Settings>>; all: Set<CommandOptions> }>();
	for (const target of targets) {
		const options = optionsOf.get(target.item);
		if (!options) throw new Error(`Item ${target.item} has targets and no options`);
		const key = `${options.dryRun} ${options.verify}`;
		let part = parts.get(key);
		if (!part) parts.set(key, (part = { targets: [], all: new Set() }));
		part.targets.push(target);
		part.all.add(options);
	}
	return [...parts.values()].map(({ targets: members, all }) => {
		const [first] = all;
		const requestsPerSecond = lowest([...all], 'requestsPerSecond');
		return {
			targets: members,
			options: {
				dryRun: first?.dryRun === true,
				verify: first?.verify === true,
				...(requestsPerSecond !== undefined && { requestsPerSecond }),
			},
		};
	});
}

/** The strictest limit that any item sets. */
function lowest(
	options: readonly CommandOptions[],
	name: 'maxTargets' | 'requestsPerSecond',
): number | undefined {
	let limit: number | undefined;
	for (const { [name]: value } of options) {
		if (value !== undefined && (limit === undefined || value < limit)) limit = value;
	}
	return limit;
}
