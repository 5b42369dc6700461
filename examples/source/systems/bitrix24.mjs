import {
	again,
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
	REASON,
	terminate,
} from '../steps.mjs';

const workflowId = ofSettings('workflowId');
const UNKNOWN = '00000000000000.00000000';
const target = { workflowId, statusText: REASON };
/** Narrows down what a state alone would not. */
const recently = { startedAfter: minuteBefore('started') };
/** Bitrix24's code for it is an empty text. */
const notRunning = { outcome: ['notRunning'], code: ['', null] };

/** @type {import('../steps.mjs').SystemCheck} */
export const bitrix24 = {
	file: 'check-your-system-bitrix24',
	id: 'checkSystemBitr01',
	prefix: '20000003',
	system: 'Bitrix24',
	type: 'bitrix24',
	resource: 'workflow',
	credential: { bitrix24BizprocWebhookApi: { id: 'bitrix24Account1', name: 'Bitrix24 webhook account' } },
	common: { authentication: 'webhook' },
	ids: { workflowId: { required: true, isTarget: true } },
	added: ['id', 'workflowId', 'TEMPLATE_NAME'],
	first: [
		list(
			'Credential',
			{ limit: 1 },
			{ expected: 'running workflows can be listed', lists: 'any', shape: true },
		),
		get('Get', { workflowId, simplify: true }, { expected: 'it is found, so it is running', found: true }),
	],
	reading: [
		get(
			'Get, all fields',
			{ workflowId, simplify: false },
			{ expected: 'it is found', found: true, shape: true },
		),
		get(
			'Get, unknown ID',
			{ workflowId: UNKNOWN, simplify: true },
			{ expected: 'no running workflow has this ID', values: { outcome: ['notFound'] } },
		),
		listBy('Document ID', { documentId: ofGet('documentId') }, { needs: 'documentId' }),
		listBy('Entity', { entity: ofGet('entity') }, { needs: 'entity' }),
		listBy('Module ID', { moduleId: locator('id', ofGet('moduleId')) }, { needs: 'moduleId' }),
		listBy('Template', { templateId: locator('id', ofGet('templateId')) }, { needs: 'templateId' }),
		listBy('Started By', { startedBy: "={{ $('Get').first().json.startedBy ?? '0' }}" }),
		listBy('Started After', recently, { needs: 'started' }),
		listBy('Started Before', { startedBefore: minuteAfter('started') }, { needs: 'started' }),
		listBy('Modified After', { modifiedAfter: minuteBefore('modified') }, { needs: 'modified' }),
		listBy('Modified Before', { modifiedBefore: minuteAfter('modified') }, { needs: 'modified' }),
		listBy('Stuck', { stuck: ofGet('stuck'), ...recently }, { needs: 'stuck' }),
	],
	dryRun: dryRun(target, {
		expected: 'it is running and would be terminated',
		values: { outcome: ['dryRun'], currentState: ['running'] },
	}),
	ending: [
		terminate(target),
		again('Terminate again', 'terminate', target, {
			expected: 'it is not running, with an empty code',
			values: notRunning,
		}),
		again(
			'Terminate, unknown ID',
			'terminate',
			{ ...target, workflowId: onlyUnknown(`'${UNKNOWN}'`) },
			{ expected: 'it is not running, with an empty code', values: notRunning },
		),
		get(
			'Get afterwards',
			{ workflowId, simplify: true },
			{ expected: 'no running workflow has its ID', values: { outcome: ['notFound'] } },
		),
		again(
			'Kill afterwards',
			'kill',
			{ workflowId, confirmDeletion: true },
			{ expected: 'it is not running, so there is nothing to kill', values: notRunning },
		),
	],
};
