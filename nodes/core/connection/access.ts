import { CREDENTIAL } from '../http/cause';
import type { Cause } from '../http/cause';
import { rateLimiterFor } from '../http/rateLimiter';
import type { HostRateLimiter } from '../http/rateLimiter';
import type { Transport } from '../http/transport';
import type { Quote } from '../util/excerpt';
import type { Connection, CredentialData } from './connection';
import { toFault, CredentialError } from './credentialError';
import { quoter } from './redaction';

/** What n8n lends for the way to a vendor. */
export interface CredentialHost {
	getCredentials(type: string): Promise<CredentialData>;
	transport(connection: Connection, credentials: CredentialData): Transport;
}

/** The way to one vendor on one credential. */
export interface Access {
	transport: Transport;
	/** The rate limiter of the host, shared by all runs of this process. */
	rateLimiter: HostRateLimiter;
	/** Makes texts from outside fit to be shown; knows the secrets of a session that was renewed meanwhile. Never rejects. */
	quote(): Promise<Quote>;
}

/** Why there is no way. Nothing was sent. */
export interface ConnectError {
	/** The second half of a sentence. */
	reason: string;
	hint: string;
	cause?: Cause;
}

/** Opens the credential. Never rejects. */
export async function connect(
	connectionOf: () => Connection,
	host: CredentialHost,
): Promise<Access | ConnectError> {
	try {
		const connection = connectionOf();
		const credentials = await host.getCredentials(connection.credentialType);
		const address = new URL(connection.baseUrl(credentials));
		// Before the first request: what fails here later must not hide what was done.
		const secrets = connection.secrets(credentials);
		return {
			transport: host.transport(connection, credentials),
			rateLimiter: rateLimiterFor(connection.rateKey?.(address) ?? address.host),
			quote: async () => quoter([...secrets, ...(await newSecretsOf(host, connection))]),
		};
	} catch (error) {
		return toConnectError(error);
	}
}

function toConnectError(error: unknown): ConnectError {
	if (error instanceof CredentialError) {
		const { reason, hint, cause = CREDENTIAL } = toFault(error);
		return { reason, hint, cause };
	}
	return {
		reason: 'the credential could not be read',
		cause: CREDENTIAL,
		hint: error instanceof Error ? error.message : 'Check the credential of this node.',
	};
}

/** The secrets of a session that was renewed meanwhile. */
async function newSecretsOf(host: CredentialHost, connection: Connection): Promise<string[]> {
	if (connection.refreshStatuses.length === 0) return [];
	try {
		return connection.secrets(await host.getCredentials(connection.credentialType));
	} catch {
		// What was done must be reported, even if the credential was deleted meanwhile.
		return [];
	}
}
