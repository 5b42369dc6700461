import { setSettings } from '../examples.mjs';
import { checkYourSystem } from './checkYourSystem.mjs';
import { crossSystemReport } from './crossSystemReport.mjs';
import { dismissedEmployee } from './dismissedEmployee.mjs';
import { olderThan } from './olderThan.mjs';
import { playScene, seed } from './scene.mjs';
import { suspendAndResume } from './suspendAndResume.mjs';

/** @type {import('./scene.mjs').Scene[]} */
const SCENES = [
	...olderThan,
	...dismissedEmployee,
	...suspendAndResume,
	...crossSystemReport,
	...checkYourSystem,
];

/**
 * Plays all scenes, one after the other.
 *
 * @param {{ n8n: object, control: object }} stage
 * @param {(line: string) => void} say receives one line for each scene
 * @returns {Promise<string[]>} the differences from what is expected
 */
export async function playScenes(stage, say) {
	const all = [];
	for (const scene of SCENES) {
		const { line, found } = await playScene(scene, stage);
		say(line);
		all.push(...found);
	}
	return all;
}

/** Gives the examples their default settings and fills the systems with the data of each example. */
export async function leaveForTheEditor({ n8n, control }) {
	const examples = new Map(SCENES.map((scene) => [scene.example.id, scene]));
	for (const scene of examples.values()) {
		await seed(control, scene);
		await setSettings(n8n, scene.example, (await scene.local?.(control)) ?? {});
	}
}
