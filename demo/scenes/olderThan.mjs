import { readExample } from '../examples.mjs';
import { counts } from '../table.mjs';
import { inEnd, inRows } from './compare.mjs';

/** The default of the examples. */
const DAYS = 30;
const HOUR_MS = 3_600_000;
const now = Date.now();
/** An hour above the limit and an hour below it: a comparison of whole days could not distinguish them. */
const JUST_TOO_OLD = now - (DAYS * 24 + 1) * HOUR_MS;
const NOT_YET_TOO_OLD = now - (DAYS * 24 - 1) * HOUR_MS;
const daysAgo = (days) => now - days * 24 * HOUR_MS;
const iso = (millis) => new Date(millis).toISOString();

/** The definition of the example, and another definition in the sandbox. */
const DELAYED_REPLY = '5870442f-3ddd-4657-b74c-6e17308f5230';
const FEEDBACK = '7d0c1a52-93be-4f0e-8a37-2b1f5c64e9d8';

/**
 * The seeds of each example: some instances that are too old, and some that must be left alone. The third entry is the
 * outcome in the report when the example is switched on; an instance without one must not even be listed. The fourth is
 * that of the preview, where it is not `dryRun`.
 */
const EXAMPLES = [
	{
		file: 'older-than-enos-bpm.json',
		system: 'enosBpm',
		common: {},
		seeds: [
			['c0010000-ab3d-11ec-8df5-120e04f331d8', { createdTime: daysAgo(40) }, 'terminated'],
			['c0020000-ab3d-11ec-8df5-120e04f331d8', { createdTime: JUST_TOO_OLD }, 'terminated'],
			[
				'c0030000-ab3d-11ec-8df5-120e04f331d8',
				{ createdTime: daysAgo(60), terminable: false },
				'failed',
				'failed',
			],
			['c0040000-ab3d-11ec-8df5-120e04f331d8', { createdTime: NOT_YET_TOO_OLD }],
			['c0050000-ab3d-11ec-8df5-120e04f331d8', { createdTime: daysAgo(50), state: 'completed' }],
		],
	},
	{
		file: 'older-than-unifier.json',
		system: 'unifier',
		common: { bpName: 'Punchlist', projectNumber: 'PRJ-004' },
		seeds: [
			['PL-4001', { fields: updated(daysAgo(40)) }, 'terminated'],
			['PL-4002', { fields: updated(JUST_TOO_OLD) }, 'terminated'],
			['PL-4003', { fields: updated(daysAgo(60)), state: 'initiation', status: 'Active' }, 'failed'],
			['PL-4004', { fields: updated(NOT_YET_TOO_OLD) }],
			['PL-4005', { fields: updated(daysAgo(50)), state: 'terminal' }],
			['PL-4006', { fields: updated(daysAgo(50)), projectNumber: '2020#7' }],
		],
	},
	{
		file: 'older-than-bitrix24.json',
		system: 'bitrix24',
		common: {},
		seeds: [
			['68e412fd100001.36338717', { startedAt: iso(daysAgo(40)), tasks: 1 }, 'terminated'],
			['68e412fd100002.36338717', { startedAt: iso(JUST_TOO_OLD) }, 'terminated'],
			[
				'68e412fd100003.36338717',
				{ startedAt: iso(daysAgo(60)), error: 'It cannot be cancelled.' },
				'failed',
			],
			['68e412fd100004.36338717', { startedAt: iso(NOT_YET_TOO_OLD) }],
			['68e412fd100005.36338717', { startedAt: iso(daysAgo(50)), state: 'completed' }],
		],
	},
	{
		file: 'older-than-8x8.json',
		system: 'eightByEight',
		common: { definitionId: DELAYED_REPLY },
		seeds: [
			['62dbe307fe55d99fc083db01', { startedAt: iso(daysAgo(40)) }, 'terminated'],
			// An earlier version of the definition.
			['62dbe307fe55d99fc083db02', { startedAt: iso(JUST_TOO_OLD), version: 1 }, 'terminated'],
			['62dbe307fe55d99fc083db04', { startedAt: iso(NOT_YET_TOO_OLD) }],
			['62dbe307fe55d99fc083db05', { startedAt: iso(daysAgo(50)), state: 'Suspended' }],
			['62dbe307fe55d99fc083db06', { startedAt: iso(daysAgo(50)), state: 'Complete' }],
			['62dbe307fe55d99fc083db07', { startedAt: iso(daysAgo(50)), definitionId: FEEDBACK }],
		],
	},
];

/** Unifier's dates have the format of the integration user, which is also in the example's settings. */
function updated(millis) {
	const date = iso(millis).slice(0, 16).replaceAll('-', '/').replace('T', ' ');
	return { uuu_record_last_update_date: date };
}

/** Each example twice: with its defaults, where it only previews, and switched on. */
const inTwoWays = EXAMPLES.flatMap(({ file, system, common, seeds }) => {
	const example = readExample(file);
	const meant = seeds.filter(([, , outcome]) => outcome !== undefined);
	const shared = {
		example,
		seeds: seeds.map(([id, seed]) => ({ system, id, seed: { ...common, ...seed } })),
	};
	const preview = Object.fromEntries(meant.map(([id, , , shown = 'dryRun']) => [id, shown]));
	const ended = meant.filter(([, , outcome]) => outcome === 'terminated');
	return [
		{
			...shared,
			how: 'as imported',
			settings: {},
			becomes: {},
			play: async ({ n8n }) => {
				const itemsOf = await n8n.run(example);
				const shown = itemsOf('Preview');
				const found = [...inRows('Preview', preview, shown), ...inRows('Report', {}, itemsOf('Report'))];
				return { summary: `${shown.length} in the preview`, found };
			},
		},
		{
			...shared,
			how: 'switched on',
			settings: { terminate: true },
			becomes: Object.fromEntries(ended.map(([id]) => [id, 'terminated'])),
			play: async ({ n8n }) => {
				const { itemsOf, stoppedAt } = await n8n.runToTheEnd(example);
				const rows = itemsOf('Report');
				const wanted = Object.fromEntries(meant.map(([id, , outcome]) => [id, outcome]));
				const found = [...inRows('Report', wanted, rows), ...inEnd(rows, stoppedAt)];
				return { summary: counts(rows), found };
			},
		},
	];
});

/** One example with more processes than its settings allow. */
const [first] = inTwoWays;
const tooMany = {
	...first,
	how: 'switched on, with more of them than allowed',
	settings: { terminate: true, maxTargets: 1 },
	play: async ({ n8n }) => {
		const { itemsOf, stoppedAt } = await n8n.runToTheEnd(first.example);
		const rows = itemsOf('Report');
		const wanted = Object.fromEntries(first.seeds.slice(0, 3).map(({ id }) => [id, 'notSent']));
		return { summary: counts(rows), found: [...inRows('Report', wanted, rows), ...inEnd(rows, stoppedAt)] };
	},
};

/** @type {import('./scene.mjs').Scene[]} */
export const olderThan = [...inTwoWays, tooMany];
