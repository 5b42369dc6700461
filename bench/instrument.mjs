import { holds } from './holds.mjs';
import { ROUTING_PACKAGE } from './package.mjs';
import { inN8n } from './runners.mjs';

/** As in nodes/BenchReference.node.js. */
const HOLD_MS = 150;
const NO_ITEMS = { prefix: '', digits: 1, suffix: '', first: 1, count: 1 };

/**
 * What the probe found of a hold made on purpose: the event loop's own delay, and the share of the code that made it.
 *
 * @typedef {{ heldMs: number, delayMs: number, codeMs: number }} Check
 */

/**
 * Lets a node of the benchmark hold n8n's event loop, once for long and then as often with turns of the loop in
 * between, and sees whether the probe tells the one from the other.
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
	const { oursMs } = holds(reading, ROUTING_PACKAGE);
	return { heldMs: HOLD_MS, delayMs: reading.longestHoldMs, codeMs: oursMs };
}
