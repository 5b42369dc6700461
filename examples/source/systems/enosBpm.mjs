import {
	again,
	command,
	dryRun,
	get,
	list,
	listBy,
	minuteAfter,
	minuteBefore,
	ofGet,
	ofSettings,
	onlyUnknown,
	REASON,
	terminate,
} from '../steps.mjs';

const processInstanceId = ofSettings('processInstanceId');
const UNKNOWN = '00000000-0000-0000-0000-000000000000';
const target = { processInstanceId, deleteReason: REASON };
/** Narrows down what a state alone would not. */
const recently = { startedAfter: minuteBefore('createdTime') };
const notFound = {
	expected: 'it is not found, with code 33404',
	values: { outcome: ['notFound'], code: [33404] },
};

/** @type {import('../steps.mjs').SystemCheck} */
export const enosBpm = {
	file: 'check-your-system-enos-bpm',
	id: 'checkSystemEnos01',
	prefix: '20000001',
	system: 'EnOS BPM',
	type: 'enosBpm',
	resource: 'processInstance',
	credential: { enosBpmApi: { id: 'enosBpmAccount01', name: 'EnOS BPM account' } },
	ids: { processInstanceId: { required: true, isTarget: true } },
	added: ['processInstanceId', 'state'],
	first: [
		list(
			'Credential',
			{ limit: 1 },
			{ expected: 'process instances in progress can be listed', lists: 'any', shape: true },
		),
		get(
			'Get',
			{ processInstanceId, simplify: true },
			{
				expected: 'it is in progress, and the account may terminate it',
				values: { state: ['inProgress'], terminable: [true] },
			},
		),
	],
	reading: [
		get(
			'Get, all fields',
			{ processInstanceId, simplify: false },
			{ expected: 'it is found', found: true, shape: true },
		),
		get('Get, unknown ID', { processInstanceId: UNKNOWN, simplify: true }, notFound),
		listBy('Process Status', { processStatus: 'inProgress', ...recently }, { needs: 'createdTime' }),
		listBy('Process Name', { processName: ofGet('name') }, { needs: 'name' }),
		listBy(
			'Name Contains',
			{ nameContains: "={{ $('Get').first().json.name.slice(0, 5) }}" },
			{ needs: 'name' },
		),
		listBy(
			'Process Definition',
			{ processDefinition: ofGet('processDefinitionName') },
			{ needs: 'processDefinitionName' },
		),
		listBy('Started By', { startBy: ofGet('startedBy') }, { needs: 'startedBy' }),
		listBy('Started After', recently, { needs: 'createdTime' }),
		listBy('Started Before', { startedBefore: minuteAfter('createdTime') }, { needs: 'createdTime' }),
		listBy('Can Be Terminated', { terminable: true, ...recently }, { needs: 'createdTime' }),
	],
	dryRun: dryRun(target, {
		expected: 'it is running and would be terminated',
		values: { outcome: ['dryRun'], currentState: ['running'] },
	}),
	ending: [
		terminate(target),
		again('Terminate again', 'terminate', target, {
			expected: 'it had already ended; the code is recorded',
			values: { outcome: ['alreadyEnded'] },
		}),
		command(
			'Terminate, unknown ID',
			'terminate',
			{ ...target, processInstanceId: onlyUnknown(`'${UNKNOWN}'`) },
			{},
			notFound,
		),
		get(
			'Get afterwards',
			{ processInstanceId, simplify: false },
			{
				expected: 'it is terminated, with the reason that was sent',
				values: { state: ['terminated'], terminateReason: [REASON] },
				shape: true,
			},
		),
		listBy(
			'Process Status afterwards',
			{ processStatus: 'terminated', ...recently },
			{ needs: 'createdTime' },
		),
	],
};
