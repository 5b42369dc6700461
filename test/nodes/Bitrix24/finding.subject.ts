import type { FindingUnderTest } from '../../engine/findingSuite';
import { createBitrix24 } from '../../sandbox/vendors/bitrix24/index.ts';

/** What the suite for all look-ups needs to know about Bitrix24. */
export const finding: FindingUnderTest = {
	node: 'bitrix24',
	resource: 'workflow',
	createEmulator: createBitrix24,
	credentialType: 'bitrix24BizprocWebhookApi',
	parameters: { authentication: 'webhook' },
	plural: 'workflows',
	terminate: { workflowId: '={{ $json.workflowId }}' },
	endedState: 'terminated',
	// The first page is a call of its own, the others come in batches.
	listPath: '/rest/',
	commands: 'bizproc.workflow.terminate',
	// And one for the names of the templates.
	pages: { size: 50, requestsFor10000: 7 },
	filter: {
		filters: { documentId: 'DEAL_1633' },
		displayName: 'Document ID',
		matching: { documentId: 'DEAL_1633' },
		others: { documentId: 'DEAL_16' },
		dropped: { dropFilters: ['DOCUMENT_ID'] },
	},
	startedAt: (time) => ({ startedAt: time.toISOString() }),
	vagueFilters: { stuck: false },
	tellsTotal: true,
	textFilter: { name: 'moduleId', displayName: 'Module ID' },
	beforeFilter: { name: 'startedBefore', seed: () => ({ startedAt: new Date().toISOString() }) },
	vanishing: { finishPerPage: 7 },
	missingRight: {
		key: 'webhookNotAdmin',
		message:
			/only a Bitrix24 administrator may list workflows \(code ACCESS_DENIED: "Access denied!"\)\nAsk an administrator to create the webhook/,
	},
	output: { id: 'workflowId', simplified: 'templateName', raw: 'OWNED_UNTIL' },
	get: { identifier: 'workflowId', unknownId: '65e5a449e8f135.21284909' },
	// What the suite is about is not the pace, and the portal's limit counts in real time.
	switches: { rateLimit: 'off' },
};
