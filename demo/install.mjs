import { createHash } from 'node:crypto';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { Complaint } from './complaint.mjs';
import { DEMO } from './places.mjs';
import { npm } from './processes.mjs';

const LOCK = join(DEMO, 'package-lock.json');
const MODULES = join(DEMO, 'node_modules');
/** Written after everything else, so that an interrupted install never has it. It holds the lock file's hash. */
const STAMP = join(MODULES, '.installed-by-demo');
const PROGRESS_MS = 3000;

/** Installs n8n into demo/node_modules unless this very lock file has been installed to its end before. */
export async function installN8n() {
	const lock = readFileSync(LOCK, 'utf8');
	const hash = createHash('sha256').update(lock).digest('hex');
	const stamp = existsSync(STAMP) ? readFileSync(STAMP, 'utf8').trim() : undefined;
	if (stamp === hash) return;
	console.log(reason(stamp));
	rmSync(STAMP, { force: true });
	await withProgress(lock, async () => await step('npm ci', ['ci', '--no-audit', '--no-fund']));
	console.log('Preparing SQLite (downloads a ready build, or compiles for about 2 minutes) ...');
	await step('npm rebuild sqlite3', ['rebuild', 'sqlite3', '--foreground-scripts', '--ignore-scripts=false']);
	writeFileSync(STAMP, `${hash}\n`);
	console.log('n8n is installed.');
}

function reason(stamp) {
	const size = 'about 3 minutes and 2 GB';
	if (stamp !== undefined) return `demo/package-lock.json has changed: installing n8n again, ${size} ...`;
	return existsSync(MODULES)
		? `An earlier install of n8n did not come to its end: doing it again, ${size} ...`
		: `Installing n8n into demo/node_modules, once, ${size} ...`;
}

async function step(name, args) {
	const { code, output } = await npm(args, { cwd: DEMO });
	if (code === 0) return;
	const tail = output.trim().split('\n').slice(-15).join('\n');
	throw new Complaint(`${tail}\n\n${name} did not succeed. Start the demo again to have it done again.`);
}

/** npm is silent for minutes, so count what has arrived. */
async function withProgress(lock, work) {
	const packages = Object.keys(JSON.parse(lock).packages).filter((path) => path !== '');
	const started = Date.now();
	const timer = setInterval(() => {
		const there = packages.filter((path) => existsSync(join(DEMO, path, 'package.json'))).length;
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
