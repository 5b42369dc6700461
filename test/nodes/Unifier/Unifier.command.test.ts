import { describeCommand } from '../../engine/commandSuite';
import { createUnifier } from '../../sandbox/vendors/unifier/index.ts';

describe('Unifier: Terminate', () => {
	describeCommand({
		node: 'unifier',
		// With a token that outlives a reset of the emulator: logins have tests of their own.
		createEmulator: () => {
			const emulator = createUnifier();
			return {
				...emulator,
				credentials: (origin) => ({ unifierApi: emulator.credentials(origin)['accessToken'] ?? {} }),
			};
		},
		credentialType: 'unifierApi',
		parameters: {
			resource: 'bpRecord',
			operation: 'terminate',
			bpName: { __rl: true, mode: 'name', value: 'Punchlist' },
			projectNumber: { __rl: true, mode: 'number', value: 'PRJ-004' },
		},
		identifier: { name: 'recordNumbers', displayName: 'Record Numbers' },
		ended: { seed: { state: 'terminated' }, outcome: 'alreadyEnded' },
		unknown: { id: 'PL-0800666', outcome: 'notFound', code: '12756' },
		endedState: 'terminated',
		words: { plural: 'BP records', participle: 'terminated' },
		command: { method: 'PUT', path: '/bp/record/terminate' },
		requestsForThree: 1,
		extra: { bpName: 'Punchlist', projectNumber: 'PRJ-004' },
	});
});
