import type { Emulator, JsonObject } from '../../core/emulator.ts';
import { maskAll } from '../../core/masking.ts';
import { credentials } from './credentials.ts';
import { oauthRoutes } from './oauthRoutes.ts';
import { Portal } from './portal.ts';
import { restRoutes } from './restRoutes.ts';
import { seed } from './seed.ts';
import { SWITCHES } from './switches.ts';

function stateOf({ workflows, counters }: Portal): JsonObject {
	const instances: JsonObject = {};
	for (const { id, ...rest } of workflows.instances.values()) {
		const openTasks = workflows.tasksOf(id).filter(({ status }) => status === 0).length;
		instances[id] = { ...rest, openTasks };
	}
	return { instances, counters: { ...counters } };
}

/**
 * A Bitrix24 portal, emulated: the REST methods for business processes, batch, webhooks and OAuth 2.0,
 * after the pages of apidocs.bitrix24.com and the behaviour of the vendor's server code.
 */
export function createBitrix24(): Emulator {
	const portal = new Portal();
	return {
		vendor: 'bitrix24',
		title: 'Bitrix24',
		basePath: '',
		reset: () => portal.reset(),
		seed: (count, options) => seed(portal, count, options),
		state: () => stateOf(portal),
		configure: (switches) => {
			portal.switches = SWITCHES.changed(portal.switches, switches);
		},
		switches: () => ({ ...portal.switches }),
		credentials: (origin) => credentials(portal, origin),
		mask: (text) => maskAll(text, portal.accounts.secrets()),
		routes: (app) => {
			app.setNotFoundHandler(async (_request, reply) => {
				// Anything that is no REST call reaches the web site of the portal.
				await reply
					.code(404)
					.type('text/html; charset=utf-8')
					.send('<!DOCTYPE html><html><body><h1>404 Not Found</h1></body></html>');
			});
			restRoutes(app, portal);
			oauthRoutes(app, portal);
		},
	};
}
