'use strict';

const { idsOf } = require('./ids.cjs');

const RANGE = Symbol.for('n8n-nodes-terminate.bench.range');

/** The source node of the benchmark's workflows: one item for each ID of the range that the probe has set. */
class BenchItems {
	description = {
		displayName: 'Bench Items',
		name: 'benchItems',
		group: ['input'],
		version: 1,
		description: 'One item for each ID of the benchmark',
		defaults: { name: 'Bench Items' },
		inputs: ['main'],
		outputs: ['main'],
		properties: [],
	};

	async execute() {
		const ids = idsOf(globalThis[RANGE]);
		return [ids.map((id) => ({ json: { id }, pairedItem: { item: 0 } }))];
	}
}

module.exports = { BenchItems };
