/**
 * n8n in queue mode with this package on the main instance and two workers, real Redis and PostgreSQL, and the sandbox:
 * what is to be known where n8n is scaled out. Ends by itself; the exit code is 0 only if everything is as it should be.
 */
import { Complaint } from '../complaint.mjs';
import { logTail } from '../n8n.mjs';
import { endAll } from '../processes.mjs';
import { furnish, openCluster } from './cluster.mjs';
import { killed } from './scenes/killed.mjs';
import { logins } from './scenes/logins.mjs';
import { missing } from './scenes/missing.mjs';
import { spread } from './scenes/spread.mjs';
import { CONCURRENCY } from './worker.mjs';

const COMMAND = 'npm run demo:queue';
/** What a shell reports for a program that Ctrl-C ended. */
const INTERRUPTED = 130;

const VENDORS = ['bitrix24', 'unifier', 'eightByEight'];

const SCENES = [
	{ title: 'One portal, two workers, its limit on', play: spread },
	{ title: 'A session that is over on both workers at once', play: logins },
	{ title: 'A worker is killed', play: killed },
	{ title: 'A worker without the package', play: missing },
];

const interrupted = new Promise((resolve) => {
	for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => resolve(INTERRUPTED));
});

/** @type {import('./cluster.mjs').Cluster | undefined} */
let cluster;
process.exitCode = await Promise.race([main(), interrupted]).catch(complain);
if (process.exitCode === INTERRUPTED) console.error('\nInterrupted.');
await cluster?.close();
await endAll();
// n8n's pipes and an abandoned request must not keep the terminal waiting.
process.exit();

async function main() {
	const started = Date.now();
	if (process.argv.length > 2) throw new Complaint(`${COMMAND} takes no arguments.`);
	cluster = await openCluster({ command: COMMAND });
	const { n8n, makeWorker } = cluster;
	console.log('Redis and PostgreSQL run. n8n: starting the main instance and two workers ...');
	await n8n.start();
	const workflows = await furnish(cluster, VENDORS);
	const workers = [await makeWorker({ name: 'worker-1' }), await makeWorker({ name: 'worker-2' })];
	await Promise.all(workers.map(async (worker) => await worker.start()));
	console.log(`They run, each worker with a concurrency of ${CONCURRENCY}.`);

	const found = [];
	for (const { title, play } of SCENES) {
		console.log(`\n${title}:`);
		const scene = await play({ ...cluster, workflows, workers });
		for (const line of scene.told) console.log(`- ${line}`);
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

function complain(error) {
	if (!(error instanceof Complaint) && error?.message !== 'fetch failed') {
		console.error(error);
		return 1;
	}
	console.error(
		`\n${error instanceof Complaint ? error.message : 'n8n or the sandbox does not answer any more.'}`,
	);
	const tail = cluster ? logTail(15, cluster.world.log) : '';
	if (tail)
		console.error(`\nThe end of n8n's log (all of it and those of the workers: .demo/queue/*.log):\n${tail}`);
	return 1;
}
