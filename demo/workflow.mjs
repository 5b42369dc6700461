import { SYSTEMS } from './scenario.mjs';

/** The name of the package in n8n. */
export const PACKAGE = 'n8n-nodes-terminate';
const STEP = 240;

/** The trigger of the editor's button. */
export const START = { name: 'Start', type: 'n8n-nodes-base.manualTrigger' };

/** The value of a field with a pick list. @param {string} mode such as `list` or `id` */
export function locator(mode, value = '') {
	return { __rl: true, mode, value };
}

/**
 * One of our nodes.
 *
 * @param {object} node its other properties, such as `name`, `parameters` and `onError`
 * @param {keyof typeof SYSTEMS} node.system also the name of the node type
 * @param {{ type: string, id: string, name: string }} [node.credential] by default the demo's
 */
export function ours({ system, credential = SYSTEMS[system].credential, ...node }) {
	const { type, id, name } = credential;
	return { type: `${PACKAGE}.${system}`, credentials: { [type]: { id, name } }, ...node };
}

/**
 * The nodes of a workflow and their connections: each node leads to the next one.
 *
 * @param {Array<{ name: string, type: string }>} nodes with their other properties
 */
export function inRow(nodes) {
	const links = nodes.slice(1).map(({ name }, index) => [nodes[index].name, leadingTo([name])]);
	return {
		nodes: nodes.map((node, index) => ({
			id: `node-${index}`,
			typeVersion: 1,
			position: [index * STEP, 0],
			parameters: {},
			...node,
		})),
		connections: Object.fromEntries(links),
	};
}

/** The connections of a node to these others. @param {string[]} names */
export function leadingTo(names) {
	return { main: [names.map((node) => ({ node, type: 'main', index: 0 }))] };
}
