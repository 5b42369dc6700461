import { readExample } from '../examples.mjs';
import { counts } from '../table.mjs';
import { inRows } from './compare.mjs';

const example = readExample('dismissed-employee-bitrix24.json');

/** The employee in the example's settings, and two others who have not left. */
const DISMISSED = Number(example.settings.employeeId);
const BOSS = 1;
const TRAINEE = 5;
/** More tasks than Bitrix24 lists on one page. */
const MORE_THAN_A_PAGE = 60;

const MEANT = [
	['69e412fd100001.36338717', { startedBy: DISMISSED }],
	// Found in both ways, but ended only once.
	['69e412fd100002.36338717', { startedBy: DISMISSED, tasks: 1, taskUserId: DISMISSED }],
	['69e412fd100003.36338717', { startedBy: BOSS, tasks: MORE_THAN_A_PAGE, taskUserId: DISMISSED }],
	// Its task is on the second page.
	['69e412fd100004.36338717', { startedBy: BOSS, tasks: 1, taskUserId: DISMISSED }],
];
const OTHERS = [
	// The employee has already completed the task.
	['69e412fd100005.36338717', { startedBy: BOSS, tasks: 1, taskUserId: DISMISSED, taskStatus: 1 }],
	['69e412fd100006.36338717', { startedBy: TRAINEE, tasks: 1, taskUserId: TRAINEE }],
	['69e412fd100007.36338717', { startedBy: DISMISSED, state: 'completed' }],
];

const outcomes = (outcome) => Object.fromEntries(MEANT.map(([id]) => [id, outcome]));

const shared = {
	example,
	seeds: [...MEANT, ...OTHERS].map(([id, seed]) => ({ system: 'bitrix24', id, seed })),
};

/** The address of the portal, which depends on the port of the sandbox. */
const local = async (control) => ({ portalUrl: new URL((await control.vendors()).bitrix24.baseUrl).origin });

/** @type {import('./scene.mjs').Scene[]} */
export const dismissedEmployee = [
	{
		...shared,
		how: 'as imported',
		local,
		settings: {},
		becomes: {},
		play: async ({ n8n }) => {
			const itemsOf = await n8n.run(example);
			const shown = itemsOf('Preview');
			const found = [
				...inRows('Preview', outcomes('dryRun'), shown),
				...inRows('Report', {}, itemsOf('Report')),
			];
			return { summary: `${shown.length} in the preview`, found };
		},
	},
	{
		...shared,
		how: 'switched on, by a portal that overlooks the filters of tasks',
		switches: { bitrix24: { dropFilters: ['USER_ID', 'STATUS'] } },
		local,
		settings: { terminate: true },
		becomes: outcomes('terminated'),
		play: async ({ n8n }) => {
			const rows = await n8n.execute(example, 'Report');
			return { summary: counts(rows), found: inRows('Report', outcomes('terminated'), rows) };
		},
	},
];
