/**
 * n8n in queue mode with this package on the main instance and two workers, a real Redis and PostgreSQL, and the sandbox: how
 * the package behaves where n8n is scaled out. Ends by itself; the exit code is 0 only if everything is as expected.
 */
import { runProgram } from '../program.mjs';
import { UserError } from '../userError.mjs';
import { PARAMETERS } from './cleanups.mjs';
import { createWorkflows, openCluster } from './cluster.mjs';
import { killed } from './scenes/killed.mjs';
import { logins } from './scenes/logins.mjs';
import { missing } from './scenes/missing.mjs';
import { spread } from './scenes/spread.mjs';
import { CONCURRENCY } from './worker.mjs';

const COMMAND = 'npm run demo:queue';

const SCENES = [
	{ title: 'One portal, two workers, its limit on', play: spread },
	{ title: 'A session that is over on both workers at once', play: logins },
	{ title: 'A worker is killed', play: killed },
	{ title: 'A worker without the package', play: missing },
];

/** @type {import('./cluster.mjs').Cluster | undefined} */
let cluster;
await runProgram(main, {
	log: () =>
		cluster && {
			path: cluster.world.log,
			named: '.demo/queue/n8n.log; the workers have their own',
			lines: 15,
		},
	close: async () => await cluster?.close(),
});

async function main() {
	const started = Date.now();
	if (process.argv.length > 2) throw new UserError(`${COMMAND} takes no arguments.`);
	cluster = await openCluster({ command: COMMAND });
	const { n8n, makeWorker } = cluster;
	console.log('Redis and PostgreSQL run. n8n: starting the main instance and two workers ...');
	await n8n.start();
	const workflows = await createWorkflows(cluster, Object.keys(PARAMETERS));
	const workers = [await makeWorker({ name: 'worker-1' }), await makeWorker({ name: 'worker-2' })];
	await Promise.all(workers.map(async (worker) => await worker.start()));
	console.log(`They run, each worker with a concurrency of ${CONCURRENCY}.`);

	const found = [];
	for (const { title, play } of SCENES) {
		console.log(`\n${title}:`);
		const scene = await play({ ...cluster, workflows, workers });
		for (const line of scene.summary) console.log(`- ${line}`);
		for (const difference of scene.found) console.log(`  ! ${difference}`);
		found.push(...scene.found);
	}
	console.log(`\n${Math.round((Date.now() - started) / 1000)} seconds in all.`);
	if (found.length === 0) {
		console.log('All is as it should be.');
		return 0;
	}
	console.log(
		`${found.length} differences from what should be, marked with ! above. n8n's logs: .demo/queue/*.log`,
	);
	return 1;
}
