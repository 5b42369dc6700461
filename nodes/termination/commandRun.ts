import type { CommandDefinition, Connection, CredentialData, ParameterReader } from './command';
import { refused } from './faults';
import type { CommandOptions } from './options';
import { toOutcome } from './outcomes';
import type { TargetOutcome } from './outcomes';
import { paceOf } from './pace';
import type { RateLimit } from './pace';
import { mapTexts, redactor } from './redaction';
import { CredentialRefusal } from './refusal';
import { run } from './run';
import { mapInSlices } from './slices';
import type { Target } from './target';
import type { Transport } from './transport';

/** What an adapter to n8n lends a run. */
export interface Host {
	/** Reads a parameter that does not differ between the items. */
	read: ParameterReader;
	getCredentials(type: string): Promise<CredentialData>;
	transport(connection: Connection, credentials: CredentialData): Transport;
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
	let connection: Connection;
	let credentials: CredentialData;
	let address: URL;
	try {
		connection = definition.connection(host.read);
		credentials = await host.getCredentials(connection.credentialType);
		address = new URL(connection.baseUrl(credentials));
	} catch (error) {
		const verdict = { outcome: 'notSent' as const, ...whyNot(error) };
		return targets.map((target) => toOutcome(target, verdict, contract, { attempts: 0 }));
	}
	const outcomes = await run(targets, contract, host.transport(connection, credentials), {
		dryRun,
		verify,
		pace: paceOf(address.host),
		...(requestsPerSecond !== undefined && { requestsPerSecond }),
		...(host.rates && { rates: host.rates }),
		...(host.signal && { signal: host.signal }),
		...(host.onProgress && { onProgress: host.onProgress.bind(host) }),
	});
	const redact = redactor(await secretsOf(host, connection, credentials));
	// Our own word for the outcome decides what follows, and a password may well be that word.
	return await mapInSlices(outcomes, (outcome) => ({
		...mapTexts(outcome, redact),
		outcome: outcome.outcome,
	}));
}

function whyNot(error: unknown): { reason: string; hint: string } {
	if (error instanceof CredentialRefusal) {
		const { reason, hint } = refused(error);
		return { reason, hint };
	}
	return {
		reason: 'the credential could not be read',
		hint: error instanceof Error ? error.message : 'Check the credential of this node.',
	};
}

/** The secrets of before and after the run: a session may have been renewed in between. */
async function secretsOf(host: Host, connection: Connection, credentials: CredentialData): Promise<string[]> {
	const before = connection.secrets(credentials);
	if (connection.renewedByN8n.length === 0) return before;
	try {
		return [...before, ...connection.secrets(await host.getCredentials(connection.credentialType))];
	} catch {
		// What the run has done must be told, even if the credential was deleted meanwhile.
		return before;
	}
}
