import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { credentialsFor } from '../../../demo/stage.mjs';
import { openWorld } from '../../../demo/world.mjs';
import { standInForPublicRegistry } from './publicRegistry.mjs';

/**
 * A running n8n outside of this checkout and without this package, whose installer takes packages from a stand-in for the
 * public registry.
 *
 * @typedef {object} InstallWorld
 * @property {import('../../../demo/world.mjs').World} world
 * @property {import('./publicRegistry.mjs').PublicRegistry} registry
 * @property {string} nodes the folder in which n8n keeps community packages
 * @property {(what: string) => string} why a message that says where n8n's log is
 * @property {() => Promise<void>} close
 */

/**
 * @param {object} options `name` and `command` as for `openWorld`
 * @param {(folder: string) => Promise<Array<{ manifest: object, tarball: string }>>} options.publish packs what the registry
 * has, into this folder
 * @returns {Promise<InstallWorld>}
 */
export async function openInstallWorld({ name, command, publish }) {
	const folder = mkdtempSync(join(realpathSync(tmpdir()), 'terminate-install-'));
	let registry;
	let world;
	const close = async () => {
		await world?.close();
		registry?.close();
		rmSync(folder, { recursive: true, force: true });
	};
	try {
		registry = await standInForPublicRegistry(folder, await publish(folder));
		const userFolder = join(folder, 'user');
		world = await openWorld({ name, command, userFolder, bare: true, settings: registry.settings });
		await world.n8n.importCredentials(await credentialsFor(world.sandbox.control));
		await world.n8n.start();
		await world.n8n.signIn();
		const why = (what) => `${what}. n8n's log: ${world.log}`;
		return { world, registry, nodes: join(userFolder, '.n8n', 'nodes'), why, close };
	} catch (error) {
		await close();
		throw error;
	}
}
