import { setSettings } from '../examples.mjs';
import { takeSnapshot } from '../stage.mjs';
import { countOf, inSystems } from './compare.mjs';

/**
 * One run of one example with its own data in the sandbox.
 *
 * @typedef {object} Scene
 * @property {import('../examples.mjs').Example} example
 * @property {string} how what is special about this run, for the report
 * @property {Record<string, unknown>} settings the changes that a user makes in the node Settings
 * @property {(control: object) => Promise<Record<string, unknown>>} [local] settings that depend on the address of the sandbox
 * @property {Array<{ system: string, id: string, seed: object }>} seeds
 * @property {Record<string, object[]>} [faults] faults of the sandbox by system
 * @property {Record<string, object>} [switches] switches of the sandbox by system
 * @property {Record<string, string>} becomes states afterwards by ID; all other instances must be unchanged
 * @property {(stage: { n8n: object, control: object, before: object }) => Promise<{ summary: string, found: string[] }>} play
 * runs it; `summary`: the result in a few words; `found`: the differences from what is expected
 */

/**
 * Plays a scene.
 *
 * @param {Scene} scene
 * @param {{ n8n: import('../n8n.mjs').N8n, control: object }} stage
 * @returns {Promise<{ line: string, found: string[] }>}
 */
export async function playScene(scene, { n8n, control }) {
	const { example, how, becomes } = scene;
	await control.reset();
	await seed(control, scene);
	for (const [vendor, faults] of Object.entries(scene.faults ?? {})) await control.arm(vendor, faults);
	for (const [vendor, set] of Object.entries(scene.switches ?? {})) await control.configure(vendor, set);
	await setSettings(n8n, example, { ...(await scene.local?.(control)), ...scene.settings });
	const before = await takeSnapshot(control);
	const { summary, found } = await scene.play({ n8n, control, before });
	const differences = [...found, ...inSystems(before, await takeSnapshot(control), becomes)];
	const changed = Object.keys(becomes).length;
	const others = countOf(before) - changed;
	const harm = changed === 0 ? 'nothing was touched' : `${others} others were not touched`;
	const verdict = differences.length === 0 ? harm : `${differences.length} differences`;
	return {
		line: `${example.name}, ${how}: ${summary}; ${verdict}`,
		found: differences.map((difference) => `${example.name}, ${how}: ${difference}`),
	};
}

/** Adds the instances of a scene to the sandbox. */
export async function seed(control, { seeds }) {
	for (const one of seeds) await control.seed(one.system, 1, { ids: [one.id], ...one.seed });
}
