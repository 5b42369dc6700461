import type { FindingUnderTest } from '../../engine/findingSuite';
import { createUnifier } from '../../sandbox/vendors/unifier/index.ts';
import { place } from './harness';

/** What the suite for all look-ups needs to know about Unifier. */
export const finding: FindingUnderTest = {
	node: 'unifier',
	resource: 'bpRecord',
	// With a token that outlives a reset of the emulator: logins have tests of their own.
	createEmulator: () => {
		const emulator = createUnifier();
		return {
			...emulator,
			credentials: (origin) => {
				const { accessToken = {}, ...others } = emulator.credentials(origin);
				return { ...others, unifierApi: accessToken };
			},
		};
	},
	credentialType: 'unifierApi',
	parameters: place('Punchlist'),
	plural: 'BP records',
	terminate: {
		...place('={{ $json.bpName }}', '={{ $json.projectNumber }}'),
		recordNumbers: '={{ $json.recordNumber }}',
	},
	endedState: 'terminated',
	listPath: '/bp/records',
	commands: '/record/terminate',
	pages: { size: 10_000, requestsFor10000: 1 },
	filter: {
		filters: { status: 'Pending' },
		displayName: 'Status',
		matching: { status: 'Pending' },
		others: { status: 'Pending approval' },
		dropped: { dropFilters: ['status'] },
	},
	vagueFilters: { recordNumber: '%' },
	tellsTotal: true,
	textFilter: { name: 'recordNumber', displayName: 'Record Number' },
	missingRight: {
		key: 'withoutGet',
		message:
			/the integration user may not read records \("Forbidden"\)\nGive the integration user Get access for Business Process Services\.$/,
	},
	output: { id: 'recordNumber', simplified: 'status', raw: 'record_no' },
	get: { identifier: 'recordNumber', unknownId: 'PL-0800666' },
};
