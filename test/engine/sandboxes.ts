import type { FastifyInstance, FastifyReply } from 'fastify';
import { createServer } from 'node:net';
import type { AddressInfo, Server } from 'node:net';

import type { Emulator, JsonObject } from '../sandbox/core/emulator.ts';
import type { JournalEntry } from '../sandbox/core/journal.ts';
import type { VendorListener } from '../sandbox/core/listener.ts';
import { openSecureDoor } from '../sandbox/core/tls.ts';
import { startAlone } from '../sandbox/support.ts';

/**
 * An emulator for the tests of a suite, in its first state before each of them apart from the given switches. Each test
 * finds it at another address: what the node remembers of a host starts anew.
 */
export function useVendor(createEmulator: () => Emulator, switches: JsonObject = {}): VendorListener {
	const vendor = {} as VendorListener;
	const unanswered = new Set<FastifyReply>();
	const start = async (): Promise<void> => {
		const emulator = createEmulator();
		const routes = (app: FastifyInstance): void => {
			app.addHook('onRequest', async (_request, reply) => void unanswered.add(reply));
			app.addHook('onSend', async (_request, reply, payload) => {
				unanswered.delete(reply);
				return payload;
			});
			emulator.routes(app);
		};
		Object.assign(vendor, await startAlone({ ...emulator, routes }));
	};
	beforeAll(start);
	beforeEach(async () => {
		// What nobody waits for any more may still be acted on, so the next test gets another emulator.
		const isLate = [...unanswered].some((reply) => !reply.sent);
		unanswered.clear();
		if (isLate) {
			await close(vendor);
			await start();
		}
		vendor.emulator.reset();
		vendor.emulator.configure(switches);
		vendor.journal.clear();
		vendor.faults.clear();
		vendor.latency.ms = 0;
		await moveOn(vendor);
	});
	afterAll(async () => await close(vendor));
	return vendor;
}

/** The ports that tests have had. None is used twice: the node remembers sessions and rates by address. */
const usedPorts = new Set<number>();

/** Where a vendor that has moved is listening now. */
const doors = new WeakMap<VendorListener, { close(): unknown }>();

/** Moves an emulator to another address. Starting it anew would take fifty times as long. */
export async function moveOn(vendor: VendorListener): Promise<void> {
	const { app, emulator } = vendor;
	void doors.get(vendor)?.close();
	app.server.closeAllConnections();
	let door: Server;
	let port: number;
	do {
		door = createServer((socket) => app.server.emit('connection', socket));
		await new Promise<void>((resolve) => door.listen(0, '127.0.0.1', resolve));
		({ port } = door.address() as AddressInfo);
		if (usedPorts.has(port)) door.close();
	} while (usedPorts.has(port));
	usedPorts.add(port);
	doors.set(vendor, door);
	const origin = `http://127.0.0.1:${port}`;
	Object.assign(vendor, { origin, baseUrl: origin + emulator.basePath });
}

/** Moves an emulator behind TLS, with a certificate that nobody knows. */
export async function moveBehindTls(vendor: VendorListener): Promise<void> {
	const { app, emulator } = vendor;
	void doors.get(vendor)?.close();
	app.server.closeAllConnections();
	const door = await openSecureDoor(app);
	const { origin } = door;
	usedPorts.add(Number(new URL(origin).port));
	doors.set(vendor, door);
	Object.assign(vendor, { origin, baseUrl: origin + emulator.basePath });
}

async function close(vendor: VendorListener): Promise<void> {
	void doors.get(vendor)?.close();
	// A later failure in the same file shows the requests of all journals.
	vendor.journal.clear();
	await vendor.app.close();
}

/** The credential data under a key of the emulator's own list, as n8n would hold it. */
export function credentialsOf(listener: VendorListener, key: string): JsonObject {
	const data = listener.emulator.credentials(listener.origin)[key];
	if (!data) throw new Error(`The emulator has no credentials named ${key}`);
	return data;
}

/** The requests of a method to paths that contain a text, oldest first. */
export function requestsTo(listener: VendorListener, method: string, path = ''): JournalEntry[] {
	return listener.journal.list().filter((entry) => entry.method === method && entry.url.includes(path));
}

/** What became of one instance in the emulator. */
export function stateOf(listener: VendorListener, id: string): string | undefined {
	const instances = listener.emulator.state()['instances'] as Record<string, { state: string }>;
	return instances[id]?.state;
}
