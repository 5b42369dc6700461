import { bytesPerTarget, counted, milliseconds, seconds, thousands, titleOf } from './format.mjs';
import { findRow, nodeMsForAll, worksOf } from './rows.mjs';
import { VENDORS } from './vendors.mjs';

const COMMANDS_PER_BATCH = 50;
const RECORDS_PER_REQUEST = 10_000;
/** Pages of 500 states, the definition's versions, and the page that shows where the list ends. */
const MOST_READS = 10;
/** The most that a run may take, as a multiple of what it is compared with. */
const TOLERANCE = 1.1;
/** The most that ten times as many targets may cost, as a multiple: in proportion, and a fifth for the memory of a big heap. */
const GROWTH = 12;
const HOLD_MS = 50;
/** How far the probe may be off, as a share of the time that was blocked on purpose. */
const PROBE_TOLERANCE = 0.2;

/** The most node time by workload, on two idle cores. */
const NODE_MS = { 'bitrix24-text': 800, 'bitrix24-texts': 800, 'unifier-10000': 600 };
/** How many times as fast as the HTTP Request node, by workload. */
const SPEED_RATIO = { 'unifier-10000': 300, 'enosBpm-1000': 5, 'eightByEight-1000': 4 };
/** The workload with a tenth of the targets. */
const TENTH = { 'unifier-100000': 'unifier-10000' };

/**
 * A requirement that was checked.
 *
 * @typedef {object} Threshold
 * @property {string} text
 * @property {boolean} pass
 * @property {string} detail what was measured
 * @property {boolean} timing whether it depends on the machine and on the full number of targets
 * @property {boolean} [outOfReach] not passed, but the bare loop inside n8n does not pass either
 */

/**
 * Checks every threshold for which there are measurements.
 *
 * @param {import('./comparison.mjs').Row[]} rows
 * @returns {Threshold[]}
 */
export function checkThresholds(rows) {
	return worksOf(rows).flatMap((work) => {
		const of = (contestant) => findRow(rows, work.key, contestant);
		const row = { ours: of('ours'), send: of('send'), http: of('http'), read: of('read'), bare: of('bare') };
		if (!row.ours) return [];
		const found = [
			...correctness(work, row),
			...nodeTime(work, row),
			...speed(work, row),
			...pace(work, row),
			...growth(work, row, rows),
			...asBefore(work, row),
			...eventLoopUse(row),
		];
		return found.map((each) => ({ ...each, text: `${titleOf(work)}: ${each.text}` }));
	});
}

function correctness(work, { ours, http }) {
	const { vendor, count } = work;
	const bound = VENDORS[vendor].inFlight;
	return [
		exact(
			`all ${thousands(count)} ended`,
			ours.ended === count && !ours.failure,
			`${thousands(ours.ended)} ended`,
		),
		exact('no limit tripped', ours.limitErrors === 0, `${ours.limitErrors} answers 429 or 503`),
		exact(`at most ${bound} in flight`, ours.inFlight <= bound, `${ours.inFlight} in flight`),
		...fewRequests(work, ours),
		...(http
			? [
					exact(
						'HTTP Request node: one write each',
						http.writes >= http.count,
						`${counted(http.writes, 'write')} for ${thousands(http.count)}`,
					),
				]
			: []),
	];
}

function fewRequests({ key, vendor, count }, { writes, reads, askedAgain }) {
	const perRequest = { bitrix24: COMMANDS_PER_BATCH, unifier: RECORDS_PER_REQUEST }[vendor] ?? 1;
	const most = Math.ceil(count / perRequest);
	const inTime = reads - askedAgain;
	return [
		exact(`at most ${counted(most, 'write')}`, writes <= most, counted(writes, 'write')),
		...(key === 'eightByEight-1000'
			? [
					exact(
						`at most ${counted(MOST_READS, 'read')}, besides states asked again for their age`,
						inTime <= MOST_READS,
						`${counted(inTime, 'read')}, ${thousands(askedAgain)} asked again`,
					),
				]
			: []),
	];
}

function nodeTime({ key }, { ours, send }) {
	const most = NODE_MS[key];
	if (most === undefined) return [];
	return atMost(`at most ${seconds(most)} of node time`, most, { ours, send });
}

function speed({ key }, { ours, send, http }) {
	const wanted = SPEED_RATIO[key];
	if (wanted === undefined || !http) return [];
	const byHttp = nodeMsForAll(http);
	const found = byHttp / ours.nodeMs;
	const extrapolated = http.count < http.work.count ? `, extrapolated from ${thousands(http.count)}` : '';
	return atMost(`at least ${wanted} times as fast as the HTTP Request node`, byHttp / wanted, {
		ours,
		send,
		found: `${found.toFixed(1)} times: ${seconds(byHttp)}${extrapolated} against ${seconds(ours.nodeMs)}`,
	});
}

/** A bar for the node time. If n8n alone already misses it, the bare loop inside n8n is the bar. */
function atMost(text, most, { ours, send, found = seconds(ours.nodeMs) }) {
	const pass = ours.nodeMs <= most;
	if (pass || !send || send.nodeMs <= most) return [timed(text, pass, found)];
	const detail = `${found}; without our code, inside n8n: ${seconds(send.nodeMs)}`;
	return [
		{ ...timed(text, false, detail), outOfReach: true },
		timed(
			'within 10 % of the bare loop inside n8n',
			ours.nodeMs <= send.nodeMs * TOLERANCE,
			`${seconds(ours.nodeMs)} against ${seconds(send.nodeMs)}`,
		),
	];
}

/** What a request costs us beside n8n's own HTTP helper, at the same concurrency. */
function pace({ vendor }, { ours, send }) {
	if (vendor !== 'enosBpm' || !ours.writeMs || !send?.writeMs) return [];
	return [
		timed(
			'within 10 % of the bare loop inside n8n, after the ramp-up',
			ours.writeMs <= send.writeMs * TOLERANCE,
			`${perWrite(ours)} against ${perWrite(send)}`,
		),
	];
}

const perWrite = ({ writeMs, inFlight }) => `${writeMs.toFixed(2)} ms a request with ${inFlight} in flight`;

function growth({ key }, { ours, send }, rows) {
	const tenth = findRow(rows, TENTH[key], 'ours');
	if (!tenth) return [];
	const inProportion = (value) => value(ours) <= value(tenth) * GROWTH;
	const wanted = (what) => `at most ${GROWTH} times ${what} of ${thousands(tenth.work.count)}`;
	const time = timed(
		wanted('the time'),
		inProportion(({ nodeMs }) => nodeMs),
		`${(ours.nodeMs / tenth.nodeMs).toFixed(1)} times: ${seconds(ours.nodeMs)} against ${seconds(tenth.nodeMs)}`,
	);
	const heap = timed(
		wanted('the peak heap'),
		inProportion(({ peakHeap, heap: start }) => peakHeap - start),
		`${bytesPerTarget(ours)} a target against ${bytesPerTarget(tenth)}`,
	);
	return [{ ...time, outOfReach: !time.pass && isN8nsGrowth({ ours, send }, tenth, rows) }, heap];
}

/** Whether the time grows in proportion once that of the bare loop inside n8n is taken away. */
function isN8nsGrowth({ ours, send }, tenth, rows) {
	const sendTenth = findRow(rows, tenth.work.key, 'send');
	if (!send || !sendTenth) return false;
	return ours.nodeMs - send.nodeMs <= (tenth.nodeMs - sendTenth.nodeMs) * GROWTH;
}

/** Expressions that n8n has to evaluate cost what n8n takes for them. */
function asBefore({ key }, { ours, read, bare }) {
	if (key !== 'unifier-computed' || !read || !bare) return [];
	const most = (bare.nodeMs + read.nodeMs) * TOLERANCE;
	const parts = `n8n alone ${seconds(read.nodeMs)}, bare loop ${seconds(bare.nodeMs)}`;
	return [
		timed(
			'no slower than before: within 10 % of n8n evaluating and the bare loop together',
			ours.nodeMs <= most,
			`${seconds(ours.nodeMs)}, bar ${seconds(most)} (${parts})`,
		),
	];
}

function eventLoopUse({ ours }) {
	if (!ours.holds) return [];
	const { oursMs, oursWhere, garbageMs } = ours.holds;
	return [
		timed(
			`our code never holds the event loop over ${HOLD_MS} ms`,
			oursMs <= HOLD_MS,
			`${milliseconds(oursMs)}, mostly ${oursWhere}; beside it garbage collection, ${milliseconds(garbageMs)} at most`,
		),
	];
}

/**
 * The probe has to measure the time for which the loop is blocked in one stretch, without the same time in parts.
 *
 * @returns {Threshold}
 */
export function probeThreshold({ heldMs, delayMs, codeMs }) {
	const found = [delayMs, codeMs];
	return timed(
		'The probe measures a hold that is made on purpose',
		found.every((ms) => Math.abs(ms - heldMs) <= heldMs * PROBE_TOLERANCE),
		`${heldMs} ms held, ${Math.round(delayMs)} ms by the loop's delay, ${Math.round(codeMs)} ms by the profile`,
	);
}

const exact = (text, pass, detail) => ({ text, pass, detail, timing: false });
const timed = (text, pass, detail) => ({ text, pass, detail, timing: true });
