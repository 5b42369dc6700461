/**
 * The package in several versions of n8n, one after the other: `npm run e2e:versions` for all that have a lock file here,
 * `npm run e2e:versions -- 2.0.3` for some, `npm run e2e:versions -- newest` for the newest in the registry.
 */
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

import { requireNode } from '../../../demo/node.mjs';
import { ROOT } from '../../../demo/paths.mjs';
import { run, startNode } from '../../../demo/processes.mjs';
import { runProgram } from '../../../demo/program.mjs';
import { table } from '../../../demo/table.mjs';
import { UserError } from '../../../demo/userError.mjs';
import { NEWEST, VERSIONS } from './catalogue.mjs';
import { provide } from './install.mjs';

/** The file descriptor of our own output. */
const STDOUT = 1;
const TEST = fileURLToPath(new URL('version.test.mjs', import.meta.url));

await runProgram(main);

async function main() {
	requireNode('npm run e2e:versions');
	const rows = [];
	for (const wanted of chosen(process.argv.slice(2))) {
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
		throw new UserError(`There is no n8n ${name} here. There are: ${known}`);
	});
}

async function tryOut(found) {
	const child = startNode(['--test', TEST], {
		cwd: ROOT,
		env: { ...process.env, N8N_UNDER_TEST: JSON.stringify(found) },
		log: STDOUT,
	});
	const [code] = await once(child, 'exit');
	return code === 0;
}
