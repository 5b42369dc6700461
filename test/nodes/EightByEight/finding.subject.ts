import type { FindingUnderTest } from '../../engine/findingSuite';
import { createEightByEight } from '../../sandbox/vendors/eightByEight/index.ts';

const DEFINITION = '5870442f-3ddd-4657-b74c-6e17308f5230';

/** What the suite for all look-ups needs to know about 8x8. */
export const finding: FindingUnderTest = {
	node: 'eightByEight',
	resource: 'workflow',
	createEmulator: createEightByEight,
	credentialType: 'eightByEightAutomationApi',
	parameters: { definitionId: { __rl: true, mode: 'list', value: DEFINITION } },
	plural: 'workflows',
	seed: { definitionId: DEFINITION },
	terminate: {
		definitionId: { __rl: true, mode: 'id', value: '={{ $json.definitionId }}' },
		workflowId: '={{ $json.workflowId }}',
	},
	endedState: 'terminated',
	listPath: '/workflows?',
	commands: '{"status":',
	// The seeded ones start 10 ms apart, so two of each further page are known; besides, the suspended ones of this version, and
	// both of the older one, are a page each.
	pages: { size: 500, requestsFor10000: 24 },
	filter: {
		filters: { status: 'Suspended' },
		displayName: 'Status',
		matching: { state: 'Suspended' },
		others: { state: 'Runnable' },
		dropped: { dropFilters: ['status'] },
	},
	startedAt: (time) => ({ startedAt: time.toISOString() }),
	vagueFilters: { status: 'Runnable' },
	tellsTotal: false,
	textFilter: { name: 'version', displayName: 'Version' },
	beforeFilter: { name: 'startTimeTo', seed: () => ({ startedAt: new Date().toISOString() }) },
	missingRight: { key: 'foreignAccount', message: /the API key has no access to this account/ },
	output: { id: 'workflowId', simplified: 'status', raw: 'data' },
	get: { identifier: 'workflowId', unknownId: '60dbe307fe55d99fc083dead' },
};
