import type { Connection, CredentialData } from '../../connection/connection';
import { toFault, CredentialError } from '../../connection/credentialError';
import { MAX_SESSION_ROUNDS } from '../../http/limits';
import type { ApiResponse } from '../../http/messages';
import type { TransportResult, Transport, TransportFault } from '../../http/transport';
import { toTransportResult } from './helperErrors';
import type { PreparedOptions } from './requestOptions';
import { keptRefusal, tokenServerOf } from './tokenServer';
import type { Renewing, TokenServer } from './tokenServer';

/** Sends a request by n8n and gives the answer; what n8n throws stands for a failing status or for no answer at all. */
type Send<Options> = (options: Options) => Promise<ApiResponse>;

/** Reads the credential as n8n keeps it now. */
type ReadAgain = () => Promise<CredentialData | undefined>;

type Refreshing = Pick<Connection, 'refreshStatuses' | 'awaitOtherLogin'> & Renewing;

/**
 * Sends a request so that n8n renews the session when the vendor has refused it: nothing was done then. Where a login voids
 * the sessions of all other processes, each looks for the one that another has saved before it logs in itself; else
 * they would go on voiding each other's.
 */
export async function sendWithRefresh<Options extends PreparedOptions>(
	connection: Refreshing,
	credentials: CredentialData,
	options: Options,
	send: Send<Options>,
	readAgain: ReadAgain,
): Promise<TransportResult> {
	const { awaitOtherLogin } = connection;
	if (!awaitOtherLogin) {
		const server = tokenServerOf(connection, credentials);
		const result = await sendRefreshing(connection, options, send, server);
		if (!server || !isRefused(connection, result)) return result;
		const fault = keptRefusal(server, credentials, await readAgain());
		return fault ? { kind: 'fault', fault } : result;
	}
	let { result } = await attempt(send, { ...options, ignoreHttpStatusErrors: true });
	for (let round = 1; round <= MAX_SESSION_ROUNDS && isRefused(connection, result); round += 1) {
		if (!(await awaitOtherLogin(credentials, round))) return withPastedToken(result);
		result = await sendRefreshing(connection, options, send);
	}
	return result;
}

/** The same, with what a contract needs to say about a refusal. */
function withPastedToken(result: TransportResult): TransportResult {
	return result.kind === 'response'
		? { ...result, response: { ...result.response, hasPastedToken: true } }
		: result;
}

/**
 * Older versions of n8n overlook that a status is exempt in `ignoreHttpStatusErrors`, and hand the refusal over like any
 * answer. The request goes once more then, with every failing status as an error: that they see.
 */
async function sendRefreshing<Options extends PreparedOptions>(
	connection: Refreshing,
	options: Options,
	send: Send<Options>,
	tokenServer?: TokenServer,
): Promise<TransportResult> {
	const { result, asError } = await attempt(send, options, tokenServer);
	if (asError || !isRefused(connection, result)) return result;
	return (await attempt(send, { ...options, ignoreHttpStatusErrors: false }, tokenServer)).result;
}

/** `asError`: n8n saw the failing status itself, and has renewed the session if that was the reason. */
async function attempt<Options>(
	send: Send<Options>,
	options: Options,
	tokenServer?: TokenServer,
): Promise<{ result: TransportResult; asError: boolean }> {
	try {
		return { result: { kind: 'response', response: await send(options) }, asError: false };
	} catch (error) {
		return { result: toTransportResult(error, tokenServer), asError: true };
	}
}

function isRefused({ refreshStatuses }: Refreshing, result: TransportResult): boolean {
	return result.kind === 'response' && refreshStatuses.includes(result.response.status);
}

/** A transport's way to a new session, where the connection has one. */
export function sessionRenewal(
	connection: Connection,
	credentials: CredentialData,
): Pick<Transport, 'renew' | 'renewals'> {
	if (!connection.renew) return {};
	return {
		renewals: MAX_SESSION_ROUNDS,
		async renew(round): Promise<TransportFault | undefined> {
			try {
				await connection.renew?.(credentials, round);
				return undefined;
			} catch (error) {
				if (error instanceof CredentialError) return toFault(error);
				return toFault(
					new CredentialError('The session expired and could not be renewed', 'Test the credential.'),
				);
			}
		},
	};
}
