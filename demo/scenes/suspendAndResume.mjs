import { readExample } from '../examples.mjs';
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

const { definitionId } = example.settings;
const seeds = [
	...SUSPENDED.map((id) => [id, { definitionId }]),
	[REFUSED, { definitionId }],
	[BEATEN, { definitionId }],
	// Suspended by somebody else, so it must not be resumed.
	['63dbe307fe55d99fc083db04', { definitionId, state: 'Suspended' }],
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

/** @type {import('./scene.mjs').Scene[]} */
export const suspendAndResume = [
	{
		example,
		how: 'suspended, and resumed by a call',
		settings: {},
		seeds: seeds.map(([id, seed]) => ({ system: 'eightByEight', id, seed })),
		faults: { eightByEight: FAULTS },
		becomes: all(SUSPENDED, 'running'),
		play: async ({ n8n, control, before }) => {
			const execution = await n8n.launch(example);
			const itemsSoFar = await n8n.waiting(execution, example);
			const meanwhile = await takeSnapshot(control);
			const [instructions] = itemsSoFar('How to resume');
			const notSuspended = itemsSoFar('Not suspended');
			const unsigned = await fetch(instructions.resumeUrl.split('?')[0], { method: 'POST' });
			const signed = await fetch(instructions.resumeUrl, { method: 'POST' });
			const itemsOf = await n8n.finished(execution, example);
			const rows = itemsOf('Report');
			return {
				summary: `${instructions.workflowIds.length} suspended, then ${counts(rows)}`,
				found: [
					...inRows('Not suspended, before the wait', { [REFUSED]: 'failed' }, notSuspended),
					...inSystems(before, meanwhile, all(SUSPENDED, 'suspended')).map(
						(line) => `While waiting: ${line}`,
					),
					...(unsigned.status === UNAUTHORIZED
						? []
						: [`A call without the signature was answered ${unsigned.status}, expected ${UNAUTHORIZED}`]),
					...(signed.ok ? [] : [`The call of resumeUrl was answered ${signed.status}`]),
					...inRows('Report', { [REFUSED]: 'failed', ...all(SUSPENDED, 'resumed') }, rows),
				],
			};
		},
	},
];
