import { connect } from '../../connection/access';
import type { CredentialHost } from '../../connection/access';
import type { CommandOptions } from '../parameters/commandOptions';
import { toOutcome } from '../../commands/outcome';
import type { TargetOutcome } from '../../commands/outcome';
import type { RateLimit } from '../../http/rateLimiter';
import { mapTexts } from '../../connection/redaction';
import { run } from '../../commands/run';
import { mapYielding } from '../../util/concurrency';
import type { Target, Contract } from '../../commands/contract';
import type { IdentifierRule } from '../parameters/identifiers';
import type { ParameterReader } from '../parameters/reader';
import type { Connection } from '../../connection/connection';

/** What an adapter to n8n lends a run. */
export interface Host extends CredentialHost {
	signal: AbortSignal | undefined;
	/** Limits that the user has set besides the options. */
	rates?: readonly RateLimit[];
	onProgress?(done: number, total: number): void;
}

/** The options that hold for all targets of one run. */
export type RunOptions = Pick<CommandOptions, 'dryRun' | 'verify' | 'requestsPerSecond'>;

/** Runs a command for targets on one credential. Never rejects: what goes wrong is told of each target. */
export async function runCommand<Settings>(
	targets: ReadonlyArray<Target<Settings>>,
	definition: CommandDefinition<Settings>,
	host: Host,
	{ dryRun, verify, requestsPerSecond }: RunOptions,
): Promise<TargetOutcome[]> {
	const { contract } = definition;
	const access = await connect((read) => definition.connection(read), host);
	if ('reason' in access) {
		const verdict = { outcome: 'notSent' as const, ...access };
		return targets.map((target) => toOutcome(target, verdict, contract, { attempts: 0 }));
	}
	const outcomes = await run(targets, contract, access.transport, {
		dryRun,
		verify,
		pace: access.rateLimiter,
		...(requestsPerSecond !== undefined && { requestsPerSecond }),
		...(host.rates && { rates: host.rates }),
		...(host.signal && { signal: host.signal }),
		...(host.onProgress && { onProgress: host.onProgress.bind(host) }),
	});
	const redact = await access.redactor();
	// Our own word for the outcome decides what follows, and a password may well be that word.
	return await mapYielding(outcomes, (outcome) => ({
		...mapTexts(outcome, redact),
		outcome: outcome.outcome,
	}));
}

/** A command as one vendor's node offers it: the contract and how its parameters are read. */
export interface CommandDefinition<Settings> {
	contract: Contract<Settings>;
	/** The parameter that holds one ID or several. */
	identifier: IdentifierRule & { name: string };
	/** What the targets of one item need beside their IDs. Throws ParameterRefusal. */
	settings(read: ParameterReader, options: CommandOptions): Settings;
	/** How the vendor is reached, by what the node's parameters choose. */
	connection(read: ParameterReader): Connection;
}
