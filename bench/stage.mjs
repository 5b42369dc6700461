import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { N8n } from '../demo/n8n.mjs';
import { installPackage } from '../demo/package.mjs';
import { ROOT } from '../demo/paths.mjs';
import { freePort, startNode } from '../demo/processes.mjs';
import { startSandbox } from '../demo/sandbox.mjs';
import { credentialsFor } from '../demo/stage.mjs';
import { installRoutingCopy, ROUTING_PACKAGE } from './package.mjs';
import { BARE, BENCH_STATE, COMMUNITY_NODES, LOG, USER_FOLDER, WORKFLOWS } from './paths.mjs';
import { PROBE, Probe } from './probeClient.mjs';
import { VENDORS } from './vendors.mjs';
import { workflow } from './workflows.mjs';

/**
 * Everything that runs during the benchmark: one n8n, one sandbox, and the program of the bare loop.
 *
 * @typedef {object} Stage
 * @property {N8n} n8n
 * @property {Probe} n8nProbe
 * @property {import('node:child_process').ChildProcess} bare
 * @property {Probe} bareProbe
 * @property {{ child: import('node:child_process').ChildProcess, control: object }} sandbox
 * @property {Record<string, import('./vendors.mjs').Base>} bases by vendor
 * @property {{ id: string, name: string, trigger: string }} checkWorkflow blocks the event loop on purpose
 * @property {(work: import('./workloads.mjs').Workload, contestant: string) => { id: string, name: string, trigger: string }} workflowOf
 */

/** n8n is still starting up for a while after its health check passes. */
const SETTLE_MS = 5000;

const CHECK = workflow('bench-check', 'bitrix24', {
	type: `${ROUTING_PACKAGE}.benchReference`,
	typeVersion: 1,
	parameters: { resource: 'bench', operation: 'hold' },
});

/**
 * Starts everything afresh.
 *
 * @param {import('./workloads.mjs').Workload[]} works
 * @param {import('./contestants.mjs').Contestant[]} contestants
 * @returns {Promise<Stage>}
 */
export async function setStage(works, contestants) {
	rmSync(BENCH_STATE, { recursive: true, force: true });
	for (const folder of [COMMUNITY_NODES, WORKFLOWS]) mkdirSync(folder, { recursive: true });
	const { directory } = await installPackage(COMMUNITY_NODES);
	installRoutingCopy(directory);

	const sandbox = await startSandbox({ port: 0 });
	const vendors = await sandbox.control.vendors();
	const bases = Object.fromEntries(
		Object.entries(VENDORS).map(([name, { base }]) => [name, base(vendors[name])]),
	);
	const workflows = workflowsFor(works, contestants, bases);
	for (const each of [CHECK, ...workflows.values()]) {
		writeFileSync(join(WORKFLOWS, `${each.id}.json`), JSON.stringify(each));
	}

	const n8n = new N8n({ port: await freePort(), userFolder: USER_FOLDER, log: LOG, preload: [PROBE] });
	await n8n.importCredentials(await credentialsFor(sandbox.control));
	await n8n.command('import:workflow', '--separate', `--input=${WORKFLOWS}`);
	await n8n.start();
	await n8n.signIn();
	await sleep(SETTLE_MS);
	const bare = startNode(['--require', PROBE, BARE], { cwd: ROOT, env: process.env });
	return {
		n8n,
		n8nProbe: new Probe(n8n.process),
		bare,
		bareProbe: new Probe(bare),
		sandbox,
		bases,
		checkWorkflow: CHECK,
		workflowOf: (work, contestant) => workflows.get(idOf(work, contestant)),
	};
}

const idOf = (work, contestant) => `bench-${work.key}-${contestant}`;

function workflowsFor(works, contestants, bases) {
	const inN8n = contestants.filter(({ node }) => node !== undefined);
	return new Map(
		works.flatMap((work) =>
			inN8n
				.filter(({ key }) => work.contestants.includes(key))
				.map(({ key, node }) => {
					const id = idOf(work, key);
					return [id, workflow(id, work.vendor, node(work, bases[work.vendor]))];
				}),
		),
	);
}
