import type { CommandUnderTest } from '../../engine/commandSuite';
import { createEightByEight } from '../../sandbox/vendors/eightByEight/index.ts';

const DEFINITION = '5870442f-3ddd-4657-b74c-6e17308f5230';

/** What the suites for all commands need to know about these. */
export const terminate: CommandUnderTest = {
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
	ended: { seed: { state: 'Complete' }, outcome: 'alreadyEnded' },
	unknown: { id: '60dbe307fe55d99fc083dead', outcome: 'notFound', code: '1300' },
	states: ['running', 'ended', 'absent'],
	endedState: 'terminated',
	words: { plural: 'workflows', participle: 'terminated' },
	command: { method: 'PATCH', path: '/workflows/' },
	targetsPerRequest: 1,
	grouped: { parameters: {} },
	wishes: {},
	texts: ['definitionId'],
	powerless: ['wrongKey', 'foreignAccount', 'notEnabledAccount'],
	extra: { definitionId: DEFINITION },
};

export const suspend: CommandUnderTest = {
	...terminate,
	parameters: { ...terminate.parameters, operation: 'suspend' },
	again: { outcome: 'suspended', alreadyInState: true },
	endedState: 'suspended',
	words: { plural: 'workflows', participle: 'suspended' },
};

export const resume: CommandUnderTest = {
	...terminate,
	parameters: { ...terminate.parameters, operation: 'resume' },
	seed: { ...terminate.seed, state: 'Suspended' },
	again: { outcome: 'resumed', alreadyInState: true },
	endedState: 'running',
	words: { plural: 'workflows', participle: 'resumed' },
};
