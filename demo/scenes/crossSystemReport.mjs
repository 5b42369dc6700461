import { isDeepStrictEqual } from 'node:util';

import { readExample } from '../examples.mjs';
import { SEED_DEFAULTS, SYSTEMS } from '../scenario.mjs';

const example = readExample('cross-system-report.json');

/** The targets of the example; below them, one instance in each system that must not be ended. */
const TARGETS = [
	['enosBpm', 'a1c6b8f2-ab3d-11ec-8df5-120e04f331d8', {}, 'terminated'],
	['enosBpm', 'a1d07c14-ab3d-11ec-8df5-120e04f331d8', {}, 'terminated'],
	['enosBpm', 'a1d9e5be-ab3d-11ec-8df5-120e04f331d8', { state: 'terminated' }, 'alreadyEnded'],
	['enosBpm', 'a1e3f9d0-ab3d-11ec-8df5-120e04f331d8', { terminable: false }, 'failed'],
	['unifier', 'PL-3001', {}, 'terminated'],
	['unifier', 'PL-3002', {}, 'terminated'],
	['unifier', 'PL-3003', { state: 'initiation' }, 'failed'],
	['unifier', 'PL-3004', null, 'notFound'],
	['bitrix24', '67e412fd100017.36338717', {}, 'terminated'],
	['bitrix24', '67e412fd100024.72677434', {}, 'terminated'],
	['bitrix24', '67e412fd100031.10984421', { state: 'completed' }, 'notRunning'],
	['eightByEight', '61dbe307fe55d99fc083db61', {}, 'terminated'],
	['eightByEight', '61dbe412fe55d99fc083db7a', { state: 'Complete' }, 'alreadyEnded'],
	['eightByEight', '61dbe5a0fe55d99fc083db92', null, 'notFound'],
].map(([system, id, seed, outcome]) => ({ system, id, seed, outcome }));
const BYSTANDERS = [
	['enosBpm', 'a1ed6b32-ab3d-11ec-8df5-120e04f331d8'],
	['unifier', 'PL-3999'],
	['bitrix24', '67e412fd100055.59980009'],
	['eightByEight', '61dbe8cafe55d99fc083dc10'],
].map(([system, id]) => ({ system, id, seed: {} }));

const seeds = [...TARGETS, ...BYSTANDERS]
	.filter(({ seed }) => seed !== null)
	.map(({ system, id, seed }) => ({ system, id, seed: { ...SEED_DEFAULTS[system], ...seed } }));

/** @type {import('./scene.mjs').Scene[]} */
export const crossSystemReport = [
	{
		example,
		how: 'as it comes',
		settings: {},
		seeds,
		becomes: {},
		play: async ({ n8n }) =>
			await playWith(
				n8n,
				({ system, outcome }) => [system, outcome === 'notFound' ? 'notFound' : 'dryRun'],
				TARGETS.filter(({ outcome }) => outcome === 'notFound').map(({ id }) => id),
			),
	},
	{
		example,
		how: 'switched on',
		settings: { terminate: true },
		seeds,
		becomes: Object.fromEntries(
			TARGETS.filter(({ outcome }) => outcome === 'terminated').map(({ id }) => [id, 'terminated']),
		),
		play: async ({ n8n }) =>
			await playWith(
				n8n,
				({ system, outcome }) => [system, outcome],
				TARGETS.filter(({ outcome }) => ['failed', 'notFound'].includes(outcome)).map(({ id }) => id),
			),
	},
];

async function playWith(n8n, countedAs, forAPerson) {
	const reports = await n8n.execute(example, 'Report');
	const [{ sentence, counts, needsAPerson }] = reports;
	const found = [];
	if (reports.length !== 1) found.push(`There are ${reports.length} reports, expected one`);
	const counted = Object.fromEntries(counts.map((row) => [`${row.system}: ${row.outcome}`, row.count]));
	const wanted = {};
	for (const target of TARGETS) {
		const [system, outcome] = countedAs(target);
		const key = `${SYSTEMS[system].label}: ${outcome}`;
		wanted[key] = (wanted[key] ?? 0) + 1;
	}
	if (!isDeepStrictEqual(counted, wanted)) {
		found.push(`Counted ${JSON.stringify(counted)}, expected ${JSON.stringify(wanted)}`);
	}
	const ids = needsAPerson.map(({ id }) => id).sort();
	if (!isDeepStrictEqual(ids, [...forAPerson].sort())) {
		found.push(`For a person: ${ids.join(', ')}, expected ${forAPerson.join(', ')}`);
	}
	return { summary: sentence.replace(/\.$/, ''), found };
}
