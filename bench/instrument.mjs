import { findHolds } from './eventLoop.mjs';
import { ROUTING_PACKAGE } from './package.mjs';
import { inN8n } from './runners.mjs';

/** The same value as in nodes/BenchReference.node.js. */
const HOLD_MS = 150;
const NO_ITEMS = { prefix: '', digits: 1, suffix: '', first: 1, count: 1 };

/**
 * What the probe measured while a node blocked the event loop on purpose: the delay of the loop, and the time of the code
 * that blocked it.
 *
 * @typedef {{ heldMs: number, delayMs: number, codeMs: number }} Check
 */

/**
 * Lets a node of the benchmark block n8n's event loop, once in one stretch and once for the same time in parts with turns
 * of the loop in between. The probe has to report the one stretch, and not the sum of the parts.
 *
 * @param {import('./stage.mjs').Stage} stage
 * @returns {Promise<Check>}
 */
export async function checkInstrument(stage) {
	const { n8nProbe, checkWorkflow } = stage;
	const run = inN8n(stage, checkWorkflow);
	await run(NO_ITEMS);
	await n8nProbe.start({ profile: true });
	await run(NO_ITEMS);
	const reading = await n8nProbe.stop();
	const { oursMs } = findHolds(reading, ROUTING_PACKAGE);
	return { heldMs: HOLD_MS, delayMs: reading.longestHoldMs, codeMs: oursMs };
}
