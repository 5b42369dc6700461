import { describeCommand } from '../../engine/commandSuite';
import { createEnosBpm } from '../../sandbox/vendors/enosBpm/index.ts';

describe('EnOS BPM: Terminate', () => {
	describeCommand({
		node: 'enosBpm',
		// With a token that outlives a reset of the emulator: logins have tests of their own.
		createEmulator: () => {
			const emulator = createEnosBpm();
			return {
				...emulator,
				credentials: (origin) => ({ enosBpmApi: emulator.credentials(origin)['accessToken'] ?? {} }),
			};
		},
		credentialType: 'enosBpmApi',
		parameters: { resource: 'processInstance', operation: 'terminate', deleteReason: 'Cleaned up' },
		identifier: { name: 'processInstanceId', displayName: 'Process Instance ID' },
		ended: { seed: { state: 'completed' }, outcome: 'alreadyEnded' },
		unknown: { id: '00000000-ab3d-11ec-8df5-120e04f331d8', outcome: 'notFound', code: '33404' },
		endedState: 'terminated',
		words: { plural: 'process instances', participle: 'terminated' },
		command: { method: 'POST', path: 'action=delete' },
		requestsForThree: 3,
		extra: {},
	});
});
