import { readFileSync } from 'node:fs';
import { cpus, loadavg, totalmem } from 'node:os';
import { join } from 'node:path';

import { DEMO, ROOT } from '../demo/paths.mjs';
import { table } from '../demo/table.mjs';
import { counted, megabytes, milliseconds, seconds, thousands, titleOf } from './format.mjs';
import { growthTable } from './growth.mjs';
import { nodeMsForAll } from './rows.mjs';

const HEADINGS = [
	'Contestant',
	'Writes',
	'Reads',
	'Limit errors',
	'Ended',
	'Node',
	'Ratio',
	'Per write',
	'Execution',
	'CPU',
	'Longest hold',
	'Hold by us',
	'Garbage',
	'Peak RSS',
	'Peak heap',
	'In flight',
];

const GIGABYTE = 1024 ** 3;

/** The table of one workload for the terminal. @param {import('./comparison.mjs').Row[]} rows */
export function terminalTable(rows) {
	return [titleOf(rows[0].work), '', table(HEADINGS, cells(rows)), ...notes(rows), ''].join('\n');
}

/** The table of growth for the terminal; empty if there is nothing to compare. */
export function terminalGrowth(rows) {
	const { headings, cells: lines } = growthTable(rows);
	return lines.length > 0 ? ['Growth', '', table(headings, lines), ''].join('\n') : '';
}

/** @param {Array<import('./thresholds.mjs').Threshold & { counts?: boolean }>} thresholds */
export function thresholdLines(thresholds) {
	return thresholds.map((each) => `${verdictOf(each)}  ${each.text}: ${each.detail}`);
}

function verdictOf({ pass, outOfReach, counts = true }) {
	if (pass) return 'PASS';
	if (outOfReach) return 'N8N ';
	return counts ? 'FAIL' : 'SLOW';
}

/** The load of the machine before the benchmark starts. */
export function loadBefore() {
	const [load] = loadavg();
	return load;
}

/**
 * The text of RESULTS.md.
 *
 * @param {import('./measurements.mjs').Measurement[]} measured
 * @param {import('./thresholds.mjs').Threshold[]} thresholds
 */
export function report(measured, thresholds) {
	return [
		'# Results of the benchmark',
		'',
		'Written by `npm run bench`; [README.md](README.md) says how each figure comes about.',
		'',
		...circumstances(measured).map((line) => `- ${line}`),
		'',
		...measured.flatMap(({ date, load, rows: own }) => [
			`## ${titleOf(own[0].work)}`,
			'',
			`Measured on ${date}, load of the machine before: ${load.toFixed(1)}.`,
			'',
			...markdownTable(HEADINGS, cells(own), 1),
			'',
			...notes(own).flatMap((note) => [`- ${note}`]),
			...(notes(own).length > 0 ? [''] : []),
		]),
		'## Growth',
		'',
		'How many times as much as with a tenth of the targets. The heap is that of the whole process, above the start of the run.',
		'',
		...growthIn(measured),
		'',
		'## Bars',
		'',
		...thresholds.map((each) => `- **${verdictOf(each).trim()}** ${each.text}: ${each.detail}`),
		'',
		'N8N: not passed, and the same requests inside n8n without any code of this package do not pass either.',
		'',
	].join('\n');
}

function circumstances(measured) {
	const version = (folder) => JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')).version;
	const gigabytes = Math.round(totalmem() / GIGABYTE);
	return [
		`Date: ${measured
			.map(({ date }) => date)
			.sort()
			.at(-1)}`,
		`n8n ${version(join(DEMO, 'node_modules', 'n8n'))} with SQLite on Node ${process.versions.node}, this package ${version(ROOT)}`,
		`Machine: ${cpus().length} cores, ${gigabytes} GB of memory, ${process.platform} ${process.arch}; n8n, the sandbox and the benchmark share it`,
		'Command: `npm run bench`, or the same with `-- --only <work>` for one work after the other',
		'Every answer of the sandbox comes 20 ms late; the documented limits are on',
	];
}

function growthIn(measured) {
	const { headings, cells: lines } = growthTable(measured.flatMap(({ rows }) => rows));
	return markdownTable(headings, lines, 2);
}

function cells(rows) {
	const ours = rows.find(({ contestant }) => contestant.key === 'ours');
	return rows.map((row) => [
		row.contestant.label +
			(isPart(row) ? `, ${thousands(row.count)}` : '') +
			(row.failure ? ' (failed)' : ''),
		thousands(row.writes),
		thousands(row.reads) + (row.logins > 0 ? ` + ${counted(row.logins, 'log-in')}` : ''),
		thousands(row.limitErrors),
		row.contestant.key === 'read' ? '-' : `${thousands(row.ended)}/${thousands(row.count)}`,
		isExtrapolated(row) ? `~${seconds(nodeMsForAll(row))}` : seconds(row.nodeMs),
		ours && (!isPart(row) || isExtrapolated(row)) ? (nodeMsForAll(row) / ours.nodeMs).toFixed(2) : '-',
		row.writeMs === undefined ? '-' : `${row.writeMs.toFixed(2)} ms`,
		seconds(row.wallMs),
		seconds(row.cpuMs),
		milliseconds(row.longestHoldMs),
		row.holds ? milliseconds(row.holds.oursMs) : '-',
		row.holds ? milliseconds(row.holds.garbageMs) : '-',
		`${megabytes(row.peakRss)} (${signed(row.peakRss - row.rss)})`,
		`${megabytes(row.peakHeap)} (${signed(row.peakHeap - row.heap)})`,
		String(row.inFlight),
	]);
}

/** Whether the contestant had fewer targets than the workload has. */
const isPart = ({ count, work }) => count < work.count;
const isExtrapolated = (row) => isPart(row) && !row.work.quick;

const signed = (bytes) => `${bytes < 0 ? '' : '+'}${megabytes(bytes)}`;

function notes(rows) {
	return rows.flatMap((row) => {
		const { contestant, failure, outcomes, askedAgain, otherErrors, runs, range, holds } = row;
		const parts = [
			...(failure ? [`failed: ${failure}`] : []),
			...(isExtrapolated(row)
				? [
						`ran with ${thousands(row.count)} targets in ${seconds(row.nodeMs)}; node time and ratio are extrapolated in proportion, the rest is that of the run`,
					]
				: []),
			...(outcomes ? [`reports ${outcomes}`] : []),
			...(askedAgain > 0 ? [`asked ${counted(askedAgain, 'state')} again for its age`] : []),
			...(otherErrors > 0 ? [`${otherErrors} other error answers`] : []),
			...(runs > 1 ? [`middle one of ${runs} runs, ${seconds(range[0])} to ${seconds(range[1])}`] : []),
			...(holds
				? [
						`in the profiled run our code had ${seconds(holds.oursTotalMs)} in all; its longest hold was mostly ${holds.oursWhere}; the longest hold by anything, ${milliseconds(holds.longest.ms)}, was mostly ${holds.longest.where}`,
					]
				: []),
		];
		return parts.length > 0 ? [`${contestant.label}: ${parts.join('; ')}`] : [];
	});
}

function markdownTable(headings, rows, leftColumns) {
	const line = (texts) => `| ${texts.join(' | ')} |`;
	return [
		line(headings),
		line(headings.map((_, column) => (column < leftColumns ? '---' : '---:'))),
		...rows.map(line),
	];
}
