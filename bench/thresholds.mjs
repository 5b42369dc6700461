import { counted, seconds, titleOf } from './format.mjs';

const COMMANDS_PER_BATCH = 50;
const RECORDS_PER_REQUEST = 10_000;
/** How many times as fast as the HTTP Request node we have to be where a vendor takes batches. */
const SPEED_RATIO = 20;
/** The most that a run may take, as a multiple of the unavoidable time. */
const TOLERANCE = 1.1;
const HOLD_MS = 100;
/** How far the probe may be off, as a share of the time that was blocked on purpose. */
const PROBE_TOLERANCE = 0.2;
const IN_FLIGHT = { bitrix24: 1, unifier: 1, enosBpm: 5, eightByEight: 5 };

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
	const works = [...new Set(rows.map(({ work }) => work))];
	return works.flatMap((work) => {
		const byKey = Object.fromEntries(
			rows.filter((row) => row.work === work).map((row) => [row.contestant.key, row]),
		);
		if (!byKey.ours) return [];
		const found = [
			...correctness(work, byKey),
			...speed(work, byKey),
			...ownCost(byKey),
			...eventLoopUse(byKey),
		];
		return found.map((each) => ({ ...each, text: `${titleOf(work)}: ${each.text}` }));
	});
}

function correctness({ vendor, count }, { ours, http }) {
	const bound = IN_FLIGHT[vendor];
	return [
		exact(`all ${count} ended`, ours.ended === count && !ours.failure, `${ours.ended} ended`),
		exact('no limit tripped', ours.limitErrors === 0, `${ours.limitErrors} answers 429 or 503`),
		exact(`at most ${bound} in flight`, ours.inFlight <= bound, `${ours.inFlight} in flight`),
		...fewWrites(vendor, count, ours),
		...(http
			? [exact('HTTP Request node: one write each', http.writes >= count, counted(http.writes, 'write'))]
			: []),
	];
}

function fewWrites(vendor, count, { writes }) {
	const perRequest = { bitrix24: COMMANDS_PER_BATCH, unifier: RECORDS_PER_REQUEST }[vendor] ?? 1;
	const most = Math.ceil(count / perRequest);
	return [exact(`at most ${counted(most, 'write')}`, writes <= most, counted(writes, 'write'))];
}

function speed({ key }, { ours, http }) {
	if (!http) return [];
	const ratio = http.nodeMs / ours.nodeMs;
	const wanted = { bitrix24: SPEED_RATIO, unifier: SPEED_RATIO, enosBpm: 1, eightByEight: 1 }[key];
	if (wanted === undefined) return [];
	const detail = `${ratio.toFixed(1)} times: ${seconds(http.nodeMs)} against ${seconds(ours.nodeMs)}`;
	return wanted === 1
		? [timed('faster than the HTTP Request node', ratio > 1, detail)]
		: [timed(`at least ${wanted} times as fast as the HTTP Request node`, ratio >= wanted, detail)];
}

function ownCost({ ours, bare, read, send }) {
	if (!bare || !read) return [];
	const most = (bare.nodeMs + read.nodeMs) * TOLERANCE;
	const parts = `bare loop ${seconds(bare.nodeMs)}, n8n alone ${seconds(read.nodeMs)}`;
	const detail = `${seconds(ours.nodeMs)}, bar ${seconds(most)} (${parts})`;
	const threshold = timed('within 10 % of the bare loop and n8n alone together', ours.nodeMs <= most, detail);
	const outOfReach = !threshold.pass && send !== undefined && send.nodeMs > most;
	return outOfReach ? [{ ...threshold, outOfReach }, besideSend(ours, send)] : [threshold];
}

function besideSend(ours, send) {
	const most = send.nodeMs * TOLERANCE;
	return timed(
		'within 10 % of the bare loop inside n8n',
		ours.nodeMs <= most,
		`${seconds(ours.nodeMs)}, bar ${seconds(most)} (without our code, inside n8n: ${seconds(send.nodeMs)})`,
	);
}

function eventLoopUse({ ours }) {
	if (!ours.holds) return [];
	const { oursMs, oursWhere } = ours.holds;
	return [
		timed(
			`our code never holds the event loop over ${HOLD_MS} ms`,
			oursMs <= HOLD_MS,
			`${Math.round(oursMs)} ms, mostly ${oursWhere}`,
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
