import { setSettings } from '../examples.mjs';
import { photograph } from '../stage.mjs';
import { countOf, inSystems } from './compare.mjs';

/**
 * One run of one example on a stage of its own.
 *
 * @typedef {object} Scene
 * @property {import('../examples.mjs').Example} example
 * @property {string} how what is special about it, for people
 * @property {Record<string, unknown>} settings what a user changes in the node Settings
 * @property {(control: object) => Promise<Record<string, unknown>>} [local] settings that depend on where the sandbox is
 * @property {Array<{ system: string, id: string, seed: object }>} seeds
 * @property {Record<string, object[]>} [faults] faults of the sandbox by system
 * @property {Record<string, object>} [switches] switches of the sandbox by system
 * @property {Record<string, string>} becomes states afterwards by ID; whatever is not named must be as it was
 * @property {(stage: { n8n: object, control: object, before: object }) => Promise<{ told: string, found: string[] }>} play
 * runs it; `told` says in a few words what came out, `found` in what that differs from what should have
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
	const before = await photograph(control);
	const { told, found } = await scene.play({ n8n, control, before });
	const differences = [...found, ...inSystems(before, await photograph(control), becomes)];
	const changed = Object.keys(becomes).length;
	const others = countOf(before) - changed;
	const harm = changed === 0 ? 'nothing was touched' : `${others} others were not touched`;
	const verdict = differences.length === 0 ? harm : `${differences.length} differences`;
	return {
		line: `${example.name}, ${how}: ${told}; ${verdict}`,
		found: differences.map((difference) => `${example.name}, ${how}: ${difference}`),
	};
}

/** Puts what a scene is about into the sandbox, beside what is there. */
export async function seed(control, { seeds }) {
	for (const one of seeds) await control.seed(one.system, 1, { ids: [one.id], ...one.seed });
}
