import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';

import { DEMO, ROOT } from './paths.mjs';
import { npm } from './processes.mjs';
import { UserError } from './userError.mjs';

/** Written last, so that an interrupted install does not have it. Contains the hash of the lock file. */
const STAMP = '.installed-by-demo';
const SQLITE = join('node_modules', 'sqlite3');
const SQLITE_BINARY = join(SQLITE, 'build', 'Release', 'node_sqlite3.node');
const PROGRESS_MS = 3000;

/**
 * Installs the n8n of a lock file next to that file, unless the same lock file has been installed completely before.
 *
 * @param {string} home the folder of the lock file
 */
export async function installN8n(home = DEMO) {
	const lock = readFileSync(join(home, 'package-lock.json'), 'utf8');
	const hash = createHash('sha256').update(lock).digest('hex');
	const stampFile = join(home, 'node_modules', STAMP);
	const stamp = existsSync(stampFile) ? readFileSync(stampFile, 'utf8').trim() : undefined;
	if (stamp === hash) return;
	console.log(reason(home, stamp));
	rmSync(stampFile, { force: true });
	await withProgress(home, lock, async () => await step(home, 'npm ci', ['ci', '--no-audit', '--no-fund']));
	await prepareSqlite(home);
	writeFileSync(stampFile, `${hash}\n`);
	console.log('n8n is installed.');
}

function reason(home, stamp) {
	const size = 'about 3 minutes and 2 GB';
	const folder = relative(ROOT, home);
	if (stamp !== undefined) {
		return `${join(folder, 'package-lock.json')} has changed: installing n8n again, ${size} ...`;
	}
	return existsSync(join(home, 'node_modules'))
		? `An earlier install of n8n in ${folder} did not come to its end: doing it again, ${size} ...`
		: `Installing n8n into ${join(folder, 'node_modules')}, once, ${size} ...`;
}

/**
 * Provides the SQLite binary of an n8n. It fits every version of Node, and every n8n with this version of sqlite3, so it is
 * made only once.
 *
 * @param {string} home
 */
export async function prepareSqlite(home) {
	const made = join(DEMO, SQLITE_BINARY);
	if (home !== DEMO && existsSync(made) && sqliteOf(home) === sqliteOf(DEMO)) {
		const binary = join(home, SQLITE_BINARY);
		mkdirSync(dirname(binary), { recursive: true });
		copyFileSync(made, binary);
		return;
	}
	console.log('Preparing SQLite (downloads a ready build, or compiles for about 2 minutes) ...');
	const args = ['rebuild', 'sqlite3', '--foreground-scripts', '--ignore-scripts=false'];
	await step(home, 'npm rebuild sqlite3', args);
}

function sqliteOf(home) {
	return JSON.parse(readFileSync(join(home, SQLITE, 'package.json'), 'utf8')).version;
}

async function step(home, name, args) {
	const { code, output } = await npm(args, { cwd: home });
	if (code === 0) return;
	const tail = output.trim().split('\n').slice(-15).join('\n');
	throw new UserError(`${tail}\n\n${name} did not succeed. Start again to have it done again.`);
}

/** npm prints nothing for minutes, so count the packages that have arrived. */
async function withProgress(home, lock, work) {
	const packages = Object.keys(JSON.parse(lock).packages).filter((path) => path !== '');
	const started = Date.now();
	const timer = setInterval(() => {
		const there = packages.filter((path) => existsSync(join(home, path, 'package.json'))).length;
		const seconds = Math.round((Date.now() - started) / 1000);
		const line = `  ${seconds} s: ${there} of ${packages.length} packages are there`;
		process.stdout.write(process.stdout.isTTY ? `\r${line}` : `${line}\n`);
	}, PROGRESS_MS);
	try {
		await work();
	} finally {
		clearInterval(timer);
		if (process.stdout.isTTY) process.stdout.write('\n');
	}
}
