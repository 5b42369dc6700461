import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { installN8n, prepareSqlite } from '../../../demo/install.mjs';
import { DEMO, STATE } from '../../../demo/paths.mjs';
import { npm } from '../../../demo/processes.mjs';
import { UserError } from '../../../demo/userError.mjs';
import { CURRENT, NEWEST } from './catalogue.mjs';

const HERE = fileURLToPath(new URL('.', import.meta.url));
/** How many of the newest versions are tried, because an incompletely published version cannot be installed. */
const NEWEST_TRIES = 5;

/**
 * An installed n8n.
 *
 * @typedef {object} Home
 * @property {string} version
 * @property {string} home the folder whose node_modules contain it
 * @property {string} node the Node that runs it
 */

/**
 * Installs a version of n8n from its lock file, unless it is installed already.
 *
 * @param {string} version
 * @returns {Promise<Home>}
 */
export async function provide(version) {
	if (version === NEWEST) return await provideNewest();
	if (version === CURRENT) {
		await installN8n(DEMO);
		return { version, home: DEMO, node: process.execPath };
	}
	const home = join(STATE, 'versions', version);
	mkdirSync(home, { recursive: true });
	for (const file of ['package.json', 'package-lock.json', '.npmrc']) {
		copyFileSync(join(HERE, version, file), join(home, file));
	}
	await installN8n(home);
	return { version, home, node: nodeOf(home) };
}

/** Older versions of n8n need an older Node, which is one of their packages if it exists for this platform. */
function nodeOf(home) {
	const platform = process.platform === 'win32' ? 'win' : process.platform;
	const folder = join(home, 'node_modules', `node-${platform}-${process.arch}`);
	if (!existsSync(folder)) return process.execPath;
	return join(folder, JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')).bin.node);
}

/** Always installs again, so that the result is what a user gets today. */
async function provideNewest() {
	const home = join(STATE, 'versions', NEWEST);
	const { overrides } = JSON.parse(readFileSync(join(DEMO, 'package.json'), 'utf8'));
	for (const version of await newestVersions()) {
		rmSync(home, { recursive: true, force: true });
		mkdirSync(home, { recursive: true });
		copyFileSync(join(DEMO, '.npmrc'), join(home, '.npmrc'));
		const manifest = { name: 'n8n-newest', private: true, dependencies: { n8n: version }, overrides };
		writeFileSync(join(home, 'package.json'), JSON.stringify(manifest));
		console.log(`Installing n8n ${version}, about 3 minutes and 2 GB ...`);
		const { code, output } = await npm(['install', '--no-audit', '--no-fund'], { cwd: home });
		if (code === 0) {
			await prepareSqlite(home);
			return { version, home, node: process.execPath };
		}
		const reason = /notarget (.+)/.exec(output)?.[1] ?? output.trim().slice(-1000);
		console.log(`n8n ${version} cannot be installed: ${reason}`);
	}
	throw new UserError(`None of the ${NEWEST_TRIES} newest versions of n8n can be installed.`);
}

async function newestVersions() {
	return (await publishedVersions())
		.filter((version) => /^\d+\.\d+\.\d+$/.test(version))
		.sort((a, b) => b.localeCompare(a, 'en', { numeric: true }))
		.slice(0, NEWEST_TRIES);
}

/** All versions of n8n on npm. */
export async function publishedVersions() {
	const { code, output } = await npm(['view', 'n8n', 'versions', '--json', '--loglevel=error'], {
		cwd: HERE,
	});
	if (code !== 0) throw new UserError(`${output.trim()}\n\nThe registry does not tell the versions of n8n.`);
	return JSON.parse(output);
}
