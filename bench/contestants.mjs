import { PACKAGE } from '../demo/workflow.mjs';
import { ROUTING_PACKAGE } from './package.mjs';
import { VENDORS } from './vendors.mjs';

/**
 * One way to end the targets.
 *
 * @typedef {object} Contestant
 * @property {string} key
 * @property {string} label
 * @property {number} repeats number of runs, of which the median is shown; contestants that take minutes run once
 * @property {number} warmUp targets of the warm-up run, which is not counted
 * @property {(work: import('./workloads.mjs').Workload, base: import('./vendors.mjs').Base) => object} [node] the node in
 * n8n; a contestant without one runs in its own process
 * @property {string} [profiled] the package whose time an additional run measures with a CPU profile
 */

const REPEATS = 3;
/** Enough targets for V8 to have compiled the code. */
const WARM_UP = 500;

/** @type {Contestant[]} */
export const CONTESTANTS = [
	{
		key: 'read',
		label: 'n8n alone, evaluating',
		repeats: REPEATS,
		warmUp: WARM_UP,
		node: ({ vendor, reads }) => reference({ operation: 'read', vendor, ...reads }),
	},
	{
		key: 'send',
		label: 'bare loop inside n8n',
		repeats: REPEATS,
		warmUp: WARM_UP,
		node: ({ vendor }, { n8n }) => reference({ operation: 'send', vendor, baseUrl: n8n }),
	},
	{
		key: 'bare',
		label: 'bare loop, plain Node',
		repeats: REPEATS,
		warmUp: WARM_UP,
	},
	{
		key: 'ours',
		label: 'this package',
		repeats: REPEATS,
		warmUp: WARM_UP,
		node: (work) => terminateNode(PACKAGE, work),
		profiled: PACKAGE,
	},
	{
		key: 'http',
		label: 'HTTP Request node',
		repeats: 1,
		// It spends most of its time waiting; for Bitrix24, a second after every two requests.
		warmUp: 10,
		node: httpRequest,
	},
	{
		key: 'routing',
		label: 'routing engine',
		repeats: 1,
		warmUp: 50,
		node: (work) => terminateNode(ROUTING_PACKAGE, work),
	},
];

function reference(parameters) {
	return {
		type: `${ROUTING_PACKAGE}.benchReference`,
		typeVersion: 1,
		parameters: { resource: 'bench', ...parameters },
	};
}

function terminateNode(packageName, { vendor, parameters }) {
	const { node, parameters: usual } = VENDORS[vendor];
	return { type: `${packageName}.${node}`, typeVersion: 1, parameters: { ...usual, ...parameters } };
}

/** The HTTP Request node as a careful user sets it up. */
function httpRequest({ vendor, texts }, base) {
	const { http, batching } = VENDORS[vendor];
	const { method, url, body } = http(base, { texts });
	return {
		type: 'n8n-nodes-base.httpRequest',
		typeVersion: 4.5,
		retryOnFail: true,
		maxTries: 3,
		parameters: {
			method,
			url,
			authentication: 'predefinedCredentialType',
			sendBody: true,
			contentType: 'json',
			specifyBody: 'json',
			jsonBody: body,
			options: { batching: { batch: batching } },
		},
	};
}
