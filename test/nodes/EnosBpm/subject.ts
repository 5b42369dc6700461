import type { CommandUnderTest } from '../../engine/commandSuite';
import { createEnosBpm } from '../../sandbox/vendors/enosBpm/index.ts';

/** What the suites for all commands need to know about this one. */
export const terminate: CommandUnderTest = {
	node: 'enosBpm',
	// With a token that outlives a reset of the emulator: logins have tests of their own.
	createEmulator: () => {
		const emulator = createEnosBpm();
		return {
			...emulator,
			credentials: (origin) => {
				const all = emulator.credentials(origin);
				return { ...all, enosBpmApi: all['accessToken'] ?? {} };
			},
		};
	},
	credentialType: 'enosBpmApi',
	parameters: { resource: 'processInstance', operation: 'terminate', deleteReason: 'Cleaned up' },
	identifier: { name: 'processInstanceId', displayName: 'Process Instance ID' },
	ended: { seed: { state: 'completed' }, outcome: 'alreadyEnded' },
	unknown: { id: '00000000-ab3d-11ec-8df5-120e04f331d8', outcome: 'notFound', code: '33404' },
	states: ['running', 'ended', 'absent'],
	endedState: 'terminated',
	words: { plural: 'process instances', participle: 'terminated' },
	command: { method: 'POST', path: 'action=delete' },
	targetsPerRequest: 1,
	grouped: { parameters: { deleteReason: '={{ $json.group }}' } },
	wishes: { deleteReason: '=Because of {{ $itemIndex }}' },
	texts: ['deleteReason'],
	powerless: ['wrongPassword', 'unknownAppKey', 'expiredAccessToken'],
	extra: {},
};
