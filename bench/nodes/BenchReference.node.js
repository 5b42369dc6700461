'use strict';

const { CREDENTIALS, minimum, sendAll } = require('./minimum.cjs');

const ITEMS_PER_SLICE = 20;

/** The parameters that can have a value for each item. */
const READ = ['id', 'text'];

/** The loop is blocked on purpose to check the probe: once in one stretch, then for the same time in parts. */
const HOLD_MS = 150;
const PARTS = 5;

const turn = () => new Promise((resolve) => setTimeout(resolve, 0));

const itemsOf = (list) => [list.map((json, item) => ({ json, pairedItem: { item } }))];

const OPERATIONS = {
	/** What it costs to have n8n evaluate the expressions of each item; does nothing else. */
	async read() {
		const names = READ.filter((name) => this.getNode().parameters[name]);
		const found = [];
		for (let index = 0; index < this.getInputData().length; index += 1) {
			found.push(Object.fromEntries(names.map((name) => [name, this.getNodeParameter(name, index)])));
			if (index % ITEMS_PER_SLICE === ITEMS_PER_SLICE - 1) await turn();
		}
		return itemsOf(found);
	},

	/** The bare loop inside n8n: n8n's own HTTP helper and nothing else. The answers are not read. */
	async send() {
		const targets = this.getInputData().map(({ json }) => json);
		const vendor = this.getNodeParameter('vendor', 0);
		const baseUrl = this.getNodeParameter('baseUrl', 0);
		await sendAll(minimum(vendor, targets), async ({ method, path, body }) => {
			await this.helpers.httpRequestWithAuthentication.call(this, CREDENTIALS[vendor], {
				method,
				url: baseUrl + path,
				...(body !== undefined && { body, headers: { 'content-type': 'application/json' } }),
				json: false,
				returnFullResponse: true,
				disableFollowRedirect: true,
			});
		});
		return itemsOf(targets);
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
			...READ.map((name) => ({ displayName: name, name, type: 'string', default: '' })),
		],
	};

	customOperations = { bench: OPERATIONS };
}

function choice(displayName, name, values) {
	const options = values.map((value) => ({ name: value, value }));
	return { displayName, name, type: 'options', noDataExpression: true, options, default: values[0] };
}

module.exports = { BenchReference };
