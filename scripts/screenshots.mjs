import { readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';

import { EXAMPLES, ROOT } from '../demo/paths.mjs';
import { SEED_DEFAULTS } from '../demo/scenario.mjs';
import { UserError } from '../demo/userError.mjs';
import { locator, ours } from '../demo/workflow.mjs';
import { openEditor } from '../test/e2e/browser/nodesEditor.mjs';

/** The largest acceptable size of a picture in a README. */
const MAX_BYTES = 150_000;
/** Sharper than the page, but with small files. */
const SCALE = 1.25;
const WIDE = { width: 1440, height: 1000 };
const MARGIN = 24;

/** Elements that appear only at times or are irrelevant to the picture. */
const HIDDEN =
	'.el-notification, .n8n-tooltip, [data-test-id="floating-nodes"] { display: none !important; }';
const CANVAS_ONLY = `${HIDDEN}
	[data-test-id="canvas-controls"], [data-test-id="main-sidebar"], [data-test-id="logs-panel"],
	[data-test-id="execute-workflow-button"], .vue-flow__background { display: none !important; }`;

const RECORDS = { 'PL-0759': 'active', 'PL-0796': 'terminated', 'PL-2125': 'initiation' };
const inPunchlist = {
	resource: 'bpRecord',
	operation: 'terminate',
	projectNumber: locator('number', SEED_DEFAULTS.unifier.projectNumber),
	bpName: locator('name', SEED_DEFAULTS.unifier.bpName),
	recordNumbers: [...Object.keys(RECORDS), 'PL-0800666'].join(', '),
};

/** The list of the README's first workflow. */
const STUCK = {
	...ours({
		system: 'bitrix24',
		parameters: {
			resource: 'workflow',
			operation: 'getAll',
			returnAll: true,
			filters: { startedBefore: '={{ $now.minus({ days: 30 }) }}' },
		},
	}),
	name: 'Get many workflows',
};

/** The pictures by their file names in docs/. */
const PICTURES = {
	'first-workflow.png': async (stage) => {
		await stage.control.reset();
		await stage.control.seed('bitrix24', 10, { state: 'running' });
		const parameters = {
			resource: 'workflow',
			operation: 'terminate',
			workflowId: '={{ $json.workflowId }}',
			options: { dryRun: false, expectedTargets: 10 },
		};
		const name = 'Terminate workflow';
		await stage.editor.openNew([{ name, node: 'bitrix24', parameters }], STUCK);
		await stage.editor.openNode(name);
		await stage.editor.execute();
		await stage.page.addStyleTag({ content: HIDDEN });
		await stage.editor.outputRows();
		return await rightOfInput(stage, 560);
	},

	'editor.png': async ({ page, editor, world }) => {
		const example = JSON.parse(readFileSync(join(EXAMPLES, 'nightly-cleanup.json'), 'utf8'));
		const { id } = await world.n8n.json('POST', '/rest/workflows', { ...example, active: false });
		await page.goto(`${world.n8n.url}/workflow/${id}`);
		await page
			.locator('.vue-flow__node')
			.nth(example.nodes.length - 1)
			.waitFor();
		await page.addStyleTag({ content: CANVAS_ONLY });
		await editor.part('zoom-to-fit').dispatchEvent('click');
		await settled(page, '.vue-flow__transformationpane');
		return await around(page, '.vue-flow__node', MARGIN);
	},

	'node-panel.png': async (stage) => await nodePanel(stage),

	'node-panel-dark.png': async (stage) => {
		await stage.page.emulateMedia({ colorScheme: 'dark' });
		return await nodePanel(stage);
	},

	'pick-list.png': async ({ page, editor, control }) => {
		await control.reset();
		const parameters = { ...inPunchlist, projectNumber: locator('list'), bpName: locator('list') };
		await editor.openNew([{ name: 'Unifier', node: 'unifier', parameters }]);
		await editor.openNode('Unifier');
		await editor.openList('projectNumber');
		await page.addStyleTag({ content: HIDDEN });
		const { x, y, width } = await editor.part('node-parameters').boundingBox();
		const list = await page.locator('[data-reka-popper-content-wrapper]').boundingBox();
		// What lies behind the list is not to stick out below it.
		return { x, y, width, height: list.y + list.height - y };
	},

	'outcomes.png': async (stage) => {
		await run(stage, { onError: 'continueErrorOutput' });
		await stage.editor.outputRows();
		return await rightOfInput(stage, 536);
	},

	'stop.png': async (stage) => {
		await run(stage, {});
		return await rightOfInput(stage, 480);
	},
};

async function nodePanel({ page, editor }) {
	await editor.openNew([{ name: 'Unifier', node: 'unifier', parameters: inPunchlist }]);
	await editor.reopenNodePanel();
	await editor.searchNodes('terminate', '8x8');
	await page.addStyleTag({ content: HIDDEN });
	const top = await editor.part('nodes-list-header').boundingBox();
	const last = await editor.part('node-creator-item-name').last().boundingBox();
	return { x: top.x, y: top.y, width: top.width, height: last.y + 60 - top.y };
}

/** Runs the node with four records, two of which cannot be ended. */
async function run({ page, editor, control }, more) {
	await control.reset();
	for (const [id, state] of Object.entries(RECORDS)) {
		await control.seed('unifier', 1, { ...SEED_DEFAULTS.unifier, ids: [id], state });
	}
	await editor.openNew([{ name: 'Unifier', node: 'unifier', parameters: inPunchlist, more }]);
	await editor.openNode('Unifier');
	await editor.execute();
	await page.addStyleTag({ content: HIDDEN });
}

async function rightOfInput({ page, editor }, height) {
	const input = await editor.part('ndv-input-panel').boundingBox();
	const ndv = await editor.part('ndv').boundingBox();
	await page.mouse.move(0, 0);
	const x = input.x + input.width;
	// Without the edge, which is transparent.
	return { x, y: input.y, width: ndv.x + ndv.width - x - 2, height };
}

/** Waits until an element no longer moves. */
async function settled(page, selector) {
	await page.waitForFunction(
		(wanted) => {
			const now = document.querySelector(wanted)?.style.transform;
			const same = now !== undefined && now === globalThis.lastTransform;
			globalThis.lastTransform = now;
			return same;
		},
		selector,
		{ polling: 500 },
	);
}

/** The rectangle around all matching elements, with a margin. */
async function around(page, selector, margin) {
	const boxes = await page
		.locator(selector)
		.evaluateAll((all) => all.map((one) => one.getBoundingClientRect().toJSON()));
	const x = Math.min(...boxes.map(({ left }) => left)) - margin;
	const y = Math.min(...boxes.map(({ top }) => top)) - margin;
	const right = Math.max(...boxes.map((box) => box.right)) + margin;
	// The name of a node is below it, outside of its box.
	const bottom = Math.max(...boxes.map((box) => box.bottom)) + 2 * margin;
	return { x, y, width: right - x, height: bottom - y };
}

async function main() {
	const wanted = process.argv.slice(2);
	const opened = await openEditor({
		name: 'screenshots',
		command: 'npm run screenshots',
		viewport: WIDE,
		scale: SCALE,
	});
	const { session, editor, world, control, close } = opened;
	const { page } = session;
	try {
		for (const [name, show] of Object.entries(PICTURES)) {
			if (wanted.length > 0 && !wanted.includes(name)) continue;
			await page.emulateMedia({ colorScheme: 'light' });
			const clip = await show({ page, editor, world, control });
			const path = join(ROOT, 'docs', name);
			await page.screenshot({ path, clip, animations: 'disabled' });
			const { size } = statSync(path);
			console.log(`${relative(ROOT, path)}  ${Math.round(size / 1000)} kB`);
			if (size > MAX_BYTES) throw new UserError(`${name} is bigger than ${MAX_BYTES / 1000} kB.`);
		}
	} catch (error) {
		console.error(`The page at the time: ${await session.screenshot('failed')}`);
		throw error;
	} finally {
		await close();
	}
}

try {
	await main();
} catch (error) {
	console.error(error instanceof UserError ? error.message : error);
	process.exitCode = 1;
}
