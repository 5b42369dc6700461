/**
 * The benchmark: this package, the HTTP Request node and n8n's routing engine end the same targets in one real n8n, one
 * after the other. A bare loop shows the best result that is possible. See README.md.
 */
import { writeFileSync } from 'node:fs';

import { installN8n } from '../demo/install.mjs';
import { lock } from '../demo/lock.mjs';
import { requireNode } from '../demo/node.mjs';
import { buildPackage } from '../demo/package.mjs';
import { endAll } from '../demo/processes.mjs';
import { runProgram } from '../demo/program.mjs';
import { UserError } from '../demo/userError.mjs';
import { Comparison } from './comparison.mjs';
import { CONTESTANTS } from './contestants.mjs';
import { checkInstrument } from './instrument.mjs';
import { readMeasurements, saveMeasurement } from './measurements.mjs';
import { readOptions } from './options.mjs';
import { LOG, RESULTS } from './paths.mjs';
import { loadBefore, report, terminalGrowth, terminalTable, thresholdLines } from './report.mjs';
import { setStage } from './stage.mjs';
import { checkThresholds, probeThreshold } from './thresholds.mjs';
import { workloads } from './workloads.mjs';

/** From this load on, the machine has no core left for the benchmark. */
const BUSY = 1;

let release = () => {};
/** Whether n8n's log can help to explain a failure. */
let n8nTookPart = false;
await runProgram(main, {
	log: () => (n8nTookPart ? { path: LOG, named: '.demo/bench/n8n.log' } : undefined),
	close: async () => {
		await endAll();
		release();
	},
});

async function main() {
	const options = readOptions(process.argv.slice(2));
	requireNode('npm run bench');
	release = lock();
	const load = loadBefore();
	if (load > BUSY) console.log(`The machine is busy (load ${load.toFixed(1)}): times will say little.`);
	await installN8n();
	await buildPackage();
	const { contestants: keys, quick } = options;
	const contestants = CONTESTANTS.filter(({ key }) => keys.length === 0 || keys.includes(key));
	console.log('n8n and the sandbox: starting ...');
	n8nTookPart = true;
	const works = workloads(options);
	const stage = await setStage(works, contestants);
	const ends = [stage.n8n.process, stage.sandbox.child, stage.bare].map(endOf);
	return await Promise.race([play(stage, works, contestants, { quick, load }), ...ends]);
}

async function play(stage, works, contestants, { quick, load }) {
	const instrument = probeThreshold(await checkInstrument(stage));
	const comparison = new Comparison(stage, (line) => console.log(line));
	const complete = !quick && contestants.length === CONTESTANTS.length;
	const rows = [];
	for (const work of works) {
		const participants = contestants.filter(({ key }) => work.contestants.includes(key));
		if (participants.length === 0) continue;
		const own = await comparison.run(work, participants);
		console.log(`\n${terminalTable(own)}`);
		rows.push(...own);
		if (complete)
			saveMeasurement(work.key, { date: new Date().toISOString().slice(0, 10), load, rows: own, instrument });
	}
	if (!quick) console.log(terminalGrowth(rows));
	// With a tenth of the targets, times prove nothing.
	const thresholds = checkThresholds(rows).filter(({ timing }) => !(quick && timing));
	const found = [{ ...instrument, counts: !quick }, ...thresholds];
	console.log(thresholdLines(found).join('\n'));
	console.log(`\n${await results(complete)}`);
	return found.some(({ pass, outOfReach, counts = true }) => !pass && !outOfReach && counts) ? 1 : 0;
}

/** Writes RESULTS.md once every workload has been measured. */
async function results(complete) {
	const measured = workloads({ quick: false, only: [] }).map(({ key }) => readMeasurements()[key]);
	if (!complete || !measured.every(Boolean))
		return 'Not the whole benchmark: bench/RESULTS.md stays as it is.';
	const rows = measured.flatMap((one) => one.rows);
	// Workloads of one command share one check of the probe.
	const instruments = new Map(measured.map(({ instrument }) => [instrument.detail, instrument]));
	await writeResults(report(measured, [...instruments.values(), ...checkThresholds(rows)]));
	return 'Written to bench/RESULTS.md.';
}

async function writeResults(text) {
	// Imported late: without `npm ci` there is no prettier, and the message about the missing install has to come first.
	const { format, resolveConfig } = await import('prettier');
	const options = { ...(await resolveConfig(RESULTS)), parser: 'markdown' };
	writeFileSync(RESULTS, await format(text, options));
}

/** Rejects when a program that should keep running ends. */
async function endOf(child) {
	return await new Promise((_resolve, reject) => {
		child.once('exit', () => reject(new UserError('n8n, the sandbox or the bare loop has ended by itself.')));
	});
}
