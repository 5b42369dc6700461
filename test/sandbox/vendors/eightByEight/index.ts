import type { FastifyInstance, HTTPMethods } from 'fastify';

import type { Emulator, JsonObject } from '../../core/emulator.ts';
import { credentialData, maskKeys } from './accounts.ts';
import { authenticate } from './auth.ts';
import { commandRoute } from './commandRoute.ts';
import { definitionRoutes } from './definitionRoutes.ts';
import { errorBody, refuse, VendorError } from './errors.ts';
import { instanceRoutes } from './instanceRoutes.ts';
import { NOT_PLAYED, PATHS } from './paths.ts';
import { seedInstances } from './seeding.ts';
import { SWITCHES } from './switches.ts';
import { hundredths } from './time.ts';
import { World } from './world.ts';

/** 8x8 Automation API, version 1 (8x8 Connect reference, "Automation API"). */
export function createEightByEight(): Emulator {
	const world = new World();
	return {
		vendor: 'eightByEight',
		title: '8x8 Automation',
		basePath: '',
		reset: () => world.reset(),
		seed: (count, options) => seedInstances(world, count, options),
		state: () => stateOf(world),
		configure: (changes) => {
			world.settings = SWITCHES.changed(world.settings, changes);
		},
		switches: () => ({ ...world.settings }),
		credentials: credentialData,
		mask: maskKeys,
		routes: (app) => routes(app, world),
	};
}

function stateOf(world: World): JsonObject {
	world.purge();
	const instances = [...world.instances.values()].map((instance) => [
		instance.workflowId,
		{
			state: instance.status === 'Runnable' ? 'running' : instance.status.toLowerCase(),
			status: instance.status,
			accountId: instance.accountId,
			definitionId: instance.definitionId,
			version: instance.version,
			startedAt: hundredths(instance.startedAt),
			completedAt: instance.completedAt === null ? null : hundredths(instance.completedAt),
			errors: instance.errors.length,
		},
	]);
	return { instances: Object.fromEntries(instances) as JsonObject, counters: { ...world.counters } };
}

function vendorError(error: unknown, world: World): VendorError {
	if (error instanceof VendorError) return error;
	const { validationContext, statusCode } = error as { validationContext?: string; statusCode?: number };
	if (validationContext === 'params') return refuse.definitionId();
	// Whatever the listener itself refuses (no content type, a body over its limit) is a bad request here.
	if (validationContext !== undefined || (statusCode !== undefined && statusCode < 500)) return refuse.body();
	world.counters.internalErrors += 1;
	return refuse.internal();
}

function routes(app: FastifyInstance, world: World): void {
	app.setErrorHandler(async (error, _request, reply) => {
		const known = vendorError(error, world);
		await reply.code(known.status).send(errorBody(known, world.now()));
	});
	app.setNotFoundHandler(async (_request, reply) => await reply.code(404).send());

	void app.register(async (api) => {
		// After the faults of the sandbox, and before the schemas: a stranger learns nothing about bodies.
		api.addHook('preValidation', async (request) => {
			world.purge();
			authenticate(world, request);
		});
		commandRoute(api, world, PATHS.instance);
		instanceRoutes(api, world);
		definitionRoutes(api, world);
	});

	void app.register(async (rest) => {
		for (const [method, url] of NOT_PLAYED) {
			rest.route({
				method,
				url,
				handler: async (_request, reply) => await reply.code(501).send(),
			});
		}
		for (const [url, allowed] of METHODS) {
			rest.route({
				method: ALL_METHODS.filter((method) => !allowed.includes(method)),
				url,
				handler: async (_request, reply) =>
					await reply
						.code(405)
						.header('allow', allowed.filter((method) => method !== 'HEAD').join(', '))
						.send(),
			});
		}
	});
}

const ALL_METHODS: HTTPMethods[] = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'];

/** HEAD comes with every GET. */
const METHODS: Array<[string, HTTPMethods[]]> = [
	[PATHS.definitions, ['GET', 'HEAD', 'POST']],
	[PATHS.definition, ['GET', 'HEAD', 'PUT', 'DELETE']],
	[PATHS.instances, ['GET', 'HEAD', 'POST']],
	[PATHS.instance, ['GET', 'HEAD', 'PATCH']],
	[PATHS.errors, ['GET', 'HEAD']],
	[PATHS.usage, ['GET', 'HEAD']],
];
