import { readFileSync } from 'node:fs';
import { cpus, loadavg, totalmem } from 'node:os';
import { join } from 'node:path';

import { DEMO, ROOT } from '../demo/paths.mjs';
import { table } from '../demo/table.mjs';
import { counted, megabytes, milliseconds, seconds, thousands, titleOf } from './format.mjs';

const HEADINGS = [
	'Contestant',
	'Writes',
	'Reads',
	'Limit errors',
	'Ended',
	'Node',
	'Ratio',
	'Execution',
	'CPU',
	'Longest hold',
	'Hold by us',
	'Peak RSS',
	'Peak heap',
	'In flight',
];

const GIGABYTE = 1024 ** 3;

/** A table for the terminal, one for each workload. @param {import('./comparison.mjs').Row[]} rows */
export function tables(rows) {
	return byWork(rows)
		.map(([work, own]) => [titleOf(work), '', table(HEADINGS, cells(own)), ...notes(own), ''].join('\n'))
		.join('\n');
}

/** @param {Array<import('./thresholds.mjs').Threshold & { counts: boolean }>} thresholds */
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
			...markdownTable(cells(own)),
			'',
			...notes(own).flatMap((note) => [`- ${note}`]),
			...(notes(own).length > 0 ? [''] : []),
		]),
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

function byWork(rows) {
	const works = [...new Set(rows.map(({ work }) => work))];
	return works.map((work) => [work, rows.filter((row) => row.work === work)]);
}

function cells(rows) {
	const ours = rows.find(({ contestant }) => contestant.key === 'ours');
	return rows.map((row) => [
		row.contestant.label + (row.failure ? ' (failed)' : ''),
		thousands(row.writes),
		thousands(row.reads) + (row.logins > 0 ? ` + ${counted(row.logins, 'log-in')}` : ''),
		thousands(row.limitErrors),
		row.contestant.key === 'read' ? '-' : `${thousands(row.ended)}/${thousands(row.work.count)}`,
		seconds(row.nodeMs),
		ours ? (row.nodeMs / ours.nodeMs).toFixed(2) : '-',
		seconds(row.wallMs),
		seconds(row.cpuMs),
		milliseconds(row.longestHoldMs),
		row.holds ? milliseconds(row.holds.oursMs) : '-',
		`${megabytes(row.peakRss)} (${signed(row.peakRss - row.rss)})`,
		`${megabytes(row.peakHeap)} (${signed(row.peakHeap - row.heap)})`,
		String(row.inFlight),
	]);
}

const signed = (bytes) => `${bytes < 0 ? '' : '+'}${megabytes(bytes)}`;

function notes(rows) {
	return rows.flatMap(({ contestant, failure, outcomes, otherErrors, runs, range, holds }) => {
		const parts = [
			...(failure ? [`failed: ${failure}`] : []),
			...(outcomes ? [`reports ${outcomes}`] : []),
			...(otherErrors > 0 ? [`${otherErrors} other error answers`] : []),
			...(runs > 1 ? [`middle one of ${runs} runs, ${seconds(range[0])} to ${seconds(range[1])}`] : []),
			...(holds
				? [
						`in the profiled run our code had ${seconds(holds.oursTotalMs)} in all; the longest hold, ${milliseconds(holds.longest.ms)}, was mostly ${holds.longest.where}`,
					]
				: []),
		];
		return parts.length > 0 ? [`${contestant.label}: ${parts.join('; ')}`] : [];
	});
}

function markdownTable(rows) {
	const line = (texts) => `| ${texts.join(' | ')} |`;
	return [
		line(HEADINGS),
		line(HEADINGS.map((_, column) => (column === 0 ? '---' : '---:'))),
		...rows.map(line),
	];
}
