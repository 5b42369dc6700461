'use strict';

const { targetsOf } = require('./targets.cjs');

const RANGE = Symbol.for('n8n-nodes-terminate.bench.range');

/** The source node of the benchmark's workflows: one item for each target of the range that the probe has set. */
class BenchItems {
	description = {
		displayName: 'Bench Items',
		name: 'benchItems',
		group: ['input'],
		version: 1,
		description: 'One item for each target of the benchmark',
		defaults: { name: 'Bench Items' },
		inputs: ['main'],
		outputs: ['main'],
		properties: [],
	};

	async execute() {
		return [targetsOf(globalThis[RANGE]).map((json) => ({ json, pairedItem: { item: 0 } }))];
	}
}

module.exports = { BenchItems };
