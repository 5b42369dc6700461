import { bytesPerTarget, milliseconds, seconds, thousands, titleOf } from './format.mjs';
import { worksOf } from './rows.mjs';

const HEADINGS = [
	'Workload',
	'Contestant',
	'Requests',
	'Node',
	'Node, to a tenth',
	'Peak heap per target',
	'Heap, to a tenth',
	'Hold by us',
	'Garbage beside it',
	'Longest hold',
];

/** What grows with the number of targets, and what it costs n8n alone. */
const SHOWN = ['ours', 'send'];
const TEN = 10;

/**
 * How cost grows: the same workload with ten and with a hundred times as many targets.
 *
 * @param {import('./comparison.mjs').Row[]} rows
 * @returns {{ headings: string[], cells: string[][] }} no cells if there are no two workloads to compare
 */
export function growthTable(rows) {
	const cells = SHOWN.flatMap((key) => {
		const own = rows.filter(({ work, contestant }) => contestant.key === key && work.special === undefined);
		return own.filter((row) => tenthOf(row, own) || hasTenfold(row, own)).map((row) => line(row, own));
	});
	return { headings: HEADINGS, cells: inOrder(rows, cells) };
}

const tenthOf = (row, rows) =>
	rows.find(({ work }) => work.vendor === row.work.vendor && work.count * TEN === row.work.count);

const hasTenfold = (row, rows) => rows.some((other) => tenthOf(other, [row]) !== undefined);

function line(row, rows) {
	const tenth = tenthOf(row, rows);
	const times = (value) => (tenth ? `${(value(row) / value(tenth)).toFixed(1)} times` : '-');
	return [
		titleOf(row.work),
		row.contestant.label,
		thousands(row.writes + row.reads + row.logins),
		seconds(row.nodeMs),
		times(({ nodeMs }) => nodeMs),
		bytesPerTarget(row),
		times(({ peakHeap, heap }) => peakHeap - heap),
		row.holds ? milliseconds(row.holds.oursMs) : '-',
		row.holds ? milliseconds(row.holds.garbageMs) : '-',
		milliseconds(row.longestHoldMs),
	];
}

/** This package and n8n alone stand together for each workload. */
function inOrder(rows, cells) {
	return worksOf(rows).flatMap((work) => cells.filter(([title]) => title === titleOf(work)));
}
