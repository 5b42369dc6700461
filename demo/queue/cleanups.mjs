import { SYSTEMS } from '../scenario.mjs';
import { inRow, locator, ours } from '../workflow.mjs';

/** The name in the run data of the node that ends the processes. */
export const NODE = 'Terminate';
export const PROJECT = { number: 'PRJ-004', bpName: 'Punchlist' };
export const DEFINITION = '5870442f-3ddd-4657-b74c-6e17308f5230';

/** The systems of the demo, and what their nodes get. */
export const PARAMETERS = {
	bitrix24: { workflowId: '={{ $json.body.ids }}' },
	unifier: {
		projectNumber: locator('number', PROJECT.number),
		bpName: locator('name', PROJECT.bpName),
		recordNumbers: '={{ $json.body.ids }}',
	},
	eightByEight: {
		definitionId: locator('id', DEFINITION),
		workflowId: '={{ $json.body.ids }}',
	},
};

/** The path of the webhook that takes `{ ids }`. */
export function pathOf(vendor) {
	return `cleanup-${vendor.toLowerCase()}`;
}

/** The error workflow, which n8n runs for each failed execution. */
export const ALARM = {
	name: 'A cleanup failed',
	settings: { executionOrder: 'v1' },
	...inRow([{ name: 'Failed', type: 'n8n-nodes-base.errorTrigger' }]),
};

/**
 * The workflow that a call starts: a webhook and one of our nodes.
 *
 * @param {keyof typeof PARAMETERS} vendor
 * @param {{ credentialId: string, errorWorkflow: string }} references
 */
export function cleanup(vendor, { credentialId, errorWorkflow }) {
	const { credential, label } = SYSTEMS[vendor];
	const trigger = {
		name: 'Called',
		type: 'n8n-nodes-base.webhook',
		typeVersion: 2.1,
		webhookId: pathOf(vendor),
		parameters: { httpMethod: 'POST', path: pathOf(vendor), responseMode: 'onReceived', options: {} },
	};
	const node = ours({
		system: vendor,
		credential: { ...credential, id: credentialId },
		name: NODE,
		parameters: PARAMETERS[vendor],
	});
	return {
		name: `Cleanup of ${label} by call`,
		settings: { executionOrder: 'v1', errorWorkflow },
		...inRow([trigger, node]),
	};
}
