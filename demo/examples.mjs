import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { EXAMPLES } from './paths.mjs';
import { UserError } from './userError.mjs';

const SETTINGS = 'Settings';

/**
 * One of the example workflows: what is needed to run it, and its default settings.
 *
 * @typedef {{ id: string, name: string, trigger: string, settings: Record<string, unknown> }} Example
 * @param {string} file its name in examples/
 * @returns {Example}
 */
export function readExample(file) {
	const { id, name, nodes } = JSON.parse(readFileSync(join(EXAMPLES, file), 'utf8'));
	const trigger = nodes.find(({ type }) => /(trigger|\.webhook)$/i.test(type)).name;
	const settings = settingsIn(nodes).map((setting) => [setting.name, setting.value]);
	return { id, name, trigger, settings: Object.fromEntries(settings) };
}

/**
 * Changes values of the node Settings in an imported example, as a user does in the editor.
 *
 * @param {import('./n8n.mjs').N8n} n8n
 * @param {Example} example
 * @param {Record<string, unknown>} values by name; all other settings get their defaults
 */
export async function setSettings(n8n, example, values) {
	const workflow = await n8n.workflow(example.id);
	const { nodes, connections } = withSettings(workflow, { ...example.settings, ...values });
	await n8n.saveWorkflow(example.id, { nodes, connections });
}

/** A workflow with these values in its node Settings. @param {Record<string, unknown>} values by name */
export function withSettings(workflow, values) {
	const changed = structuredClone(workflow);
	const settings = settingsIn(changed.nodes);
	for (const [name, value] of Object.entries(values)) {
		const setting = settings.find((candidate) => candidate.name === name);
		if (!setting) throw new UserError(`The workflow "${workflow.name}" has no setting named ${name}.`);
		setting.value = value;
	}
	return changed;
}

function settingsIn(nodes) {
	return nodes.find(({ name }) => name === SETTINGS)?.parameters.assignments.assignments ?? [];
}
