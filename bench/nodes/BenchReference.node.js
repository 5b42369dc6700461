'use strict';

const { minimum, sendAll } = require('./minimum.cjs');

const ITEMS_PER_SLICE = 20;

const CREDENTIALS = {
	bitrix24: 'bitrix24BizprocWebhookApi',
	enosBpm: 'enosBpmApi',
	unifier: 'unifierApi',
	eightByEight: 'eightByEightAutomationApi',
};

/** The loop is blocked on purpose to check the probe: once in one stretch, then for the same time in parts. */
const HOLD_MS = 150;
const PARTS = 5;

const turn = () => new Promise((resolve) => setTimeout(resolve, 0));

/** What n8n itself costs: reads the ID of each item and does nothing else. */
async function readIds(context) {
	const ids = [];
	for (let index = 0; index < context.getInputData().length; index += 1) {
		ids.push(context.getNodeParameter('id', index));
		if (index % ITEMS_PER_SLICE === ITEMS_PER_SLICE - 1) await turn();
	}
	return ids;
}

const itemsOf = (ids) => [ids.map((id, item) => ({ json: { id }, pairedItem: { item } }))];

const OPERATIONS = {
	async read() {
		return itemsOf(await readIds(this));
	},

	/** The bare loop inside n8n, through n8n's own HTTP helper; the answers are not read. */
	async send() {
		const ids = await readIds(this);
		const vendor = this.getNodeParameter('vendor', 0);
		const baseUrl = this.getNodeParameter('baseUrl', 0);
		await sendAll(minimum(vendor, ids), async ({ method, path, body }) => {
			await this.helpers.httpRequestWithAuthentication.call(this, CREDENTIALS[vendor], {
				method,
				url: baseUrl + path,
				...(body !== undefined && { body, headers: { 'content-type': 'application/json' } }),
				json: false,
				returnFullResponse: true,
				disableFollowRedirect: true,
			});
		});
		return itemsOf(ids);
	},

	async hold() {
		busy(HOLD_MS);
		for (let number = 0; number < PARTS; number += 1) {
			await turn();
			busy(HOLD_MS / PARTS);
		}
		return itemsOf([]);
	},
};

function busy(ms) {
	const end = performance.now() + ms;
	while (performance.now() < end);
}

/** References for the benchmark: what n8n costs without this package's code. */
class BenchReference {
	description = {
		displayName: 'Bench Reference',
		name: 'benchReference',
		group: ['transform'],
		version: 1,
		description: 'What n8n costs by itself',
		defaults: { name: 'Bench Reference' },
		inputs: ['main'],
		outputs: ['main'],
		credentials: Object.entries(CREDENTIALS).map(([vendor, name]) => ({
			name,
			required: true,
			displayOptions: { show: { operation: ['send'], vendor: [vendor] } },
		})),
		requestDefaults: {},
		properties: [
			choice('Resource', 'resource', ['bench']),
			choice('Operation', 'operation', Object.keys(OPERATIONS)),
			choice('Vendor', 'vendor', Object.keys(CREDENTIALS)),
			{ displayName: 'Base URL', name: 'baseUrl', type: 'string', default: '' },
			{ displayName: 'ID', name: 'id', type: 'string', default: '' },
		],
	};

	customOperations = { bench: OPERATIONS };
}

function choice(displayName, name, values) {
	const options = values.map((value) => ({ name: value, value }));
	return { displayName, name, type: 'options', noDataExpression: true, options, default: values[0] };
}

module.exports = { BenchReference };
