import { SEED_DEFAULTS } from '../../../demo/scenario.mjs';
import { locator } from '../../../demo/workflow.mjs';

const { definitionId } = SEED_DEFAULTS.eightByEight;
const { bpName, projectNumber } = SEED_DEFAULTS.unifier;

/**
 * The test data for each node in every version of n8n.
 *
 * @typedef {object} Trial
 * @property {string} resource
 * @property {object} parameters the parameters that both operations need
 * @property {string} idParameter the parameter that takes the IDs
 * @property {Array<{ id: unknown, seed?: object, outcome: string, fails?: boolean }>} targets one item each; the system
 * does not know a target without `seed`
 * @property {string} [currentState] what a dry run says of one that runs, by default `running`
 * @property {object} running the sandbox's seed options for a running instance
 * @property {string} wrong the name in the sandbox of the credential with a wrong secret
 * @property {number} requests how many requests carry the targets when all items are handed over at once
 * @property {RegExp} path the pattern of such a request
 */

/** @type {Record<string, Trial>} */
export const TRIALS = {
	enosBpm: {
		resource: 'processInstance',
		parameters: {},
		idParameter: 'processInstanceId',
		targets: [
			{ id: 'd0010000-ab3d-11ec-8df5-120e04f331d8', seed: {}, outcome: 'terminated' },
			{ id: 'd0020000-ab3d-11ec-8df5-120e04f331d8', seed: { state: 'terminated' }, outcome: 'alreadyEnded' },
			{
				id: 'd0030000-ab3d-11ec-8df5-120e04f331d8',
				seed: { terminable: false },
				outcome: 'failed',
				fails: true,
			},
			{ id: 'd0040000-ab3d-11ec-8df5-120e04f331d8', seed: {}, outcome: 'terminated' },
		],
		running: {},
		wrong: 'wrongPassword',
	},
	unifier: {
		resource: 'bpRecord',
		parameters: { bpName: locator('name', bpName), projectNumber: locator('number', projectNumber) },
		idParameter: 'recordNumbers',
		targets: [
			{ id: 'PL-5001', seed: { state: 'active' }, outcome: 'terminated' },
			{ id: 'PL-5002', seed: { state: 'terminated' }, outcome: 'alreadyEnded' },
			{ id: 'PL-5003', outcome: 'notFound', fails: true },
			{ id: 'PL-5004', seed: { state: 'active' }, outcome: 'terminated' },
		],
		running: { state: 'active' },
		// Every customer of Unifier has words of its own for the states of a record.
		currentState: 'unknown',
		wrong: 'wrongPassword',
	},
	bitrix24: {
		resource: 'workflow',
		parameters: { authentication: 'webhook' },
		idParameter: 'workflowId',
		targets: [
			{ id: '67e412fd100001.36338717', seed: {}, outcome: 'terminated' },
			{ id: '67e412fd100002.36338717', seed: { state: 'completed' }, outcome: 'notRunning' },
			// The node refuses it before it sends anything, because the number has lost digits.
			{ id: 67.5, outcome: 'notSent', fails: true },
			{ id: '67e412fd100004.36338717', seed: {}, outcome: 'terminated' },
		],
		running: {},
		wrong: 'webhookWrongCode',
	},
	eightByEight: {
		resource: 'workflow',
		parameters: { definitionId: locator('id', definitionId) },
		idParameter: 'workflowId',
		targets: [
			{ id: '63dbe307fe55d99fc083db01', seed: { state: 'Runnable' }, outcome: 'terminated' },
			{ id: '63dbe307fe55d99fc083db02', seed: { state: 'Complete' }, outcome: 'alreadyEnded' },
			{ id: '63dbe307fe55d99fc083db03', outcome: 'notFound', fails: true },
			{ id: '63dbe307fe55d99fc083db04', seed: { state: 'Suspended' }, outcome: 'terminated' },
		],
		running: { state: 'Runnable' },
		wrong: 'wrongKey',
	},
};
