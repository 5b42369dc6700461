import { describeCommand } from '../../engine/commandSuite';
import { createEightByEight } from '../../sandbox/vendors/eightByEight/index.ts';

const DEFINITION = '5870442f-3ddd-4657-b74c-6e17308f5230';

describe('8x8: Terminate', () => {
	describeCommand({
		node: 'eightByEight',
		createEmulator: createEightByEight,
		credentialType: 'eightByEightAutomationApi',
		parameters: {
			resource: 'workflow',
			operation: 'terminate',
			definitionId: { __rl: true, mode: 'id', value: DEFINITION },
		},
		identifier: { name: 'workflowId', displayName: 'Workflow ID' },
		seed: { definitionId: DEFINITION },
		// 8x8 accepts to terminate a workflow that has ended, and answers as if it had just done so.
		ended: { seed: { state: 'Complete' }, outcome: 'terminated' },
		unknown: { id: '60dbe307fe55d99fc083dead', outcome: 'notFound', code: '1300' },
		endedState: 'terminated',
		words: { plural: 'workflows', participle: 'terminated' },
		command: { method: 'PATCH', path: '/workflows/' },
		requestsForThree: 3,
		extra: { definitionId: DEFINITION },
	});
});
