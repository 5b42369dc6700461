import { SYSTEMS } from '../scenario.mjs';

const PACKAGE = 'n8n-nodes-terminate';

/** The node that ends what the call names, as the run data names it. */
export const NODE = 'Terminate';
export const PROJECT = { number: 'PRJ-004', bpName: 'Punchlist' };
export const DEFINITION = '5870442f-3ddd-4657-b74c-6e17308f5230';

const NODES = {
	bitrix24: { type: 'bitrix24', parameters: { workflowId: '={{ $json.body.ids }}' } },
	unifier: {
		type: 'unifier',
		parameters: {
			projectNumber: { __rl: true, mode: 'number', value: PROJECT.number },
			bpName: { __rl: true, mode: 'name', value: PROJECT.bpName },
			recordNumbers: '={{ $json.body.ids }}',
		},
	},
	eightByEight: {
		type: 'eightByEight',
		parameters: {
			definitionId: { __rl: true, mode: 'id', value: DEFINITION },
			workflowId: '={{ $json.body.ids }}',
		},
	},
};

/** The path of the webhook that takes `{ ids }` and answers with one outcome for each. */
export function pathOf(vendor) {
	return `cleanup-${vendor.toLowerCase()}`;
}

/** The workflow that n8n tells of each execution that failed. */
export const ALARM = {
	name: 'A cleanup failed',
	settings: { executionOrder: 'v1' },
	nodes: [
		{
			id: 'alarm-0',
			name: 'Failed',
			type: 'n8n-nodes-base.errorTrigger',
			typeVersion: 1,
			position: [0, 0],
			parameters: {},
		},
	],
	connections: {},
};

/**
 * The workflow behind it: a webhook and one of our nodes.
 *
 * @param {keyof typeof NODES} vendor
 * @param {{ credentialId: string, errorWorkflow: string }} references
 */
export function cleanup(vendor, { credentialId, errorWorkflow }) {
	const { type, parameters } = NODES[vendor];
	const { credential, label } = SYSTEMS[vendor];
	const trigger = 'Called';
	return {
		name: `Cleanup of ${label} by call`,
		settings: { executionOrder: 'v1', errorWorkflow },
		nodes: [
			{
				id: `${vendor}-0`,
				name: trigger,
				type: 'n8n-nodes-base.webhook',
				typeVersion: 2.1,
				position: [0, 0],
				webhookId: pathOf(vendor),
				parameters: {
					httpMethod: 'POST',
					path: pathOf(vendor),
					responseMode: 'onReceived',
					options: {},
				},
			},
			{
				id: `${vendor}-1`,
				name: NODE,
				type: `${PACKAGE}.${type}`,
				typeVersion: 1,
				position: [240, 0],
				parameters,
				credentials: { [credential.type]: { id: credentialId, name: credential.name } },
			},
		],
		connections: { [trigger]: { main: [[{ node: NODE, type: 'main', index: 0 }]] } },
	};
}
