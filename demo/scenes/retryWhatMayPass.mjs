import { isDeepStrictEqual } from 'node:util';

import { readExample } from '../examples.mjs';
import { counts } from '../table.mjs';
import { inEnd, inRows } from './compare.mjs';

const example = readExample('retry-what-may-pass.json');

const templateId = Number(example.settings.templateId);
/** How many workflows fit into one request. */
const A_REQUEST = 50;
const numbered = (number) => `6be412fd1${String(number).padStart(5, '0')}.36338717`;
/** They share the first request with the one that never ends. */
const FIRST = Array.from({ length: A_REQUEST - 1 }, (_, index) => numbered(index + 2));
const NEVER = numbered(1);
/** They are in the second request. */
const SECOND = [numbered(A_REQUEST + 1), numbered(A_REQUEST + 2)];
const OTHER = numbered(99);
const FIRST_START = Date.UTC(2024, 0, 1);

const seeds = [NEVER, ...FIRST, ...SECOND].map((id, index) => ({
	id,
	// The oldest is listed first.
	seed: { templateId, startedAt: new Date(FIRST_START + index * 60_000).toISOString() },
}));
seeds[0].seed.error = 'It cannot be cancelled.';

/** The portal has used up its time for this method: the second command and, if it says so, the later ones. */
const blocked = (times) => ({
	bitrix24: [
		{
			kind: 'status',
			status: 429,
			method: 'POST',
			path: 'batch',
			skip: 2,
			times,
			body: JSON.stringify({
				error: 'OPERATION_TIME_LIMIT',
				error_description: 'Method is blocked due to operation time limit.',
			}),
		},
	],
});

const all = (ids, value) => Object.fromEntries(ids.map((id) => [id, value]));

const shared = {
	example,
	seeds: [...seeds, { id: OTHER, seed: { templateId: 1 } }].map((one) => ({ system: 'bitrix24', ...one })),
};
/** As short as the node Wait allows, because nobody waits for the demo. */
const SWITCHED_ON = { terminate: true, minutes: 0.01, rounds: 3 };

/** @type {import('./scene.mjs').Scene[]} */
export const retryWhatMayPass = [
	{
		...shared,
		how: 'as imported',
		settings: {},
		becomes: {},
		play: async ({ n8n }) => {
			const { itemsOf, stoppedAt } = await n8n.runToTheEnd(example);
			const rows = itemsOf('Report');
			const wanted = all([NEVER, ...FIRST, ...SECOND], 'dryRun');
			return { summary: counts(rows), found: [...inRows('Report', wanted, rows), ...inEnd(rows, stoppedAt)] };
		},
	},
	{
		...shared,
		how: 'switched on, and the portal is blocked for one round',
		settings: SWITCHED_ON,
		faults: blocked(1),
		becomes: all([...FIRST, ...SECOND], 'terminated'),
		play: async (stage) =>
			await playRounds(stage, {
				outcomes: { [NEVER]: 'failed', ...all([...FIRST, ...SECOND], 'terminated') },
				rounds: { ...all([NEVER, ...FIRST], 1), ...all(SECOND, 2) },
			}),
	},
	{
		...shared,
		how: 'switched on, and the portal stays blocked',
		settings: SWITCHED_ON,
		faults: blocked(10),
		becomes: all(FIRST, 'terminated'),
		play: async (stage) =>
			await playRounds(stage, {
				outcomes: { [NEVER]: 'failed', ...all(FIRST, 'terminated'), ...all(SECOND, 'failed') },
				rounds: { ...all([NEVER, ...FIRST], 1), ...all(SECOND, SWITCHED_ON.rounds) },
			}),
	},
];

/** Compares the report, how often each workflow was tried, and what each later round has sent. */
async function playRounds({ n8n, control }, { outcomes, rounds }) {
	const { itemsOf, stoppedAt } = await n8n.runToTheEnd(example);
	const rows = itemsOf('Report');
	const tried = Object.fromEntries(rows.map((row) => [row.id, row.rounds]));
	const found = [...inRows('Report', outcomes, rows), ...inEnd(rows, stoppedAt)];
	if (!isDeepStrictEqual(tried, rounds)) {
		found.push(`Tried so often: ${JSON.stringify(tried)}, expected ${JSON.stringify(rounds)}`);
	}
	const commands = (await control.requests('bitrix24')).filter(({ body }) =>
		/workflow\.terminate/.test(body),
	);
	for (const { body } of commands.slice(2)) {
		const sent = [NEVER, ...FIRST, ...SECOND].filter((id) => body.includes(id));
		if (!isDeepStrictEqual(sent, SECOND)) found.push(`A later round has sent ${sent.join(', ')}`);
	}
	const summary = `${counts(rows)}, in ${Math.max(...Object.values(tried))} rounds`;
	return { summary, found };
}
