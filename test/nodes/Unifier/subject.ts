import type { CommandUnderTest } from '../../engine/commandSuite';
import { createUnifier } from '../../sandbox/vendors/unifier/index.ts';

/** What the suites for all commands need to know about this one. */
export const terminate: CommandUnderTest = {
	node: 'unifier',
	// With a token that outlives a reset of the emulator: logins have tests of their own.
	createEmulator: () => {
		const emulator = createUnifier();
		let last = 0;
		const newNumber = (): string => `PL-${String((last += 1)).padStart(6, '0')}`;
		return {
			...emulator,
			// A number never comes again: a request that a test has given up may arrive during another one.
			seed: (count, options) =>
				emulator.seed(count, { ids: Array.from({ length: count }, newNumber), ...options }),
			credentials: (origin) => {
				const all = emulator.credentials(origin);
				return { ...all, unifierApi: all['accessToken'] ?? {} };
			},
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
	states: ['unknown', 'ended', 'absent'],
	endedState: 'terminated',
	words: { plural: 'BP records', participle: 'terminated' },
	command: { method: 'PUT', path: '/bp/record/terminate' },
	targetsPerRequest: 10_000,
	grouped: {
		parameters: { projectNumber: { __rl: true, mode: 'number', value: '={{ $json.group }}' } },
		seed: (group) => ({ projectNumber: group }),
	},
	wishes: { applyRules: '={{ $itemIndex === 1 }}' },
	texts: ['projectNumber', 'bpName'],
	powerless: ['wrongPassword'],
	extra: { bpName: 'Punchlist', projectNumber: 'PRJ-004' },
};
