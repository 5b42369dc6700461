import type { Emulator } from '../../core/emulator.ts';
import { maskSecrets } from './masking.ts';
import { registerRoutes } from './routes.ts';
import { seedRecords } from './seeding.ts';
import { SWITCHES } from './switches.ts';
import { Tenant } from './tenant.ts';
import { credentialVariants } from './users.ts';

const BASE_PATH = '/acme';

/** Oracle Primavera Unifier, REST services V1 and V2 around "Terminate Workflow and Non-Workflow BP Records". */
export function createUnifier(): Emulator {
	const tenant = new Tenant();
	tenant.reset();
	return {
		vendor: 'unifier',
		title: 'Primavera Unifier',
		basePath: BASE_PATH,
		reset: () => tenant.reset(),
		seed: (count, options) => {
			const ids = seedRecords(tenant.company, count, options);
			tenant.counters.seeded += ids.length;
			return ids;
		},
		state: () => ({
			instances: tenant.company.instances((record) => tenant.statusOf(record)),
			counters: { ...tenant.counters },
			loginsByUser: { ...tenant.loginsByUser },
			auditLog: structuredClone(tenant.auditLog),
		}),
		configure: (switches) => {
			tenant.switches = SWITCHES.changed(tenant.switches, switches);
		},
		switches: () => structuredClone({ ...tenant.switches }),
		credentials: (origin) => credentialVariants(origin + BASE_PATH, tenant.users),
		mask: (text) => maskSecrets(tenant, text),
		routes: (app) => registerRoutes(app, tenant),
	};
}
