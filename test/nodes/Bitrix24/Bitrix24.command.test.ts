import { describeCommand } from '../../engine/commandSuite';
import { createBitrix24 } from '../../sandbox/vendors/bitrix24/index.ts';

describe('Bitrix24: Terminate', () => {
	describeCommand({
		node: 'bitrix24',
		createEmulator: createBitrix24,
		credentialType: 'bitrix24BizprocWebhookApi',
		parameters: { authentication: 'webhook', resource: 'workflow', operation: 'terminate' },
		identifier: { name: 'workflowId', displayName: 'Workflow ID' },
		ended: { seed: { state: 'completed' }, outcome: 'notRunning' },
		unknown: { id: '65e5a449e8f135.21284909', outcome: 'notRunning' },
		endedState: 'terminated',
		words: { plural: 'workflows', participle: 'terminated' },
		command: { method: 'POST', path: '/rest/' },
		requestsForThree: 1,
		extra: {},
	});
});
