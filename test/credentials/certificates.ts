import type { IDataObject } from 'n8n-workflow';

import { runNode } from '../engine/engine';
import type { NodeResult, Path } from '../engine/engine';
import { testCredential } from '../engine/credentialTest';
import { pick } from '../engine/picking';
import { credentialsOf, moveBehindTls, useVendor } from '../engine/sandboxes';
import { createBitrix24 } from '../sandbox/vendors/bitrix24/index.ts';
import { createEightByEight } from '../sandbox/vendors/eightByEight/index.ts';
import { createEnosBpm } from '../sandbox/vendors/enosBpm/index.ts';
import { createUnifier } from '../sandbox/vendors/unifier/index.ts';

const PATHS: readonly Path[] = ['wholeInput', 'routing'];

const REASON = /certificate/;
const HINT = /'Ignore SSL Issues \(Insecure\)'/;

/** The field as n8n names it in its own credentials. */
const IGNORED = { allowUnauthorizedCerts: true };

const BITRIX24 = { resource: 'workflow', operation: 'terminate' };
const UNIFIER = {
	resource: 'bpRecord',
	operation: 'terminate',
	bpName: { __rl: true, mode: 'name', value: 'Punchlist' },
	projectNumber: { __rl: true, mode: 'number', value: 'PRJ-004' },
};

/** Each credential type, and each of its ways to log in. */
export const CASES = [
	{
		title: '8x8',
		type: 'eightByEightAutomationApi',
		node: 'eightByEight',
		createEmulator: createEightByEight,
		parameters: {
			resource: 'workflow',
			operation: 'terminate',
			definitionId: { __rl: true, mode: 'id', value: '5870442f-3ddd-4657-b74c-6e17308f5230' },
		},
		ids: 'workflowId',
		pickList: 'searchDefinitions',
	},
	{
		title: 'Bitrix24 by webhook',
		type: 'bitrix24BizprocWebhookApi',
		node: 'bitrix24',
		createEmulator: createBitrix24,
		parameters: { ...BITRIX24, authentication: 'webhook' },
		ids: 'workflowId',
		pickList: 'searchTemplates',
	},
	{
		title: 'Bitrix24 by OAuth2, whose token has to be renewed',
		type: 'bitrix24BizprocOAuth2Api',
		key: 'oAuth2Expired',
		ignored: { ignoreSSLIssues: true },
		renewed: true,
		node: 'bitrix24',
		createEmulator: createBitrix24,
		parameters: { ...BITRIX24, authentication: 'oAuth2' },
		ids: 'workflowId',
		pickList: 'searchTemplates',
	},
	{
		title: 'EnOS BPM with a login',
		type: 'enosBpmApi',
		logsIn: true,
		node: 'enosBpm',
		createEmulator: createEnosBpm,
		parameters: { resource: 'processInstance', operation: 'terminate', deleteReason: 'Cleaned up' },
		ids: 'processInstanceId',
	},
	{
		title: 'Unifier with a login',
		type: 'unifierApi',
		logsIn: true,
		node: 'unifier',
		createEmulator: createUnifier,
		parameters: UNIFIER,
		ids: 'recordNumbers',
		pickList: 'searchProjects',
	},
	{
		title: 'Unifier with a pasted token',
		type: 'unifierApi',
		key: 'accessToken',
		node: 'unifier',
		createEmulator: createUnifier,
		parameters: UNIFIER,
		ids: 'recordNumbers',
		pickList: 'searchBusinessProcesses',
	},
];

describe.each(CASES)('A self-signed certificate: $title', (given) => {
	const { type, key = type, ignored = IGNORED, renewed, logsIn, node, parameters, ids, pickList } = given;
	const vendor = useVendor(given.createEmulator);
	beforeEach(async () => await moveBehindTls(vendor));

	const data = (change: object = {}): IDataObject => ({ ...credentialsOf(vendor, key), ...change });
	const terminate = async (path: Path, credential: object, more: object = {}): Promise<NodeResult> =>
		await runNode({
			node,
			path,
			parameters: { ...parameters, [ids]: vendor.emulator.seed(1, {}), ...more },
			credentials: { [type]: data(credential) },
		});
	const open = async (credential: object, more: object = {}) =>
		await pick({
			node,
			method: pickList ?? '',
			parameters: { ...parameters, ...more },
			credentials: { [type]: data(credential) },
		});

	it.each(PATHS)('keeps all requests from leaving, and says what helps (%s)', async (path) => {
		const { error } = await terminate(path, {});
		expect(error?.message).toMatch(REASON);
		expect(error?.description).toMatch(HINT);
		expect(vendor.journal.list()).toEqual([]);
	});

	it.each(PATHS)('counts for commands where the credential says so (%s)', async (path) => {
		const { success } = await terminate(path, ignored);
		expect(success[0]?.json['outcome']).toBe('terminated');
	});

	it.each(PATHS)('counts for what the node sends where its own switch says so (%s)', async (path) => {
		const { success, error } = await terminate(path, {}, { requestOptions: IGNORED });
		if (logsIn ?? renewed) {
			expect(error?.message).toMatch(REASON);
			expect(vendor.journal.list().filter(({ status }) => status === 200)).toEqual([]);
		} else expect(success[0]?.json['outcome']).toBe('terminated');
	});

	if (node === 'enosBpm') {
		it.each(PATHS)('counts for a login in the middle of a run, too (%s)', async (path) => {
			const body = '{"code":31401,"msg":"No."}';
			vendor.faults.arm([{ kind: 'status', status: 200, body, path: '/process-instances' }]);
			const { success } = await terminate(path, ignored);
			expect(success[0]?.json['outcome']).toBe('terminated');
			expect(vendor.faults.pending()).toEqual([]);
		});
	}

	// n8n tests an OAuth2 credential by its token alone.
	if (!renewed) {
		it('keeps the credential test from passing, unless the credential says so', async () => {
			await expect(testCredential(type, data())).resolves.toEqual({
				status: 'Error',
				message: expect.stringMatching(/certificate|SELF_SIGNED_CERT/),
			});
			expect(vendor.journal.list()).toEqual([]);
			// At once, as somebody does who has seen why.
			await expect(testCredential(type, data(ignored))).resolves.toMatchObject({ status: 'OK' });
		});
	}

	if (pickList !== undefined) {
		it('keeps the lists to pick from closed, unless ignored', async () => {
			await expect(open({})).rejects.toMatchObject({
				message: expect.stringMatching(REASON),
				description: expect.stringMatching(HINT),
			});
			expect((await open(ignored)).results).not.toEqual([]);
			if (logsIn ?? renewed) return;
			expect((await open({}, { requestOptions: IGNORED })).results).not.toEqual([]);
		});
	}
});
