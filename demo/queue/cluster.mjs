import { join } from 'node:path';

import { STATE } from '../paths.mjs';
import { end } from '../processes.mjs';
import { SYSTEMS } from '../scenario.mjs';
import { requirePrograms } from '../system.mjs';
import { openWorld } from '../world.mjs';
import { ALARM, cleanup } from './cleanups.mjs';
import { POSTGRES, startPostgres } from './postgres.mjs';
import { REDIS, startRedis } from './redis.mjs';
import { makeWorker } from './worker.mjs';

const NAME = 'queue';

/**
 * Makes n8n notice sooner that a worker is gone. By default a lock lasts a minute and is checked every 30 seconds, and the
 * scenes would have to wait that long.
 */
const STALLED_SOON = {
	QUEUE_WORKER_LOCK_DURATION: '6000',
	QUEUE_WORKER_LOCK_RENEW_TIME: '2000',
	QUEUE_WORKER_STALLED_INTERVAL: '3000',
};

/**
 * n8n in queue mode: Redis, PostgreSQL, a main instance and workers, each with its own folder in which this package is
 * installed.
 *
 * @typedef {object} Cluster
 * @property {import('../world.mjs').World} world the main instance, started
 * @property {import('../n8n.mjs').N8n} n8n
 * @property {object} control the sandbox's control API
 * @property {(options: { name: string, packaged?: boolean }) => Promise<import('./worker.mjs').Worker>} makeWorker
 * @property {() => Promise<void>} close ends every process that was started
 */

/** @returns {Promise<Cluster>} */
export async function openCluster({ command }) {
	const state = join(STATE, NAME);
	const settings = { EXECUTIONS_MODE: 'queue', ...STALLED_SOON };
	const world = await openWorld({ name: NAME, command, settings });
	const [redis, postgres] = await requirePrograms([REDIS, POSTGRES]);
	const stores = await Promise.all([
		startRedis(redis, join(state, 'redis.log')),
		startPostgres(postgres, join(state, 'postgres.log')),
	]);
	for (const store of stores) Object.assign(settings, store.settings);
	const workers = [];
	return {
		world,
		n8n: world.n8n,
		control: world.sandbox.control,
		makeWorker: async (options) => {
			const worker = await makeWorker({ ...options, state, settings });
			workers.push(worker);
			return worker;
		},
		close: async () => {
			// Redis ends last, because n8n would wait in vain for a Redis that is gone.
			const main = world.n8n.process;
			await Promise.all([
				...(main ? [end(main)] : []),
				...workers.map(async (worker) => await worker.stop()),
			]);
			await world.close();
		},
	};
}

/**
 * Creates the owner, a credential for each vendor, and the published workflows that end the processes named in a call.
 *
 * @returns {Promise<Record<string, string>>} the IDs of the workflows by vendor; `alarm` is the error workflow
 */
export async function createWorkflows({ n8n, control }, vendors) {
	await n8n.signIn();
	const served = await control.vendors();
	const alarm = await publish(n8n, ALARM);
	const workflows = { alarm };
	for (const vendor of vendors) {
		const { type, name } = SYSTEMS[vendor].credential;
		const data = served[vendor].credentials[type];
		const credential = await n8n.json('POST', '/rest/credentials', { name, type, data });
		const references = { credentialId: credential.id, errorWorkflow: alarm };
		workflows[vendor] = await publish(n8n, cleanup(vendor, references));
	}
	return workflows;
}

async function publish(n8n, workflow) {
	const { id, versionId } = await n8n.json('POST', '/rest/workflows', workflow);
	await n8n.json('POST', `/rest/workflows/${id}/activate`, { versionId });
	return id;
}
