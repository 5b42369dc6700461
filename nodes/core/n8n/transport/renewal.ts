import type { Connection, CredentialData, HttpRequest } from '../../connection/connection';
import { deliveryOf, refused } from './helperErrors';
import { CredentialRefusal } from '../parameters/parameterError';
import type { Transport, TransportFault } from '../../http/transport';

/** A transport's way to a new session, where the connection has one. */
export function renewal(
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
				if (error instanceof CredentialRefusal) return refused(error);
				const delivery = deliveryOf(error);
				return delivery.kind === 'fault'
					? { ...delivery.fault, maybeSent: false, stopsRun: true }
					: refused(
							new CredentialRefusal('The session expired and could not be renewed', 'Test the credential.'),
						);
			}
		},
	};
}
