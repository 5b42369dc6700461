import { readExample } from '../examples.mjs';
import { EXAMPLE_SEEDS } from '../scenario.mjs';
import { takeSnapshot } from '../stage.mjs';
import { counts } from '../table.mjs';
import { inRows, inSystems } from './compare.mjs';

const example = readExample('suspend-now-resume-on-webhook-8x8.json');

/** A definition that is not the one of the example. */
const FEEDBACK = '7d0c1a52-93be-4f0e-8a37-2b1f5c64e9d8';

const SUSPENDED = ['63dbe307fe55d99fc083db01', '63dbe307fe55d99fc083db02'];
const REFUSED = '63dbe307fe55d99fc083db03';
/** Appears to have been suspended by somebody else since it was listed. */
const BEATEN = '63dbe307fe55d99fc083db07';

/** An hour more than the example allows. */
const LONG_AGO = new Date(Date.now() - (Number(example.settings.hours) + 1) * 3_600_000).toISOString();

const { definitionId } = EXAMPLE_SEEDS.eightByEight;
const here = EXAMPLE_SEEDS.eightByEight;
const seeds = [
	...SUSPENDED.map((id) => [id, here]),
	[REFUSED, here],
	[BEATEN, here],
	// Suspended by somebody else, so it must not be resumed.
	['63dbe307fe55d99fc083db04', { ...here, state: 'Suspended' }],
	// Started before the time that is meant.
	['63dbe307fe55d99fc083db08', { ...here, startedAt: LONG_AGO }],
	['63dbe307fe55d99fc083db05', { definitionId: FEEDBACK }],
	['63dbe307fe55d99fc083db06', { definitionId: FEEDBACK, state: 'Suspended' }],
];

const FAULTS = [
	{ kind: 'status', status: 400, method: 'PATCH', path: REFUSED, times: 10, body: '{}' },
	{
		kind: 'status',
		status: 200,
		method: 'GET',
		path: BEATEN,
		times: 10,
		body: JSON.stringify({ workflowId: BEATEN, definitionId, status: 'Suspended' }),
	},
];

const all = (ids, value) => Object.fromEntries(ids.map((id) => [id, value]));

/** n8n's answer to a call without a signature. */
const UNAUTHORIZED = 401;

const shared = {
	example,
	seeds: seeds.map(([id, seed]) => ({ system: 'eightByEight', id, seed })),
};

/** @type {import('./scene.mjs').Scene[]} */
export const suspendAndResume = [
	{
		...shared,
		how: 'as imported',
		settings: {},
		becomes: {},
		play: async ({ n8n }) => {
			const rows = await n8n.execute(example, 'Report');
			const wanted = all([...SUSPENDED, REFUSED, BEATEN], 'dryRun');
			return { summary: counts(rows), found: inRows('Report', wanted, rows) };
		},
	},
	{
		...shared,
		how: 'switched on, and resumed by a call',
		settings: { suspend: true },
		faults: { eightByEight: FAULTS },
		becomes: all(SUSPENDED, 'running'),
		play: async ({ n8n, control, before }) => {
			const execution = await n8n.launch(example);
			const itemsSoFar = await n8n.waiting(execution, example);
			const meanwhile = await takeSnapshot(control);
			const [instructions] = itemsSoFar('How to resume');
			const unsigned = await fetch(instructions.resumeUrl.split('?')[0], { method: 'POST' });
			const signed = await fetch(instructions.resumeUrl, { method: 'POST' });
			const itemsOf = await n8n.finished(execution, example);
			const rows = itemsOf('Report');
			return {
				summary: `${instructions.workflowIds.length} suspended, then ${counts(rows)}`,
				found: [
					...inSystems(before, meanwhile, all(SUSPENDED, 'suspended')).map(
						(line) => `While waiting: ${line}`,
					),
					...(unsigned.status === UNAUTHORIZED
						? []
						: [`A call without the signature was answered ${unsigned.status}, expected ${UNAUTHORIZED}`]),
					...(signed.ok ? [] : [`The call of resumeUrl was answered ${signed.status}`]),
					...inRows(
						'Report',
						{ [REFUSED]: 'failed', [BEATEN]: 'suspended', ...all(SUSPENDED, 'resumed') },
						rows,
					),
				],
			};
		},
	},
];
