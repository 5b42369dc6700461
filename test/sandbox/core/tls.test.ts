import { X509Certificate } from 'node:crypto';
import { createServer } from 'node:http';
import { request } from 'node:https';
import type { RequestOptions } from 'node:https';
import type { Server as TlsServer } from 'node:tls';

import { openTlsDoor, selfSigned } from './tls.ts';

const server = createServer((_request, response) => response.end('here'));
let opened: { door: TlsServer; origin: string };

beforeAll(async () => void (opened = await openTlsDoor(server)));
afterAll(() => {
	server.closeAllConnections();
	opened.door.close();
});

const ask = async (options: RequestOptions): Promise<string> =>
	await new Promise((resolve, reject) => {
		const sent = request(opened.origin, options, (response) => {
			response.on('data', (data) => resolve(String(data)));
		});
		sent.on('error', reject).end();
	});

it('is a certificate for this machine, in force for a day', () => {
	const certificate = new X509Certificate(selfSigned().cert);
	expect(certificate.checkHost('localhost')).toBe('localhost');
	expect(certificate.checkIP('127.0.0.1')).toBe('127.0.0.1');
	expect(certificate.verify(certificate.publicKey)).toBe(true);
	expect(Date.parse(certificate.validFrom)).toBeLessThan(Date.now());
	expect(Date.parse(certificate.validTo)).toBeGreaterThan(Date.now());
});

it('is refused by a client that does not know it', async () => {
	await expect(ask({})).rejects.toMatchObject({ code: 'DEPTH_ZERO_SELF_SIGNED_CERT' });
});

it.each([
	['trusts it', { ca: selfSigned().cert }],
	['does not look', { rejectUnauthorized: false }],
])('serves a client that %s', async (_name, options) => {
	await expect(ask(options)).resolves.toBe('here');
});
