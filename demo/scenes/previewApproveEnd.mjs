import { readExample } from '../examples.mjs';
import { SYSTEMS } from '../scenario.mjs';
import { takeSnapshot } from '../stage.mjs';
import { counts } from '../table.mjs';
import { inEnd, inRows, inSystems } from './compare.mjs';

const example = readExample('preview-approve-end.json');

const templateId = Number(example.settings.templateId);
const APPROVER = 'Ada Example';
const MEANT = ['6ce412fd100001.36338717', '6ce412fd100002.36338717', '6ce412fd100003.36338717'];
/** One of them, which somebody else ends while the approval is awaited. */
const [ENDED_MEANWHILE, ...STILL_RUNNING] = MEANT;
const STARTED_MEANWHILE = '6ce412fd100004.36338717';
const OTHERS = [
	['6ce412fd100005.36338717', { templateId: 1 }],
	['6ce412fd100006.36338717', { templateId, state: 'completed' }],
];

const all = (ids, value) => Object.fromEntries(ids.map((id) => [id, value]));

const shared = {
	example,
	settings: {},
	seeds: [...MEANT.map((id) => [id, { templateId }]), ...OTHERS].map(([id, seed]) => ({
		system: 'bitrix24',
		id,
		seed,
	})),
};

/** @type {import('./scene.mjs').Scene[]} */
export const previewApproveEnd = [
	{
		...shared,
		how: 'on a portal without the invented template',
		seeds: [{ system: 'bitrix24', id: OTHERS[0][0], seed: OTHERS[0][1] }],
		becomes: {},
		play: async ({ n8n }) => {
			const itemsOf = await n8n.run(example);
			return {
				summary: 'nothing to approve',
				found: inRows('Preview', {}, itemsOf('Preview')),
			};
		},
	},
	{
		...shared,
		how: 'approved',
		becomes: all(MEANT, 'terminated'),
		play: async (stage) => await decide(stage, { decision: 'End them', outcomes: all(MEANT, 'terminated') }),
	},
	{
		...shared,
		how: 'approved after one has ended and one has started',
		becomes: { ...all(MEANT, 'terminated'), [STARTED_MEANWHILE]: 'running' },
		play: async (stage) =>
			await decide(stage, {
				decision: 'End them',
				meanwhile: async () => {
					await endByHand(stage.control, ENDED_MEANWHILE);
					await stage.control.seed('bitrix24', 1, { ids: [STARTED_MEANWHILE], templateId });
				},
				outcomes: { [ENDED_MEANWHILE]: 'notRunning', ...all(STILL_RUNNING, 'terminated') },
			}),
	},
	{
		...shared,
		how: 'not approved',
		becomes: {},
		play: async (stage) => await decide(stage, { decision: 'Leave them', outcomes: {} }),
	},
];

/** Runs the example up to the wait, lets something happen meanwhile, fills in the form, and compares what comes. */
async function decide({ n8n, control, before }, { decision, meanwhile, outcomes }) {
	const execution = await n8n.launch(example);
	const itemsSoFar = await n8n.waiting(execution, example);
	const found = [
		...inRows('Preview', all(MEANT, 'dryRun'), itemsSoFar('Preview')),
		...inSystems(before, await takeSnapshot(control), {}).map((line) => `Before the approval: ${line}`),
	];
	const [{ subject, approveUrl }] = itemsSoFar('Message');
	if (!subject.includes(`End ${MEANT.length} `)) found.push(`The subject of the message is: ${subject}`);
	await meanwhile?.();

	const unsigned = await fetch(approveUrl.split('?')[0]);
	if (unsigned.ok) found.push(`The form without the signature was answered with HTTP ${unsigned.status}`);
	const { page, status } = await n8n.fillInForm(approveUrl, [APPROVER, decision]);
	if (status !== 200) found.push(`The form was answered with HTTP ${status}`);
	for (const id of MEANT) if (!page.includes(id)) found.push(`The form does not show ${id}`);
	const { itemsOf, stoppedAt } = await n8n.result(execution);
	const rows = itemsOf('Report');
	const ended = rows.filter(({ outcome }) => outcome === 'terminated').map(({ id }) => id);
	found.push(
		...inRows('Report', outcomes, rows),
		...inEnd(rows, stoppedAt),
		...inStatusTexts(await control.instances('bitrix24'), ended),
	);
	const [left] = itemsOf('Nothing was ended');
	return { summary: rows.length > 0 ? counts(rows) : (left?.message ?? 'nothing was said'), found };
}

/** Bitrix24 keeps who approved it. */
function inStatusTexts(instances, ids) {
	return ids
		.filter((id) => !instances[id].title.includes(APPROVER))
		.map(
			(id) => `${SYSTEMS.bitrix24.label} ${id}: its status is "${instances[id].title}", without ${APPROVER}`,
		);
}

/** Ends a workflow as somebody else would, without n8n. */
async function endByHand(control, id) {
	const { credentials } = (await control.vendors()).bitrix24;
	const { webhookUrl } = credentials[SYSTEMS.bitrix24.credential.type];
	await fetch(`${webhookUrl.replace(/\/+$/, '')}/bizproc.workflow.terminate`, {
		method: 'POST',
		headers: { 'content-type': 'application/json' },
		body: JSON.stringify({ ID: id, STATUS: 'Ended by hand' }),
	});
}
