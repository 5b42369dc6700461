import Fastify from 'fastify';
import { X509Certificate } from 'node:crypto';
import { request } from 'node:https';

import { loopbackCertificate } from './certificate.ts';
import { openSecureDoor } from './tls.ts';
import type { SecureDoor } from './tls.ts';

describe('a way to an emulator over TLS', () => {
	const app = Fastify({ forceCloseConnections: true });
	let door: SecureDoor;

	beforeAll(async () => {
		app.get('/', async ({ protocol }) => protocol);
		await app.listen({ host: '127.0.0.1', port: 0 });
		door = await openSecureDoor(app);
	});
	afterAll(async () => {
		await door.close();
		await app.close();
	});

	const textOf = async (origin: string, ca?: string): Promise<string> =>
		await new Promise((resolve, reject) => {
			const sent = request(origin, { ca, agent: false }, (response) => {
				response.setEncoding('utf8').on('data', resolve);
			});
			sent.on('error', reject).end();
		});

	it('answers a client that trusts its certificate', async () => {
		await expect(textOf(door.origin, door.cert)).resolves.toBe('https');
		await expect(textOf(door.origin.replace('127.0.0.1', 'localhost'), door.cert)).resolves.toBe('https');
	});

	it('is refused by all others', async () => {
		await expect(textOf(door.origin)).rejects.toMatchObject({ code: 'DEPTH_ZERO_SELF_SIGNED_CERT' });
		await expect(textOf(door.origin, loopbackCertificate().cert)).rejects.toThrow();
	});

	it('has a certificate for this machine alone, that is valid for a day', () => {
		const certificate = new X509Certificate(door.cert);
		expect(certificate.verify(certificate.publicKey)).toBe(true);
		expect(certificate.checkIP('127.0.0.1')).toBe('127.0.0.1');
		expect(certificate.checkHost('localhost')).toBe('localhost');
		expect(certificate.checkHost('portal.example')).toBeUndefined();
		const hours = (Date.parse(certificate.validTo) - Date.now()) / 3_600_000;
		expect(Math.round(hours)).toBe(24);
	});
});
