import type { CommandUnderTest } from '../../engine/commandSuite';
import { createBitrix24 } from '../../sandbox/vendors/bitrix24/index.ts';

/** What the suites for all commands need to know about Terminate. */
export const terminate: CommandUnderTest = {
	node: 'bitrix24',
	createEmulator: createBitrix24,
	credentialType: 'bitrix24BizprocWebhookApi',
	parameters: { authentication: 'webhook', resource: 'workflow', operation: 'terminate' },
	identifier: { name: 'workflowId', displayName: 'Workflow ID' },
	ended: { seed: { state: 'completed' }, outcome: 'notRunning' },
	unknown: { id: '65e5a449e8f135.21284909', outcome: 'notRunning' },
	states: ['running', 'absent', 'absent'],
	endedState: 'terminated',
	words: { plural: 'workflows', participle: 'terminated' },
	command: { method: 'POST', path: '/rest/', body: 'bizproc.workflow.terminate' },
	targetsPerRequest: 50,
	// A batch would change such a text, so each workflow takes a request of its own.
	grouped: { parameters: { statusText: '={{ `$result[${$json.group}]` }}' } },
	wishes: { statusText: '=Because of {{ $itemIndex }}' },
	texts: ['statusText'],
	powerless: [
		'webhookNotAdmin',
		'webhookNoScope',
		'webhookRevoked',
		'webhookWrongCode',
		'webhookInactiveUser',
	],
	// What the suite is about is not the pace, and the portal's limit counts in real time.
	switches: { rateLimit: 'off' },
	extra: {},
};

/** Kill is like it in all but the method and the confirmation that it wants. */
export const kill: CommandUnderTest = {
	...terminate,
	parameters: { ...terminate.parameters, operation: 'kill', confirmDeletion: true },
	endedState: 'killed',
	words: { plural: 'workflows', participle: 'killed' },
	command: { method: 'POST', path: '/rest/', body: 'bizproc.workflow.kill' },
	// All of its workflows share a batch.
	grouped: { parameters: {} },
	wishes: {},
	texts: [],
};
