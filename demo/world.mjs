import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';

import { installN8n } from './install.mjs';
import { lock } from './lock.mjs';
import { N8n } from './n8n.mjs';
import { requireNode } from './node.mjs';
import { buildPackage, installPackage } from './package.mjs';
import { DEMO, STATE } from './paths.mjs';
import { endAll, freePort } from './processes.mjs';
import { startSandbox } from './sandbox.mjs';

/**
 * A fresh n8n with this package and a fresh sandbox: the starting point of every program that shows the package in a real
 * n8n.
 *
 * @typedef {object} World
 * @property {string} state the folder of this run, emptied at its start
 * @property {string} userFolder n8n's N8N_USER_FOLDER
 * @property {string} log the file with n8n's output
 * @property {N8n} n8n not started yet, so that credentials and workflows can be imported first
 * @property {Awaited<ReturnType<typeof startSandbox>>} sandbox
 * @property {() => Promise<void>} close ends everything that was started
 */

/**
 * Opens a world. Throws a UserError if something is missing that the user has to provide.
 *
 * @param {object} options
 * @param {string} options.name the folder below .demo/; programs of different names may run side by side
 * @param {string} options.command the command that starts the program
 * @param {string} [options.home] the folder whose node_modules contain n8n; by default demo/, where it is installed if necessary
 * @param {string} [options.node] the Node that runs n8n, by default ours
 * @param {Record<string, string>} [options.settings] environment variables for n8n
 * @param {string} [options.userFolder] n8n's N8N_USER_FOLDER, if it must not be below the checkout
 * @param {boolean} [options.bare] whether n8n starts without this package
 * @returns {Promise<World>}
 */
export async function openWorld({ name, command, home = DEMO, node, settings, userFolder, bare = false }) {
	requireNode(command);
	const state = join(STATE, name);
	const release = lock(state);
	if (home === DEMO) await installN8n();
	await buildPackage();
	const folder = userFolder ?? join(state, 'n8n');
	const log = join(state, 'n8n.log');
	for (const path of [folder, log]) rmSync(path, { recursive: true, force: true });
	const community = join(folder, '.n8n', 'nodes');
	mkdirSync(community, { recursive: true });
	if (!bare) await installPackage(community, home);
	const sandbox = await startSandbox({ port: 0 });
	const n8n = new N8n({ port: await freePort(), userFolder: folder, log, home, node, settings });
	return {
		state,
		userFolder: folder,
		log,
		n8n,
		sandbox,
		close: async () => {
			await endAll();
			release();
		},
	};
}
