import type { Emulator } from '../../core/emulator.ts';
import { credentialsFor } from './credentials.ts';
import { refuseUnknown } from './gate.ts';
import { maskSecrets } from './masking.ts';
import { portalRoutes } from './portal.ts';
import { processInstanceRoutes } from './processInstances.ts';
import { queryRoutes } from './queries.ts';
import { tokenServiceRoutes } from './tokenService.ts';
import { World } from './world.ts';

/**
 * EnOS BPM behind its API gateway: the BPM service, the application portal that issues user tokens
 * and the gateway's own token service.
 */
export function createEnosBpm(): Emulator {
	const world = new World();
	return {
		vendor: 'enosBpm',
		title: 'EnOS BPM',
		basePath: '',
		reset: () => world.reset(),
		seed: (count, options) => world.instances.seed(count, options),
		state: () => world.state(),
		configure: (switches) => world.configure(switches),
		switches: () => ({ ...world.switches }),
		credentials: credentialsFor,
		mask: maskSecrets,
		routes: (app) => {
			refuseUnknown(app);
			tokenServiceRoutes(app, world);
			portalRoutes(app, world);
			processInstanceRoutes(app, world);
			queryRoutes(app, world);
		},
	};
}
