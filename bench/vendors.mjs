import { locator } from '../demo/workflow.mjs';
import minimal from './nodes/minimum.cjs';

const { SETTINGS } = minimal;
const { bitrix24, enosBpm, unifier, eightByEight } = SETTINGS;

const ID = '={{ $json.id }}';

/** n8n's defaults for the option Batching of the HTTP Request node. */
const UI_DEFAULT = { batchSize: 50, batchInterval: 1000 };
/** Two requests a second, as documented; the node cannot express a burst. */
const TWO_A_SECOND = { batchSize: 2, batchInterval: 1000 };

/**
 * What the benchmark needs to know of a vendor.
 *
 * @typedef {object} Vendor
 * @property {string} label
 * @property {{ prefix: string, digits: number, suffix: string }} ids the format of its IDs
 * @property {object} seed what the sandbox needs besides the IDs
 * @property {number} inFlight the most requests that may be open at a time
 * @property {{ perSecond: number, burst: number }} [limit] the documented rate limit
 * @property {string} node the node's name within the package
 * @property {object} parameters of the node
 * @property {object} batching of the HTTP Request node
 * @property {(base: Base, work: { texts?: boolean }) => HttpRequest} http the vendor's own endpoint for one ID, for the HTTP
 * Request node
 * @property {(entry: Entry) => 'write' | 'read' | 'login'} kind what a request was for
 * @property {(entry: Entry) => boolean} [readsOne] whether a read asks for the state of one target alone
 * @property {(sandbox: SandboxVendor) => Base} base
 *
 * @typedef {{ method: string, url: string, body: string }} HttpRequest
 * @typedef {{ method: string, url: string, body: string }} Entry of the sandbox's journal
 * @typedef {{ baseUrl: string, credentials: Record<string, Record<string, string>> }} SandboxVendor
 * @typedef {{ n8n: string, bare: string, headers: Record<string, string> }} Base addresses, inside n8n and with the
 * secrets that a bare client has to add itself
 */

/** @type {Record<string, Vendor>} */
export const VENDORS = {
	bitrix24: {
		label: 'Bitrix24',
		ids: { prefix: '66e412fd1', digits: 5, suffix: '.36338717' },
		seed: {},
		inFlight: 1,
		limit: { perSecond: 2, burst: 50 },
		node: 'bitrix24',
		parameters: {
			authentication: 'webhook',
			resource: 'workflow',
			operation: 'terminate',
			workflowId: ID,
			statusText: bitrix24.statusText,
			options: {},
		},
		batching: TWO_A_SECOND,
		http: ({ n8n }, { texts }) => ({
			method: 'POST',
			url: `${n8n}/bizproc.workflow.terminate`,
			body: `={ "ID": "{{ $json.id }}", "STATUS": "${texts ? '{{ $json.text }}' : bitrix24.statusText}" }`,
		}),
		kind: ({ url, body }) =>
			/workflow\.(terminate|kill)/.test(url) || /workflow\.(terminate|kill)/.test(body) ? 'write' : 'read',
		base: ({ baseUrl, credentials }) => ({
			n8n: `${baseUrl}/rest`,
			bare: credentials.bitrix24BizprocWebhookApi.webhookUrl.replace(/\/$/, ''),
			headers: {},
		}),
	},
	unifier: {
		label: 'Unifier',
		ids: { prefix: 'PL-', digits: 7, suffix: '' },
		seed: { bpName: unifier.bpName, projectNumber: unifier.projectNumber },
		inFlight: 1,
		node: 'unifier',
		parameters: {
			resource: 'bpRecord',
			operation: 'terminate',
			bpName: locator('name', unifier.bpName),
			projectNumber: locator('number', unifier.projectNumber),
			recordNumbers: ID,
			applyRules: true,
			options: {},
		},
		batching: UI_DEFAULT,
		http: ({ n8n }) => ({
			method: 'PUT',
			url: `${n8n}/ws/rest/service/v2/bp/record/terminate`,
			body: `={ "options": { "bpname": "${unifier.bpName}", "project_number": "${unifier.projectNumber}" }, "data": [{ "record_no": "{{ $json.id }}", "override_rule": "No" }] }`,
		}),
		kind: ({ method, url }) => (method === 'PUT' ? 'write' : /login|token/.test(url) ? 'login' : 'read'),
		base: ({ baseUrl, credentials }) => ({
			n8n: baseUrl,
			bare: baseUrl,
			headers: { authorization: `Bearer ${credentials.accessToken.accessToken}` },
		}),
	},
	enosBpm: {
		label: 'EnOS BPM',
		ids: { prefix: '', digits: 8, suffix: '-ab3d-11ec-8df5-120e04f331d8' },
		seed: {},
		inFlight: 20,
		node: 'enosBpm',
		parameters: {
			resource: 'processInstance',
			operation: 'terminate',
			processInstanceId: ID,
			deleteReason: enosBpm.deleteReason,
			options: {},
		},
		batching: UI_DEFAULT,
		http: ({ n8n }) => ({
			method: 'POST',
			url: `=${n8n}/enos-bpm-service/v2.0/work/process-instances?action=delete&processInstanceId={{ $json.id }}`,
			body: JSON.stringify(enosBpm),
		}),
		kind: ({ url }) =>
			url.includes('action=delete') ? 'write' : url.includes('process-instances') ? 'read' : 'login',
		base: ({ baseUrl, credentials }) => ({
			n8n: baseUrl,
			bare: baseUrl,
			headers: { authorization: `Bearer ${credentials.accessToken.accessToken}` },
		}),
	},
	eightByEight: {
		label: '8x8',
		ids: { prefix: '60dbe307fe55d99fc0', digits: 6, suffix: '' },
		// The IDs begin with the second in which the workflows started, 0x60dbe307; 10,000 of them fit into one minute.
		seed: { definitionId: eightByEight.definitionId, startedAt: '2021-06-30T03:20:39.000Z', intervalMs: 5 },
		inFlight: 20,
		node: 'eightByEight',
		parameters: {
			resource: 'workflow',
			operation: 'terminate',
			definitionId: locator('id', eightByEight.definitionId),
			workflowId: ID,
			options: {},
		},
		batching: UI_DEFAULT,
		http: ({ n8n }) => ({
			method: 'PATCH',
			url: `=${n8n}/definitions/${eightByEight.definitionId}/workflows/{{ $json.id }}`,
			body: '{ "status": "terminate" }',
		}),
		kind: ({ method }) => (method === 'PATCH' ? 'write' : 'read'),
		readsOne: ({ url }) => /\/workflows\/[^/?]+$/.test(url),
		base: ({ baseUrl, credentials: { eightByEightAutomationApi: api } }) => {
			const account = `${baseUrl}/api/v1/accounts/${api.accountId}`;
			return { n8n: account, bare: account, headers: { authorization: `Bearer ${api.apiKey}` } };
		},
	},
};
