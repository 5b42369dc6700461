import Fastify from 'fastify';
import type { FastifyInstance } from 'fastify';

import type { Emulator, JsonObject } from './emulator.ts';
import { faultSchema } from './faults.ts';
import type { Fault } from './faults.ts';
import type { VendorListener } from './listener.ts';

const latencyBody = {
	type: 'object',
	additionalProperties: false,
	required: ['ms'],
	properties: { ms: { type: 'integer', minimum: 0 } },
} as const;

/**
 * The control API, on a port of its own so that it can never be taken for a vendor:
 * `POST /reset`, `POST /latency`, `GET /vendors`, and for each vendor `POST /:vendor/seed`, `GET /:vendor/state`,
 * `GET|DELETE /:vendor/requests`, `POST|DELETE /:vendor/faults`, `GET|PATCH /:vendor/switches`.
 */
export function controlApp(listeners: Map<string, VendorListener>): FastifyInstance {
	const app = Fastify({ forceCloseConnections: true });
	const vendorParams = { type: 'object', properties: { vendor: { enum: [...listeners.keys()] } } };
	const of = (vendor: string): VendorListener => {
		const listener = listeners.get(vendor);
		if (!listener) throw new Error(`The sandbox plays no vendor named ${vendor}`);
		return listener;
	};

	app.setErrorHandler(async (error: Error & { statusCode?: number }, _request, reply) => {
		await reply.code(error.statusCode ?? 400).send({ error: error.message });
	});

	app.post('/reset', async () => {
		for (const listener of listeners.values()) resetListener(listener);
		return { reset: true };
	});

	app.post<{ Body: { ms: number } }>('/latency', { schema: { body: latencyBody } }, async (request) => {
		for (const { latency } of listeners.values()) latency.ms = request.body.ms;
		return { ms: request.body.ms };
	});

	app.get('/vendors', async () =>
		Object.fromEntries(
			[...listeners].map(([vendor, { baseUrl, origin, emulator }]) => [
				vendor,
				{ baseUrl, credentials: emulator.credentials(origin) },
			]),
		),
	);

	app.post<{ Params: { vendor: string }; Body: { count?: number; options?: JsonObject } }>(
		'/:vendor/seed',
		{
			schema: {
				params: vendorParams,
				body: {
					type: 'object',
					additionalProperties: false,
					properties: { count: { type: 'integer', minimum: 0 }, options: { type: 'object' } },
				},
			},
		},
		async (request) => ({
			ids: of(request.params.vendor).emulator.seed(request.body.count ?? 1, request.body.options ?? {}),
		}),
	);

	app.get<{ Params: { vendor: string } }>(
		'/:vendor/state',
		{ schema: { params: vendorParams } },
		async (request) => of(request.params.vendor).emulator.state(),
	);

	app.get<{ Params: { vendor: string } }>(
		'/:vendor/requests',
		{ schema: { params: vendorParams } },
		async (request) => of(request.params.vendor).journal.list(),
	);

	app.delete<{ Params: { vendor: string } }>(
		'/:vendor/requests',
		{ schema: { params: vendorParams } },
		async (request) => {
			of(request.params.vendor).journal.clear();
			return { requests: 0 };
		},
	);

	app.post<{ Params: { vendor: string }; Body: Fault[] }>(
		'/:vendor/faults',
		{ schema: { params: vendorParams, body: { type: 'array', items: faultSchema } } },
		async (request) => {
			of(request.params.vendor).faults.arm(request.body);
			return { armed: of(request.params.vendor).faults.pending().length };
		},
	);

	app.delete<{ Params: { vendor: string } }>(
		'/:vendor/faults',
		{ schema: { params: vendorParams } },
		async (request) => {
			of(request.params.vendor).faults.clear();
			return { armed: 0 };
		},
	);

	app.get<{ Params: { vendor: string } }>(
		'/:vendor/switches',
		{ schema: { params: vendorParams } },
		async (request) => of(request.params.vendor).emulator.switches(),
	);

	app.patch<{ Params: { vendor: string }; Body: JsonObject }>(
		'/:vendor/switches',
		{ schema: { params: vendorParams, body: { type: 'object' } } },
		async (request) => {
			const emulator: Emulator = of(request.params.vendor).emulator;
			emulator.configure(request.body);
			return emulator.switches();
		},
	);

	return app;
}

/** Back to the first state: emulator, journal, faults and latency. */
export function resetListener(listener: VendorListener): void {
	listener.emulator.reset();
	listener.journal.clear();
	listener.faults.clear();
	listener.latency.ms = 0;
}
