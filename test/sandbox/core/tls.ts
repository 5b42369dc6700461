import type { FastifyInstance } from 'fastify';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:tls';

import { loopbackCertificate } from './certificate.ts';

/** A way to an emulator over TLS, besides its own over plain HTTP. */
export interface SecureDoor {
	/** Scheme, host and port, without a trailing slash. */
	origin: string;
	/** What a client has to trust, as PEM. */
	cert: string;
	close(): Promise<void>;
}

/** Opens a way to a running emulator over TLS, on a free port and with a certificate of its own. */
export async function openSecureDoor({ server }: FastifyInstance): Promise<SecureDoor> {
	const { key, cert } = loopbackCertificate();
	const door = createServer({ key, cert }, (socket) => server.emit('connection', socket));
	await new Promise<void>((resolve) => door.listen(0, '127.0.0.1', resolve));
	return {
		origin: `https://127.0.0.1:${(door.address() as AddressInfo).port}`,
		cert,
		close: async () => {
			server.closeAllConnections();
			await new Promise((resolve) => door.close(resolve));
		},
	};
}
