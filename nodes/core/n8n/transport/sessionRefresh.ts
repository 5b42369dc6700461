import type { Connection, CredentialData, HttpRequest } from '../../connection/connection';
import { toTransportResult } from './helperErrors';
import type { PreparedOptions } from './requestOptions';
import type { TransportResult, Transport, TransportFault } from '../../http/transport';
import type { ApiResponse } from '../../http/messages';
import { toFault, CredentialError } from '../../connection/credentialError';

/** How often a session is renewed for one request where other processes may void it right after. */
const MAX_ROUNDS = 3;

/** Sends a request by n8n and gives the answer; what n8n throws tells of a failing status or of no answer at all. */
type Send<Options> = (options: Options) => Promise<ApiResponse>;

type Renewing = Pick<Connection, 'refreshStatuses' | 'awaitOtherLogin'>;

/**
 * Sends a request so that n8n renews the session when the vendor has refused it: nothing was done then. Where a login voids
 * the sessions of all other processes, each looks for the one that another has saved before it logs in itself; else
 * they would go on voiding each other's.
 */
export async function sendWithRefresh<Options extends PreparedOptions>(
	connection: Renewing,
	credentials: CredentialData,
	options: Options,
	send: Send<Options>,
): Promise<TransportResult> {
	const { awaitOtherLogin } = connection;
	if (!awaitOtherLogin) return await sendRenewing(connection, options, send);
	let { delivery } = await attempt(send, { ...options, ignoreHttpStatusErrors: true });
	for (let round = 1; round <= MAX_ROUNDS && isRefused(connection, delivery); round += 1) {
		if (!(await awaitOtherLogin(credentials, round))) break;
		delivery = await sendRenewing(connection, options, send);
	}
	return delivery;
}

/**
 * Older versions of n8n overlook that a status is exempt in `ignoreHttpStatusErrors`, and hand the refusal over like any
 * answer. The request goes once more then, with every failing status as an error: that they see.
 */
async function sendRenewing<Options extends PreparedOptions>(
	connection: Renewing,
	options: Options,
	send: Send<Options>,
): Promise<TransportResult> {
	const { delivery, asError } = await attempt(send, options);
	if (asError || !isRefused(connection, delivery)) return delivery;
	return (await attempt(send, { ...options, ignoreHttpStatusErrors: false })).delivery;
}

/** `asError`: n8n saw the failing status itself, and has renewed the session if that was the reason. */
async function attempt<Options>(
	send: Send<Options>,
	options: Options,
): Promise<{ delivery: TransportResult; asError: boolean }> {
	try {
		return { delivery: { kind: 'response', response: await send(options) }, asError: false };
	} catch (error) {
		return { delivery: toTransportResult(error), asError: true };
	}
}

function isRefused({ refreshStatuses }: Renewing, delivery: TransportResult): boolean {
	return delivery.kind === 'response' && refreshStatuses.includes(delivery.response.status);
}

/** A transport's way to a new session, where the connection has one. */
export function sessionRenewal(
	connection: Connection,
	credentials: CredentialData,
	request: HttpRequest,
): Pick<Transport, 'renew'> {
	if (!connection.renew) return {};
	return {
		async renew(): Promise<TransportFault | undefined> {
			try {
				await connection.renew?.(credentials, request);
				return undefined;
			} catch (error) {
				if (error instanceof CredentialError) return toFault(error);
				const delivery = toTransportResult(error);
				return delivery.kind === 'fault'
					? { ...delivery.fault, maybeSent: false, stopsRun: true }
					: toFault(
							new CredentialError('The session expired and could not be renewed', 'Test the credential.'),
						);
			}
		},
	};
}
