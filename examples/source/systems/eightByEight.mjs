import {
	again,
	command,
	dryRun,
	get,
	list,
	listBy,
	locator,
	minuteAfter,
	minuteBefore,
	ofGet,
	ofSettings,
	onlyUnknown,
	terminate,
} from '../steps.mjs';

const definitionId = locator('id', ofSettings('definitionId'));
const workflowId = ofSettings('workflowId');
const UNKNOWN = '000000000000000000000000';
const UNKNOWN_DEFINITION = '00000000-0000-4000-8000-000000000000';
const target = { definitionId, workflowId };
const workflow = { ...target, includeErrors: false, includeLogs: false, simplify: true };
const inDefinition = { parameters: { definitionId } };
/** Narrows down what a state alone would not. */
const recently = { startTimeFrom: minuteBefore('startedAt') };
const notFound = { expected: 'it is not found', values: { outcome: ['notFound'] } };

/** @type {import('../steps.mjs').SystemCheck} */
export const eightByEight = {
	file: 'check-your-system-8x8',
	id: 'checkSystem8x8001',
	prefix: '20000004',
	system: '8x8',
	type: 'eightByEight',
	resource: 'workflow',
	credential: { eightByEightAutomationApi: { id: '8x8Account000001', name: '8x8 Automation account' } },
	ids: { definitionId: { required: true }, workflowId: { required: true, isTarget: true } },
	added: ['id'],
	first: [
		list(
			'Credential',
			{ definitionId, limit: 1 },
			{ expected: 'workflows can be listed', lists: 'any', shape: true },
		),
		get('Get', workflow, { expected: 'it is Runnable', values: { status: ['Runnable'] } }),
	],
	reading: [
		list(
			'Definitions',
			{ resource: 'definition', limit: 1 },
			{ expected: 'definitions can be listed', lists: 'any', shape: true },
		),
		get(
			'Get, all fields',
			{ ...workflow, includeErrors: true, includeLogs: true, simplify: false },
			{ expected: 'it is found', found: true, shape: true },
		),
		get(
			'Get, unknown ID',
			{ ...workflow, workflowId: UNKNOWN },
			{
				expected: 'it is not found, with HTTP status 404',
				values: { outcome: ['notFound'], httpStatus: [404] },
			},
		),
		list(
			'Unknown definition',
			{ definitionId: locator('id', UNKNOWN_DEFINITION), limit: 1 },
			{ expected: 'a refusal or an empty list, which is recorded', lists: 'any', records: true },
		),
		listBy('Version', { version: ofGet('version') }, { ...inDefinition, needs: 'version' }),
		listBy(
			'Status',
			{ status: ['runningOrSuspended'], ...recently },
			{ ...inDefinition, needs: 'startedAt' },
		),
		listBy('Start Time From', recently, { ...inDefinition, needs: 'startedAt' }),
		listBy(
			'Start Time To',
			{ startTimeTo: minuteAfter('startedAt') },
			{ ...inDefinition, needs: 'startedAt' },
		),
	],
	dryRun: dryRun(target, {
		expected: 'it is running and would be terminated',
		values: { outcome: ['dryRun'], currentState: ['running'] },
	}),
	ending: [
		command(
			'Suspend',
			'suspend',
			target,
			{},
			{ expected: 'it is suspended', values: { outcome: ['suspended'] } },
		),
		get('Get while suspended', workflow, {
			expected: 'it is Suspended at once',
			values: { status: ['Suspended'] },
		}),
		command('Resume', 'resume', target, {}, { expected: 'it is resumed', values: { outcome: ['resumed'] } }),
		get('Get after Resume', workflow, { expected: 'it is Runnable again', values: { status: ['Runnable'] } }),
		terminate(target),
		again('Terminate again', 'terminate', target, {
			expected: 'it had already ended',
			values: { outcome: ['alreadyEnded'], vendorState: ['Terminated'] },
		}),
		command(
			'Terminate, unknown ID',
			'terminate',
			{ ...target, workflowId: onlyUnknown(`'${UNKNOWN}'`) },
			{},
			notFound,
		),
		get(
			'Get afterwards',
			{ ...workflow, includeErrors: true, includeLogs: true, simplify: false },
			{ expected: 'it is Terminated', values: { status: ['Terminated'] }, shape: true },
		),
		listBy(
			'Status afterwards',
			{ status: ['Complete', 'Terminated'], ...recently },
			{ ...inDefinition, needs: 'startedAt' },
		),
	],
};
