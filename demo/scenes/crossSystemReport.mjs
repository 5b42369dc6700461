import { isDeepStrictEqual } from 'node:util';

import { readExample } from '../examples.mjs';
import { EXAMPLE_SEEDS, inDryRun, SYSTEMS } from '../scenario.mjs';

const example = readExample('cross-system-report.json');

/** The targets of the example; below them, one instance in each system that must not be ended. */
const TARGETS = [
	['enosBpm', '00000000-0000-0000-0000-000000000101', {}, 'terminated'],
	['enosBpm', '00000000-0000-0000-0000-000000000102', {}, 'terminated'],
	['enosBpm', '00000000-0000-0000-0000-000000000103', { state: 'terminated' }, 'alreadyEnded'],
	['enosBpm', '00000000-0000-0000-0000-000000000104', { terminable: false }, 'failed'],
	['unifier', 'EXAMPLE-0101', {}, 'terminated'],
	['unifier', 'EXAMPLE-0102', {}, 'terminated'],
	['unifier', 'EXAMPLE-0103', { state: 'initiation' }, 'failed'],
	['unifier', 'EXAMPLE-0104', null, 'notFound'],
	['bitrix24', '00000000000101.00000101', {}, 'terminated'],
	['bitrix24', '00000000000102.00000102', {}, 'terminated'],
	['bitrix24', '00000000000103.00000103', { state: 'completed' }, 'notRunning'],
	['eightByEight', '000000000000000000000101', {}, 'terminated'],
	['eightByEight', '000000000000000000000102', { state: 'Complete' }, 'alreadyEnded'],
	['eightByEight', '000000000000000000000103', null, 'notFound'],
].map(([system, id, seed, outcome]) => ({ system, id, seed, outcome }));
const BYSTANDERS = [
	['enosBpm', 'a1ed6b32-ab3d-11ec-8df5-120e04f331d8'],
	['unifier', 'PL-3999'],
	['bitrix24', '67e412fd100055.59980009'],
	['eightByEight', '61dbe8cafe55d99fc083dc10'],
].map(([system, id]) => ({ system, id, seed: {} }));

const seeds = [...TARGETS, ...BYSTANDERS]
	.filter(({ seed }) => seed !== null)
	.map(({ system, id, seed }) => ({ system, id, seed: { ...EXAMPLE_SEEDS[system], ...seed } }));

/** @type {import('./scene.mjs').Scene[]} */
export const crossSystemReport = [
	{
		example,
		how: 'as imported',
		settings: {},
		seeds,
		becomes: {},
		play: async ({ n8n }) =>
			await playWith(
				n8n,
				(target) => [target.system, inDryRun(target)],
				TARGETS.filter((target) => inDryRun(target) !== 'dryRun').map(({ id }) => id),
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
