import { isDeepStrictEqual } from 'node:util';

import { eventually } from '../../../demo/eventually.mjs';
import { lackingCredentials } from '../../../demo/pickLists.mjs';
import { SYSTEMS } from '../../../demo/scenario.mjs';
import { credentialsFor } from '../../../demo/stage.mjs';
import { inRow, leadingTo, ours, START } from '../../../demo/workflow.mjs';
import { openWorld } from '../../../demo/world.mjs';
import { launch, signIn } from './browser.mjs';

/**
 * An n8n with working credentials for all four systems and others without a required right, and its editor in a browser.
 *
 * @param {{ name: string, command: string }} options those of `openWorld` and of `launch`
 */
export async function openEditor({ name, command, ...options }) {
	const world = await openWorld({ name, command });
	let session;
	const close = async () => {
		await session?.close();
		await world.close();
	};
	try {
		const { control } = world.sandbox;
		await world.n8n.importCredentials([
			...(await credentialsFor(control)),
			...(await lackingCredentials(control)),
		]);
		await world.n8n.start();
		await world.n8n.signIn();
		session = await launch(world, options);
		await signIn(session.page, world);
		return { world, session, control, editor: new Editor(session.page, world.n8n), close };
	} catch (error) {
		await close();
		throw error;
	}
}

/** The name of the node after one of our nodes in the workflows that are created here. */
export function behindOf(name) {
	return `Behind ${name}`;
}

function nodeOf({ name, node, parameters, credential, more }, index) {
	const known = SYSTEMS[node].credential;
	return {
		id: `ours-${index}`,
		typeVersion: 1,
		position: [300, index * 200],
		...ours({ system: node, credential: { ...known, ...credential }, name, parameters, ...more }),
	};
}

/** n8n's editor, as a user operates it. */
export class Editor {
	#n8n;

	/** @param {import('playwright-core').Page} page @param {import('../../../demo/n8n.mjs').N8n} n8n */
	constructor(page, n8n) {
		this.page = page;
		this.#n8n = n8n;
	}

	part(testId, parent = this.page) {
		return parent.getByTestId(testId);
	}

	/** Opens an empty workflow with the node panel. */
	async openNodePanel() {
		await this.page.goto(`${this.#n8n.url}/workflow/new`);
		await this.part('canvas-plus-button').first().waitFor();
		await this.reopenNodePanel();
	}

	/** Opens the node panel again, from the canvas. */
	async reopenNodePanel() {
		await this.part('node-creator-plus-button').click();
		await this.part('node-creator-search-bar').waitFor();
	}

	/** The names that the node panel lists for these words, once it lists `wanted` or time is up. */
	async searchNodes(words, wanted) {
		const found = this.part('node-creator-item-name');
		// The results of the last search stay until the next one has finished.
		await this.part('node-creator-search-bar').fill('nothing has this name');
		await found.first().waitFor({ state: 'hidden' });
		await this.part('node-creator-search-bar').fill(words);
		return await eventually(
			async () => await found.allInnerTexts(),
			(names) => names.includes(wanted),
		);
	}

	/** Chooses a node in the node panel and returns the actions that are listed below it. */
	async chooseNode(displayName) {
		await this.nodeInPanel(displayName).click();
		await this.page.getByText(/^Actions \(\d+\)/).waitFor();
		const actions = this.part('node-creator-item-name').filter({ hasText: /^(?!On a )/ });
		return await eventually(
			async () => await actions.allInnerTexts(),
			(names) => !names.includes(displayName),
		);
	}

	nodeInPanel(name) {
		return this.part('node-creator-item-name').filter({ hasText: new RegExp(`^${name}$`) });
	}

	/**
	 * Creates a workflow of a trigger and these nodes of ours, each followed by another node, and opens it.
	 *
	 * @param {Array<{ name: string, node: string, parameters: object, credential?: { id: string, name: string }, more?: object }>} wanted
	 * `node`: the name of our node type; `more`: settings of the node, such as On Error
	 * @param {object} [input] a node between the trigger and ours
	 * @returns {Promise<string>} the ID of the workflow
	 */
	async openNew(wanted, input) {
		const { nodes: start, connections } = inRow([START, ...(input ? [input] : [])]);
		const nodes = wanted.map((one, index) => nodeOf(one, index));
		const behind = nodes.map(({ id, name, position: [, y] }) => ({
			id: `${id}-next`,
			name: behindOf(name),
			type: 'n8n-nodes-base.noOp',
			typeVersion: 1,
			position: [600, y],
			parameters: {},
		}));
		const { id } = await this.#n8n.json('POST', '/rest/workflows', {
			name: wanted[0].name,
			nodes: [...start, ...nodes, ...behind],
			connections: {
				...connections,
				[start.at(-1).name]: leadingTo(nodes.map(({ name }) => name)),
				...Object.fromEntries(nodes.map(({ name }) => [name, leadingTo([behindOf(name)])])),
			},
			settings: {},
		});
		await this.page.goto(`${this.#n8n.url}/workflow/${id}`);
		await this.#onCanvas(START.name).waitFor();
		return id;
	}

	#onCanvas(name) {
		return this.page.locator(`[data-test-id="canvas-node"][data-node-name="${name}"]`);
	}

	/** Opens a node of the workflow on the canvas. */
	async openNode(name) {
		await this.#onCanvas(name).dblclick();
		await this.part('node-parameters').waitFor();
		await this.page.locator(`[data-test-id="ndv"]`).filter({ hasText: name }).waitFor();
	}

	async closeNode() {
		await this.part('ndv-close-button').click();
		await this.part('ndv').waitFor({ state: 'hidden' });
	}

	/** The parameters of a node, once n8n has saved the wanted values or time is up. */
	async saved(workflowId, name, isRight) {
		const ask = async () => {
			const { nodes } = await this.#n8n.workflow(workflowId);
			return nodes.find((node) => node.name === name).parameters;
		};
		return await eventually(ask, isRight);
	}

	/** The field of a parameter with its label and its controls. The fields of a collection are inside another field. */
	#field(name) {
		return this.part('parameter-item')
			.filter({ has: this.part(`parameter-input-${name}`) })
			.last();
	}

	/** The labels of the fields from top to bottom. */
	async labels() {
		const texts = await this.#labels().allInnerTexts();
		return texts.map((text) => text.split('\n')[0].trim());
	}

	#labels() {
		return this.part('node-parameters').locator('label:visible');
	}

	/** The tooltip of the icon next to a label. */
	async tooltipOf(label) {
		const found = this.#labels().filter({ hasText: new RegExp(`^\\s*${label}\\b`) });
		await found.first().hover();
		await found.first().locator('[class*="infoIcon"]').hover();
		const text = await this.part('tooltip-content').last().innerText();
		await this.page.mouse.move(0, 0);
		await this.part('tooltip-content').waitFor({ state: 'hidden' });
		return text;
	}

	/** The placeholder of a field. */
	async placeholderOf(name) {
		return await this.part(`parameter-input-${name}`)
			.locator('input, textarea')
			.last()
			.getAttribute('placeholder');
	}

	/** The visible text of a field: its label, its mode and its hint. */
	async linesAt(name) {
		const text = await this.#field(name).innerText();
		return text.split('\n').map((line) => line.trim());
	}

	/** The selected entry of a drop-down. */
	async chosen(name) {
		return await this.part(`parameter-input-${name}`).locator('input').first().inputValue();
	}

	/** Opens a drop-down and returns its entries, and the number of entries whose description is cut off. */
	async openOptions(name) {
		await this.part(`parameter-input-${name}`).click();
		const options = this.page.locator('.el-select-dropdown__item:visible');
		await options.first().waitFor();
		const names = await options.locator('.option-headline').allInnerTexts();
		const cut = await options
			.locator('.option-description')
			.evaluateAll((all) =>
				all.filter((one) => one.scrollHeight > one.clientHeight).map((one) => one.innerText),
			);
		return { names, cut };
	}

	/** Opens a drop-down, chooses an entry, and returns what `openOptions` does. */
	async chooseOption(name, entry) {
		const offered = await this.openOptions(name);
		const options = this.page.locator('.el-select-dropdown__item:visible');
		await options.filter({ hasText: entry }).first().click();
		await options.first().waitFor({ state: 'hidden' });
		return offered;
	}

	/** Types into a field for numbers. */
	async fillNumber(name, value) {
		const input = this.part(`parameter-input-${name}`).locator('input');
		await input.fill(String(value));
		await input.blur();
	}

	/** Pastes text into a field that is empty, from the clipboard as a user does. */
	async paste(name, text) {
		await this.page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
		await this.page.evaluate(async (copied) => await navigator.clipboard.writeText(copied), text);
		const input = this.part(`parameter-input-${name}`).locator('input, textarea').last();
		await input.click();
		await input.press('Control+V');
		await input.blur();
	}

	/** Adds an entry of a collection such as Options. */
	async addToCollection(entry) {
		// Those of the node's Settings are in the page as well, but hidden.
		await this.part('collection-parameter-add').locator('visible=true').first().click();
		const entries = this.page.locator('.el-select-dropdown__item:visible');
		await entries.filter({ hasText: entry }).first().click();
		await entries.first().waitFor({ state: 'hidden' });
	}

	/** Drags a field of the input panel into a parameter. */
	async drag(field, name) {
		const panel = this.part('ndv-input-panel');
		const pill = this.part('run-data-schema-item', panel)
			.locator('[data-target="mappable"]')
			.filter({ hasText: new RegExp(`^\\s*${RegExp.escape(field)}\\s*$`) })
			.last();
		const { mouse } = this.page;
		await pill.hover();
		await mouse.down();
		// The editor takes it for a drag once the pointer has moved.
		await mouse.move(400, 400, { steps: 5 });
		const target = this.#field(name).getByTestId(`parameter-input-${name}`).first();
		await target.scrollIntoViewIfNeeded();
		// Not with hover(), because n8n's tip may lie over the field.
		const { x, y, width, height } = await target.boundingBox();
		await mouse.move(x + width / 2, y + height / 2, { steps: 10 });
		await mouse.up();
	}

	/** Turns a switch on or off. */
	async toggle(name) {
		await this.part(`parameter-input-${name}`).locator('.el-switch').click();
	}

	/** The input of a field with a pick list. */
	#picker(name) {
		return this.part('rlc-input', this.part(`resource-locator-${name}`));
	}

	/** The entries of the list that is open. */
	async entries() {
		return await this.part('rlc-item').allInnerTexts();
	}

	/** Opens the list of a field. */
	async openList(name) {
		await this.#picker(name).click();
		await this.part('rlc-item').or(this.part('rlc-error-container')).first().waitFor();
	}

	/** Types into the search of the open list and returns its entries, once they are as wanted or time is up. */
	async searchList(text, wanted) {
		const isRight = typeof wanted === 'function' ? wanted : (entries) => isDeepStrictEqual(entries, wanted);
		await this.part('rlc-search').locator('visible=true').fill(text);
		return await eventually(async () => await this.entries(), isRight);
	}

	/** Scrolls the open list until its entries are as wanted or time is up, and returns them. */
	async scrollList(isRight) {
		const last = this.part('rlc-item').last();
		return await eventually(async () => {
			await last.scrollIntoViewIfNeeded();
			await last.hover();
			await this.page.mouse.wheel(0, 400);
			return await this.entries();
		}, isRight);
	}

	/** The selected entry that a field with a pick list shows. */
	async picked(name) {
		return await this.#picker(name).inputValue();
	}

	/** Chooses an entry of the open list. */
	async choose(entry) {
		await this.part('rlc-item').filter({ hasText: entry }).first().click();
		await this.part('rlc-item').first().waitFor({ state: 'hidden' });
	}

	/** Runs the node with its button and waits until the output panel shows the result. */
	async execute() {
		const run = this.page.waitForResponse(
			(response) => /\/rest\/workflows\/[^/]+\/run/.test(response.url()) && response.ok(),
		);
		const button = this.part('node-execute-button');
		await button.click();
		const { data } = await (await run).json();
		const execution = await this.#n8n.ended(data.executionId);
		const status = execution.status === 'success' ? 'success' : 'danger';
		await this.part(`node-run-status-${status}`, this.part('output-panel')).waitFor();
		// While the node runs, the button has no words on it.
		await button.getByText('Execute step').waitFor();
		await button.locator('[class*="button-fade"]').waitFor({ state: 'detached' });
		return execution;
	}

	/** The rows of the output panel's table: texts by the name of their column. */
	async outputRows() {
		const panel = this.part('output-panel');
		await this.part('radio-button-table', panel).click();
		await panel.locator('table').waitFor();
		const heads = (await panel.locator('thead th').allInnerTexts()).map((head) => head.trim());
		const rows = [];
		for (const row of await panel.locator('tbody tr').all()) {
			const cells = await row.locator('td').allInnerTexts();
			const named = cells.map((cell, index) => [heads[index], cell.trim().replace(/\s+/g, ' ')]);
			rows.push(Object.fromEntries(named.filter(([head]) => head)));
		}
		return rows;
	}

	/** The hints above the output: their texts, and whether they have the colour of a warning. */
	async hints() {
		const hints = this.part('node-hint', this.part('output-panel'));
		await hints.first().waitFor();
		return await hints.evaluateAll((all) =>
			all.map((one) => ({ text: one.innerText.trim(), isWarning: /_warning_/.test(one.className) })),
		);
	}

	/** The error message in the output panel, and the lines below it. */
	async failure() {
		const message = await this.part('node-error-message').innerText();
		const description = await this.part('node-error-description').innerText();
		return { message, lines: description.split('\n').filter((line) => line.trim() !== '') };
	}

	/** The collapsed details of an error: the vendor's own answer with the outcomes of all targets. */
	async failureDetails(displayName) {
		const details = this.part('output-panel')
			.locator('details')
			.filter({ hasText: `From ${displayName}` });
		await details.locator('summary').click();
		return await details.innerText();
	}

	/** The fields that n8n predicts for a node that has not run, in the input panel of the node after it. */
	async previewOfInput() {
		const panel = this.part('ndv-input-panel');
		await panel.getByText('Usually outputs the following fields').waitFor();
		return await this.part('run-data-schema-item', panel).allInnerTexts();
	}
}
