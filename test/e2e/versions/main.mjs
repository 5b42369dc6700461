/**
 * The package in several versions of n8n, one after the other: `npm run e2e:versions` for all that have a lock file here,
 * `npm run e2e:versions -- 2.0.3` for some, `npm run e2e:versions -- newest` for the newest of the registry.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

import { Complaint } from '../../../demo/complaint.mjs';
import { demandNode } from '../../../demo/node.mjs';
import { endAll, run } from '../../../demo/processes.mjs';
import { table } from '../../../demo/table.mjs';
import { NEWEST, VERSIONS } from './catalogue.mjs';
import { provide } from './install.mjs';

/** What a shell reports for a program that Ctrl-C ended. */
const INTERRUPTED = 130;
const TEST = fileURLToPath(new URL('version.test.mjs', import.meta.url));

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
	process.once(signal, () => void endAll().finally(() => process.exit(INTERRUPTED)));
}

try {
	process.exitCode = await main(process.argv.slice(2));
} catch (error) {
	if (!(error instanceof Complaint)) throw error;
	console.error(`\n${error.message}`);
	process.exitCode = 1;
}

async function main(names) {
	demandNode('npm run e2e:versions');
	const rows = [];
	for (const wanted of chosen(names)) {
		const started = Date.now();
		const found = { ...wanted, ...(await provide(wanted.version)), name: wanted.version };
		const installed = Date.now();
		const { output } = await run(found.node, ['--version'], { cwd: '.' });
		console.log(`\nn8n ${found.version} (${found.why}) under Node ${output.trim()}`);
		const passed = await tryOut(found);
		const seconds = [installed - started, Date.now() - installed].map((ms) => `${Math.round(ms / 1000)} s`);
		rows.push([found.version, found.why, output.trim(), ...seconds, passed ? 'all right' : 'FAILED']);
	}
	console.log(`\n${table(['n8n', 'why', 'Node', 'install', 'tests', 'result'], rows)}`);
	return rows.every((row) => row.at(-1) === 'all right') ? 0 : 1;
}

function chosen(names) {
	if (names.length === 0) return VERSIONS;
	return names.map((name) => {
		if (name === NEWEST) return { version: NEWEST, why: 'the newest' };
		const found = VERSIONS.find(({ version }) => version === name);
		if (found) return found;
		const known = [...VERSIONS.map(({ version }) => version), NEWEST].join(', ');
		throw new Complaint(`There is no n8n ${name} here. There are: ${known}`);
	});
}

async function tryOut(found) {
	const child = spawn(process.execPath, ['--test', TEST], {
		stdio: 'inherit',
		env: { ...process.env, N8N_UNDER_TEST: JSON.stringify(found) },
	});
	const [code] = await once(child, 'exit');
	return code === 0;
}
