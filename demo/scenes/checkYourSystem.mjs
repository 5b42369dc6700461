import { isDeepStrictEqual } from 'node:util';

import { readExample } from '../examples.mjs';
import { SEED_DEFAULTS } from '../scenario.mjs';

const now = Date.now();
const HOUR_MS = 3_600_000;
const anHourAgo = new Date(now - HOUR_MS).toISOString();

/**
 * Each example with the process that somebody has started for it, one beside it that must go on, and a system that differs from
 * its documentation: by `switches` or `faults` of the sandbox, and the steps that have to be named for it.
 */
const EXAMPLES = [
	{
		file: 'check-your-system-enos-bpm.json',
		system: 'enosBpm',
		ids: ['d0010000-ab3d-11ec-8df5-120e04f331d8', 'd0020000-ab3d-11ec-8df5-120e04f331d8'],
		seed: { createdTime: now - HOUR_MS },
		settings: (processInstanceId) => ({ processInstanceId }),
		differing: {
			how: 'by an EnOS that loses the reason',
			switches: { keptReason: 'nothing' },
			differs: ['Get afterwards'],
		},
	},
	{
		file: 'check-your-system-unifier.json',
		system: 'unifier',
		ids: ['PL-5001', 'PL-5002'],
		seed: {},
		settings: (recordNumber) => ({
			recordNumber,
			bpName: SEED_DEFAULTS.unifier.bpName,
			projectNumber: SEED_DEFAULTS.unifier.projectNumber,
		}),
		differing: {
			how: 'by a Unifier that hides ended records',
			switches: { endedRecords: 'hidden' },
			differs: ['Filter: Record Number afterwards'],
		},
	},
	{
		file: 'check-your-system-bitrix24.json',
		system: 'bitrix24',
		ids: ['6ae412fd100001.36338717', '6ae412fd100002.36338717'],
		seed: { startedAt: anHourAgo },
		settings: (workflowId) => ({ workflowId }),
		differing: {
			how: 'by a Bitrix24 with a code for what has ended',
			faults: [
				{
					kind: 'status',
					status: 400,
					path: 'bizproc.workflow.terminate',
					skip: 1,
					body: JSON.stringify({
						error: 'ERROR_WORKFLOW_ENDED',
						error_description: 'Workflow is not running',
					}),
				},
			],
			differs: ['Terminate again'],
		},
	},
	{
		file: 'check-your-system-8x8.json',
		system: 'eightByEight',
		ids: ['64dbe307fe55d99fc083db01', '64dbe307fe55d99fc083db02'],
		seed: { startedAt: anHourAgo },
		settings: (workflowId) => ({ workflowId, definitionId: SEED_DEFAULTS.eightByEight.definitionId }),
		differing: {
			how: 'by an 8x8 that accepts Suspend and does nothing',
			faults: [{ kind: 'status', status: 200, method: 'PATCH', body: '' }],
			differs: ['Get while suspended'],
		},
	},
];

/** @type {import('./scene.mjs').Scene[]} */
export const checkYourSystem = EXAMPLES.flatMap(({ file, system, ids, seed, settings, differing }) => {
	const example = readExample(file);
	const [throwaway] = ids;
	const shared = {
		example,
		seeds: ids.map((id) => ({ system, id, seed: { ...SEED_DEFAULTS[system], ...seed } })),
	};
	const hidden = Object.values(settings(throwaway));
	const on = { ...settings(throwaway), terminate: true };
	return [
		{
			...shared,
			how: 'as imported',
			settings: {},
			becomes: {},
			play: playing(example, { says: 'nothing was sent', silent: system }),
		},
		{
			...shared,
			how: 'filled in',
			settings: settings(throwaway),
			becomes: {},
			play: playing(example, { says: 'all as expected', hidden }),
		},
		{
			...shared,
			how: 'switched on',
			settings: on,
			becomes: { [throwaway]: 'terminated' },
			play: playing(example, { says: 'all as expected.', hidden }),
		},
		{
			...shared,
			how: `switched on, ${differing.how}`,
			switches: { [system]: differing.switches ?? {} },
			faults: { [system]: differing.faults ?? [] },
			settings: on,
			becomes: { [throwaway]: 'terminated' },
			play: playing(example, { says: 'differ: ', differs: differing.differs, hidden }),
		},
	];
});

/**
 * Runs it.
 *
 * @param {import('../examples.mjs').Example} example
 * @param {{ says: string, differs?: string[], silent?: string, hidden?: string[] }} expected `silent`: the system that must not
 * get a request; `hidden`: what must not be in the report
 */
function playing(example, { says, differs = [], silent, hidden = [] }) {
	return async ({ n8n, control }) => {
		if (silent) await control.forgetRequests(silent);
		const reports = await n8n.execute(example, 'Report');
		const [{ result, report, differs: named }] = reports;
		const found = [];
		if (reports.length !== 1) found.push(`There are ${reports.length} reports, expected one`);
		if (!result.includes(says) || !report.startsWith(result)) found.push(`The report says: ${result}`);
		if (!isDeepStrictEqual(named, differs)) {
			found.push(`It names ${named.join('; ') || 'nothing'}, expected ${differs.join('; ') || 'nothing'}`);
		}
		for (const text of hidden) if (report.includes(text)) found.push(`The report has ${text} in it`);
		const sent = silent ? (await control.requests(silent)).length : 0;
		if (sent > 0) found.push(`${sent} requests were sent, expected none`);
		return { summary: result.replace(/\.$/, ''), found };
	};
}
