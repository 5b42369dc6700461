import { setSettings } from '../examples.mjs';
import { asItComes } from './asItComes.mjs';
import { checkYourSystem } from './checkYourSystem.mjs';
import { crossSystemReport } from './crossSystemReport.mjs';
import { dismissedEmployee } from './dismissedEmployee.mjs';
import { olderThan } from './olderThan.mjs';
import { previewApproveEnd } from './previewApproveEnd.mjs';
import { retryWhatMayPass } from './retryWhatMayPass.mjs';
import { playScene, seed } from './scene.mjs';
import { suspendAndResume } from './suspendAndResume.mjs';

/** @type {import('./scene.mjs').Scene[]} */
const OF_OTHER_EXAMPLES = [
	...olderThan,
	...dismissedEmployee,
	...suspendAndResume,
	...crossSystemReport,
	...previewApproveEnd,
	...retryWhatMayPass,
	...checkYourSystem,
];
const SCENES = [...asItComes, ...OF_OTHER_EXAMPLES];

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

/**
 * Gives the examples their default settings and adds to the systems, where the data of the first part is, those of each
 * other example.
 */
export async function leaveForTheEditor({ n8n, control }) {
	const byExample = (scenes) => new Map(scenes.map((scene) => [scene.example.id, scene])).values();
	for (const scene of byExample(OF_OTHER_EXAMPLES)) await seed(control, scene);
	for (const { example, local } of byExample(SCENES)) {
		await setSettings(n8n, example, (await local?.(control)) ?? {});
	}
}
