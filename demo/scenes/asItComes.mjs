import { callCancelledProject } from '../firstPart.mjs';
import { BYSTANDERS, EXAMPLE_SEEDS, FAULTS, inDryRun, NIGHTLY, TARGETS, WEBHOOK } from '../scenario.mjs';
import { counts } from '../table.mjs';
import { inEnd, inRows } from './compare.mjs';

const targetsOf = (name) => TARGETS.filter(({ example }) => example === name);
const seedsOf = (name) =>
	[...targetsOf(name), ...BYSTANDERS]
		.filter(({ seed }) => seed !== null)
		.map(({ system, id, seed }) => ({ system, id, seed: { ...EXAMPLE_SEEDS[system], ...seed } }));

const dryRun = (name) => Object.fromEntries(targetsOf(name).map((target) => [target.id, inDryRun(target)]));

/** The examples of the first part with their default settings. @type {import('./scene.mjs').Scene[]} */
export const asItComes = [
	{
		example: NIGHTLY,
		how: 'as imported',
		settings: {},
		seeds: seedsOf('nightly'),
		faults: FAULTS,
		becomes: {},
		play: async ({ n8n }) => {
			const { itemsOf, stoppedAt } = await n8n.runToTheEnd(NIGHTLY);
			const rows = itemsOf('Report');
			const found = [...inRows('Report', dryRun('nightly'), rows), ...inEnd(rows, stoppedAt)];
			return { summary: counts(rows), found };
		},
	},
	{
		example: WEBHOOK,
		how: 'as imported',
		settings: {},
		seeds: seedsOf('webhook'),
		becomes: {},
		play: async ({ n8n }) => {
			const { answer } = await callCancelledProject(n8n, {});
			const found = inRows('Answer', dryRun('webhook'), answer.outcomes);
			if (answer.dryRun !== true) found.push(`The answer has dryRun ${answer.dryRun}, expected true`);
			return { summary: counts(answer.outcomes), found };
		},
	},
];
