/**
 * What the demo puts into the four systems, and the expected results. The IDs of the nightly targets are also in
 * examples/nightly-cleanup.json; the demo posts those of the webhook targets.
 */

import { readExample } from './examples.mjs';

/** The name of each system in the reports, and the credential that the examples refer to. */
export const SYSTEMS = {
	enosBpm: {
		label: 'EnOS BPM',
		credential: { id: 'enosBpmAccount01', name: 'EnOS BPM account', type: 'enosBpmApi' },
	},
	unifier: {
		label: 'Unifier',
		credential: { id: 'unifierAccount01', name: 'Unifier account', type: 'unifierApi' },
	},
	bitrix24: {
		label: 'Bitrix24',
		credential: {
			id: 'bitrix24Account1',
			name: 'Bitrix24 webhook account',
			type: 'bitrix24BizprocWebhookApi',
		},
	},
	eightByEight: {
		label: '8x8',
		credential: {
			id: '8x8Account000001',
			name: '8x8 Automation account',
			type: 'eightByEightAutomationApi',
		},
	},
};

/** The secret of the webhook example. */
export const WEBHOOK_KEY = { id: 'webhookKey000001', name: 'Webhook key', type: 'httpHeaderAuth' };
export const WEBHOOK_HEADER = { name: 'X-Webhook-Key', value: 'demo-webhook-key' };

export const NIGHTLY = readExample('nightly-cleanup.json');
export const WEBHOOK = { ...readExample('cancelled-project-webhook.json'), path: 'cancelled-project' };

const EXAMPLE_DEFINITION = '00000000-0000-0000-0000-000000000000';

/** Seed options that the invented targets of the examples need, where a system needs any. */
export const EXAMPLE_SEEDS = {
	unifier: { bpName: 'Example BP', projectNumber: 'EXAMPLE-PROJECT' },
	eightByEight: {
		definitionId: EXAMPLE_DEFINITION,
		definition: { id: EXAMPLE_DEFINITION, name: 'Example' },
	},
};

/** What a dry run says of a target: it fails where reading shows that the real run would. */
export function inDryRun({ seed, outcome }) {
	if (outcome === 'notFound') return outcome;
	return seed?.terminable === false ? 'failed' : 'dryRun';
}

const exampleId = (number) => `00000000-0000-0000-0000-${String(number).padStart(12, '0')}`;

/**
 * @typedef {object} Target
 * @property {keyof typeof SYSTEMS} system
 * @property {'nightly' | 'webhook'} example the workflow that acts on it
 * @property {string} id
 * @property {object | null} seed the sandbox's seed options besides the ID; null if the system does not know the target
 * @property {string} outcome the outcome that the node has to report
 * @property {boolean} [ends] whether it is running before and has to be terminated afterwards
 */

/** @type {Target[]} */
export const TARGETS = [
	{
		system: 'enosBpm',
		example: 'nightly',
		id: exampleId(1),
		seed: {},
		outcome: 'terminated',
		ends: true,
	},
	// For this one EnOS answers `code` 0 with `data: false` (see FAULTS): accepted, but not carried out.
	{
		system: 'enosBpm',
		example: 'nightly',
		id: exampleId(2),
		seed: {},
		outcome: 'failed',
	},
	{
		system: 'enosBpm',
		example: 'nightly',
		id: exampleId(3),
		seed: { state: 'terminated' },
		outcome: 'alreadyEnded',
	},

	// One list, one request, and one answer with code 12755: some records ended, others did not.
	...[
		['EXAMPLE-0001', { state: 'active' }, 'terminated'],
		['EXAMPLE-0002', { state: 'terminated' }, 'alreadyEnded'],
		['EXAMPLE-0003', { state: 'terminal' }, 'alreadyEnded'],
		['EXAMPLE-0004', { state: 'initiation' }, 'failed'],
		['EXAMPLE-0005', null, 'notFound'],
	].map(([id, seed, outcome]) => ({
		system: 'unifier',
		example: 'nightly',
		id,
		seed,
		outcome,
		ends: outcome === 'terminated',
	})),

	{
		system: 'bitrix24',
		example: 'nightly',
		id: '00000000000001.00000001',
		seed: { tasks: 1 },
		outcome: 'terminated',
		ends: true,
	},
	// Bitrix24 answers with an empty `error` for a workflow that has finished.
	{
		system: 'bitrix24',
		example: 'nightly',
		id: '00000000000002.00000002',
		seed: { state: 'completed' },
		outcome: 'notRunning',
	},

	// 8x8 answers with an empty body even for an ended workflow, so the node reads the state first.
	{
		system: 'eightByEight',
		example: 'nightly',
		id: '000000000000000000000001',
		seed: { state: 'Runnable' },
		outcome: 'terminated',
		ends: true,
	},
	{
		system: 'eightByEight',
		example: 'nightly',
		id: '000000000000000000000002',
		seed: { state: 'Terminated' },
		outcome: 'alreadyEnded',
	},

	{
		system: 'enosBpm',
		example: 'webhook',
		id: '7c52d0e6-ab3d-11ec-8df5-120e04f331d8',
		seed: {},
		outcome: 'terminated',
		ends: true,
	},
	{
		system: 'enosBpm',
		example: 'webhook',
		id: '83f94b18-ab3d-11ec-8df5-120e04f331d8',
		seed: { terminable: false },
		outcome: 'failed',
	},
	...['PL-0901', 'PL-0902'].map((id) => ({
		system: 'unifier',
		example: 'webhook',
		id,
		seed: { state: 'active' },
		outcome: 'terminated',
		ends: true,
	})),
	...['66e412fd100031.10984421', '66e412fd100048.84618292'].map((id) => ({
		system: 'bitrix24',
		example: 'webhook',
		id,
		seed: {},
		outcome: 'terminated',
		ends: true,
	})),
	{
		system: 'eightByEight',
		example: 'webhook',
		id: '60dbe5a0fe55d99fc083db92',
		seed: { state: 'Suspended' },
		outcome: 'terminated',
		ends: true,
	},
	{
		system: 'eightByEight',
		example: 'webhook',
		id: '60dbe777fe55d99fc083dbff',
		seed: null,
		outcome: 'notFound',
	},
];

/** Running instances that must not be ended. */
export const BYSTANDERS = [
	{ system: 'enosBpm', id: '9e0d7a34-ab3d-11ec-8df5-120e04f331d8', seed: {} },
	{ system: 'unifier', id: 'PL-0999', seed: { state: 'active' } },
	{ system: 'bitrix24', id: '66e412fd100055.59980009', seed: {} },
	{ system: 'eightByEight', id: '60dbe8cafe55d99fc083dc10', seed: { state: 'Runnable' } },
];

/** Seed options that other instances of a system need, where it needs any. */
export const SEED_DEFAULTS = {
	unifier: { bpName: 'Punchlist', projectNumber: 'PRJ-004' },
	eightByEight: { definitionId: '5870442f-3ddd-4657-b74c-6e17308f5230' },
};

/** Faults of the sandbox that are part of the scenario. */
export const FAULTS = {
	enosBpm: [
		{
			kind: 'status',
			status: 200,
			method: 'POST',
			path: exampleId(2),
			body: JSON.stringify({ code: 0, msg: '', data: false }),
			times: 10,
		},
	],
};
