/**
 * The benchmark: this package, the HTTP Request node and n8n's routing engine end the same targets in one real n8n, one
 * after the other, and a bare loop shows what there is to win at all. See README.md.
 */
import { writeFileSync } from 'node:fs';

import { Complaint } from '../demo/complaint.mjs';
import { installN8n } from '../demo/install.mjs';
import { lock } from '../demo/lock.mjs';
import { demandNode } from '../demo/node.mjs';
import { buildPackage } from '../demo/package.mjs';
import { endAll } from '../demo/processes.mjs';
import { runProgram } from '../demo/program.mjs';
import { bars, instrumentBar } from './bars.mjs';
import { Contest } from './contest.mjs';
import { CONTESTANTS } from './contestants.mjs';
import { checkInstrument } from './instrument.mjs';
import { readOptions } from './options.mjs';
import { keep, kept } from './kept.mjs';
import { LOG, RESULTS } from './places.mjs';
import { barLines, loadBefore, report, tables } from './report.mjs';
import { setStage } from './stage.mjs';
import { works } from './works.mjs';

/** Load from which on the machine has no core left for this. */
const BUSY = 1;

let release = () => {};
/** Whether n8n's log can say more about what went wrong. */
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
	demandNode('npm run bench');
	release = lock();
	const load = loadBefore();
	if (load > BUSY) console.log(`The machine is busy (load ${load.toFixed(1)}): times will say little.`);
	await installN8n();
	await buildPackage();
	const { contestants: keys, quick } = options;
	const contestants = CONTESTANTS.filter(({ key }) => keys.length === 0 || keys.includes(key));
	console.log('n8n and the sandbox: starting ...');
	n8nTookPart = true;
	const stage = await setStage(contestants);
	const ends = [stage.n8n.process, stage.sandbox.child, stage.bare].map(endOf);
	return await Promise.race([play(stage, contestants, { ...options, load }), ...ends]);
}

async function play(stage, contestants, { quick, only, load }) {
	const instrument = instrumentBar(await checkInstrument(stage));
	const contest = new Contest(stage, (line) => console.log(line));
	const complete = !quick && contestants.length === CONTESTANTS.length;
	const rows = [];
	for (const work of works({ quick, only })) {
		const field = contestants.filter(({ key }) => !work.without?.includes(key));
		const own = await contest.play(work, field, { once: quick });
		console.log(`\n${tables(own)}`);
		rows.push(...own);
		if (complete)
			keep(work.key, { date: new Date().toISOString().slice(0, 10), load, rows: own, instrument });
	}
	// With a tenth of the counts, times say nothing that one could hold against anybody.
	const found = [instrument, ...bars(rows)].map((bar) => ({ ...bar, counts: !(quick && bar.timing) }));
	console.log(barLines(found).join('\n'));
	console.log(`\n${await results(complete)}`);
	return found.some(({ pass, outOfReach, counts }) => !pass && !outOfReach && counts) ? 1 : 0;
}

/** Writes the file once there are measurements of every work. */
async function results(complete) {
	const measured = works({ quick: false, only: [] }).map(({ key }) => kept()[key]);
	if (!complete || !measured.every(Boolean))
		return 'Not the whole benchmark: bench/RESULTS.md stays as it is.';
	const rows = measured.flatMap((one) => one.rows);
	await writeResults(report(measured, [...measured.map(({ instrument }) => instrument), ...bars(rows)]));
	return 'Written to bench/RESULTS.md.';
}

async function writeResults(text) {
	// Only now: before npm ci it is not there, and then a person should read that.
	const { format, resolveConfig } = await import('prettier');
	const options = { ...(await resolveConfig(RESULTS)), parser: 'markdown' };
	writeFileSync(RESULTS, await format(text, options));
}

/** Rejects when a program that should stay ends. */
async function endOf(child) {
	return await new Promise((_resolve, reject) => {
		child.once('exit', () => reject(new Complaint('n8n, the sandbox or the bare loop has ended by itself.')));
	});
}
