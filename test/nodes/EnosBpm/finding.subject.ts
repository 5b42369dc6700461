import type { FindingUnderTest } from '../../engine/findingSuite';
import { createEnosBpm } from '../../sandbox/vendors/enosBpm/index.ts';

/** What the suite for all look-ups needs to know about EnOS BPM. */
export const finding: FindingUnderTest = {
	node: 'enosBpm',
	resource: 'processInstance',
	createEmulator: createEnosBpm,
	credentialType: 'enosBpmApi',
	parameters: {},
	plural: 'process instances',
	terminate: { processInstanceId: '={{ $json.processInstanceId }}', deleteReason: 'Cleaned up' },
	endedState: 'terminated',
	listPath: '/process-instances/queryList',
	commands: 'action=delete',
	pages: { size: 1000, requestsFor10000: 12 },
	emptyPage: '{"code":0,"msg":"","data":{"processInstances":[],"pagination":{"total":1005}}}',
	filter: {
		filters: { processName: 'Turbine maintenance' },
		displayName: 'Process Name',
		matching: { name: 'Turbine maintenance' },
		others: { name: 'Turbine maintenance, second try' },
		dropped: { dropFilters: ['processName'] },
	},
	startedAt: (time) => ({ createdTime: time.getTime() }),
	vagueFilters: { processStatus: 'inProgress', terminable: true },
	tellsTotal: true,
	textFilter: { name: 'startBy', displayName: 'Started By' },
	beforeFilter: { name: 'startedBefore', seed: () => ({ createdTime: Date.now() }) },
	vanishing: { finishPerPage: 7 },
	missingRight: { switches: { read: 33403 }, message: /this account may not read/ },
	output: { id: 'processInstanceId', simplified: 'name', raw: 'processDefinitionKey' },
	get: { identifier: 'processInstanceId', unknownId: '00000000-ab3d-11ec-8df5-120e04f331d8' },
	switches: { nameMatch: 'exact' },
};
