import Fastify from 'fastify';
import type { FastifyInstance, FastifyReply } from 'fastify';

import type { Emulator } from './emulator.ts';
import { FaultPlan } from './faults.ts';
import { Journal } from './journal.ts';
import { Latency } from './latency.ts';

/** One emulator behind its own listener on loopback, with its journal and its faults. */
export interface VendorListener {
	emulator: Emulator;
	journal: Journal;
	faults: FaultPlan;
	latency: Latency;
	app: FastifyInstance;
	/** Scheme, host and port, without a trailing slash. */
	origin: string;
	/** What a user would enter as base URL. */
	baseUrl: string;
}

/** Starts one emulator. Port 0 takes a free one. */
export async function listen(emulator: Emulator, port: number): Promise<VendorListener> {
	const faults = new FaultPlan();
	const latency = new Latency();
	const journal = new Journal((text) => emulator.mask(text), faults);
	const app = Fastify({
		// A path that cannot be decoded is no path of any vendor.
		frameworkErrors: (_error, _request, reply) => {
			void (reply as unknown as FastifyReply).code(400).type('text/plain').send('Bad Request');
		},
		bodyLimit: 32 * 1024 * 1024,
		forceCloseConnections: true,
		routerOptions: { maxParamLength: 1000 },
		ajv: { customOptions: { coerceTypes: false, removeAdditional: false, allErrors: true } },
	});
	app.decorateRequest('rawBody', '');
	app.removeAllContentTypeParsers();
	// Every body arrives as text: several vendors read a wrong content type or broken JSON in their own way.
	app.addContentTypeParser('*', { parseAs: 'string' }, (request, body, done) => {
		request.rawBody = String(body);
		done(null, request.rawBody);
	});
	journal.install(app);
	latency.install(app);
	faults.install(app);
	emulator.reset();
	emulator.routes(app);
	const origin = await app.listen({ host: '127.0.0.1', port });
	return { emulator, journal, faults, latency, app, origin, baseUrl: origin + emulator.basePath };
}
