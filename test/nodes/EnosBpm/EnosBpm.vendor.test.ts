import type { ICredentialDataDecryptedObject, IDataObject } from 'n8n-workflow';

import { readSettings } from '../../../nodes/EnosBpm/session/settings';
import { signatureOf } from '../../../nodes/EnosBpm/session/signature';
import { storeSession } from '../../../nodes/termination/sessions';
import { runNode, startNode } from '../../engine/engine';
import type { NodeResult, NodeRun } from '../../engine/engine';
import { credentialsOf, requestsTo, stateOf } from '../../engine/sandboxes';
import type { JsonObject } from '../../sandbox/core/emulator.ts';
import type { Fault } from '../../sandbox/core/faults.ts';
import type { VendorListener } from '../../sandbox/core/listener.ts';
import { startAlone } from '../../sandbox/support.ts';
import { createEnosBpm } from '../../sandbox/vendors/enosBpm/index.ts';

const TYPE = 'enosBpmApi';
const COMMAND = { method: 'POST', path: 'action=delete' };
const REASON = 'Cleaned up: "原因" é & more';

describe('EnOS BPM on the real engine', () => {
	let vendor: VendorListener;

	// Sessions live as long as the process and are kept by address: a new address is a cold start.
	beforeEach(async () => {
		vendor = await startAlone(createEnosBpm());
	});
	afterEach(async () => await vendor.app.close());

	interface Change {
		key?: string;
		credential?: IDataObject;
		items?: IDataObject[];
		parameters?: IDataObject;
		onError?: NonNullable<NodeRun['onError']>;
	}
	const prepared = (
		ids: unknown,
		{ key = TYPE, credential = {}, items, parameters = {}, onError }: Change,
	): NodeRun => ({
		node: 'enosBpm',
		parameters: {
			resource: 'processInstance',
			operation: 'terminate',
			processInstanceId: ids as never,
			deleteReason: REASON,
			...parameters,
		},
		...(items && { items }),
		...(onError && { onError }),
		credentials: { [TYPE]: { ...credentialsOf(vendor, key), ...credential } },
	});
	const checked = (result: NodeResult): NodeResult => {
		const told = JSON.stringify([result.success, result.errors, result.error, result.run]);
		// Whatever the emulator would mask is a secret that came out.
		expect(vendor.emulator.mask(told) === told).toBe(true);
		expect(counters()).toMatchObject({ startCalls: 0 });
		return result;
	};
	const terminate = async (ids: unknown, change: Change = {}): Promise<NodeResult> =>
		checked(await runNode(prepared(ids, change)));
	const terminateItems = async (ids: string[], change: Change = {}): Promise<NodeResult> =>
		await terminate('={{ $json.id }}', { ...change, items: ids.map((id) => ({ id })) });

	const counters = () => vendor.emulator.state()['counters'] as Record<string, number>;
	const seed = (count: number, options: JsonObject = {}) => vendor.emulator.seed(count, options);
	const configure = (switches: JsonObject) => vendor.emulator.configure(switches);
	const outcomesOf = ({ success, error }: NodeResult): unknown[] =>
		(
			(error?.context['data'] as { outcomes: IDataObject[] } | undefined)?.outcomes ??
			success.map(({ json }) => json)
		).map(({ outcome }) => outcome);
	const all = (count: number, outcome = 'terminated') => Array<string>(count).fill(outcome);
	const settingsKey = (key: string) =>
		readSettings(credentialsOf(vendor, key) as ICredentialDataDecryptedObject).key;

	describe('the request on the wire', () => {
		it('has the bytes of the contract, the reason in the key of the table, and the token', async () => {
			const [id] = seed(1);
			const result = await terminate(id);
			expect(result.success[0]?.json).toEqual({
				id,
				outcome: 'terminated',
				message: `Process instance ${id} was terminated`,
				attempts: 1,
			});
			const [request] = requestsTo(vendor, 'POST', 'action=delete');
			expect(request).toMatchObject({
				url: `/enos-bpm-service/v2.0/work/process-instances?action=delete&processInstanceId=${id}`,
				body: JSON.stringify({ deleteReason: REASON }),
				headers: {
					authorization: 'Bearer ***',
					'content-type': 'application/json;charset=UTF-8',
					accept: 'application/json',
				},
			});
			const { instances } = vendor.emulator.state() as { instances: Record<string, JsonObject> };
			expect(instances[id!]).toMatchObject({ state: 'terminated', terminateReason: REASON });
		});

		it('names workflow and execution as the reason by default', async () => {
			const [id] = seed(1);
			const run = prepared(id, {});
			delete run.parameters['deleteReason'];
			checked(await runNode(run));
			const { instances } = vendor.emulator.state() as { instances: Record<string, JsonObject> };
			expect(instances[id!]?.['terminateReason']).toMatch(/^Terminated by n8n workflow ".*", execution 1$/);
		});

		it('refuses an empty reason before anything is sent', async () => {
			const result = await terminate(seed(1)[0], { parameters: { deleteReason: '  ' } });
			expect(result.error?.message).toContain("'Delete Reason' is empty");
			expect(vendor.journal.list()).toEqual([]);
		});

		it.each([TYPE, 'signed'])('keeps hostile IDs where they belong (%s)', async (key) => {
			if (key === 'signed') configure({ signature: 'required' });
			const ids = seed(0, {
				ids: ['x&action=', 'a&action=start', '../y', 'a+b', '%26action=', "q'(*)!", '?#', 'é原'],
			});
			const result = await terminate(ids, { key });
			expect(outcomesOf(result)).toEqual(all(ids.length));
			expect(counters()).toMatchObject({ terminated: ids.length, started: 0, refusedSignatures: 0 });
		});
	});

	describe('the login', () => {
		it('is log in, choose organization, and then one request each', async () => {
			const result = await terminateItems(seed(50));
			expect(outcomesOf(result)).toEqual(all(50));
			expect(counters()).toMatchObject({
				logins: 1,
				sessionSets: 1,
				tokenGets: 0,
				terminateCalls: 50,
				gets: 0,
			});
			expect(requestsTo(vendor, 'POST', 'session/set')[0]?.body).toBe('{"orgId":"o10000000000001"}');
			const { saved } = result.credentials;
			expect(saved).toBeGreaterThan(0);
			expect(result.credentials.stored(TYPE)['sessionToken']).toContain(settingsKey(TYPE));
		});

		it('chooses the only organization by itself', async () => {
			expect(outcomesOf(await terminate(seed(1)[0], { key: 'singleOrganization' }))).toEqual(all(1));
			expect(requestsTo(vendor, 'POST', 'session/set')[0]?.body).toBe('{"orgId":"o10000000000001"}');
		});

		it.each<[string, JsonObject]>([
			['a new token for the organization', { sessionSetToken: 'new' }],
			['no word about a second factor', { mfaType: 'absent' }],
			['success code 200', { portalSuccess: 200 }],
			['no organization needed', { orgRequired: 'notRequired' }],
			['older tokens that die', { secondLogin: 'endsTokens' }],
			['HTTP statuses of their own', { errorHttpStatus: 'mapped' }],
		])('works with %s', async (_name, switches) => {
			configure(switches);
			expect(outcomesOf(await terminateItems(seed(3)))).toEqual(all(3));
			expect(counters()).toMatchObject({ logins: 1 });
		});

		it.each<[string, string, JsonObject, RegExp]>([
			['a wrong password', 'wrongPassword', {}, /'Account' or 'Password' in the credential is wrong/],
			['several organizations', 'noOrganization', {}, /o10000000000001 .*o10000000000002 /],
			['an unknown organization', 'unknownOrganization', {}, /o19999999999999 is not known.*o10000000000001/],
			['a second factor', TYPE, { mfaType: 'TOTP' }, /second factor/],
			['an unknown application', 'unknownAppKey', {}, /does not know the 'App Key'/],
			['a wrong application secret', 'wrongAppSecret', {}, /'App Secret'.*clock/],
			['a missing signature', TYPE, { signature: 'required' }, /asks for a signed request/],
			['an older portal', TYPE, { portalPaths: 'v2.0' }, /not as EnOS: check the 'Base URL'/],
		])('tells of %s, once, and nothing else is sent', async (_name, key, switches, message) => {
			for (const errorHttpStatus of [200, 'mapped']) {
				vendor.emulator.reset();
				vendor.journal.clear();
				configure({ ...switches, errorHttpStatus });
				const result = await terminateItems(seed(20), { key });
				expect(outcomesOf(result)).toEqual(all(20, 'notSent'));
				expect(result.error?.description).toMatch(message);
				expect(counters()).toMatchObject({ terminateCalls: 0 });
				expect(counters()['failedLogins']).toBeLessThanOrEqual(1);
				expect(requestsTo(vendor, 'POST', '/login').length).toBeLessThanOrEqual(1);
				// A refused login is remembered for a while; a new address forgets it.
				await vendor.app.close();
				vendor = await startAlone(createEnosBpm());
			}
		});

		it('tells of a locked account in words of its own', async () => {
			configure({ loginAttempts: 1 });
			const ids = seed(1);
			await terminate(ids, { key: 'wrongPassword' });
			const result = await terminate(ids);
			expect(result.error?.message).toMatch(/temporarily locked/);
			expect(result.error?.message).not.toMatch(/密码/);
			expect(counters()).toMatchObject({ failedLogins: 2 });
		});

		it.each<[string, Fault, RegExp]>([
			['is down', { kind: 'html', status: 502 }, /could not be served by EnOS at the moment \(HTTP 502\)/],
			['throttles', { kind: 'status', status: 429 }, /\(HTTP 429\)/],
			['is something else', { kind: 'html', status: 200 }, /not as EnOS/],
			['breaks off', { kind: 'reset' }, /did not get through: the connection broke/],
			['cuts its answer', { kind: 'cut' }, /not as EnOS/],
			['answers nothing', { kind: 'empty' }, /not as EnOS/],
			['says nothing', { kind: 'status', status: 200, body: '{"code":0,"data":null}' }, /not as EnOS/],
			['has another code', { kind: 'status', status: 200, body: '{"code":31999}' }, /with code 31999/],
			[
				'redirects',
				{ kind: 'redirect', location: 'https://elsewhere.example/x?token=1' },
				/redirected to elsewhere\.example,/,
			],
		])('sends nothing when the portal %s', async (_name, fault, message) => {
			for (const path of ['/login', '/session/set']) {
				vendor.faults.arm([{ ...fault, path }]);
				const result = await terminate(seed(1)[0], {
					credential: { orgId: path === '/login' ? 'o10000000000001' : '' },
				});
				expect(outcomesOf(result)).toEqual(['notSent']);
				expect(result.error?.message).toMatch(message);
				expect(counters()).toMatchObject({ terminateCalls: 0 });
			}
		});

		it('sends nothing when the login gives no token', async () => {
			vendor.faults.arm([{ kind: 'status', status: 200, body: '{"code":0,"data":{}}', path: '/login' }]);
			expect((await terminate(seed(1)[0])).error?.message).toMatch(/not as EnOS/);
			expect(requestsTo(vendor, 'POST', 'process-instances')).toEqual([]);
		});

		it('repeats a login that the gateway took for a copy', async () => {
			vendor.faults.arm([{ kind: 'status', status: 200, body: '{"status":1001}', path: '/token/get' }]);
			expect(outcomesOf(await terminate(seed(1)[0], { key: 'signed' }))).toEqual(all(1));
			expect(requestsTo(vendor, 'POST', '/token/get')).toHaveLength(2);
		});

		it('refuses half an application', async () => {
			const result = await terminate(seed(1)[0], { credential: { appKey: 'only' } });
			expect(result.error?.message).toMatch(/'App Key' and 'App Secret'.*only one/i);
			expect(vendor.journal.list()).toEqual([]);
		});
	});

	describe('a session that expires', () => {
		const SIGNALS: JsonObject[] = [31401, 33401, 'http401', 1203].flatMap((expiredUserToken) => [
			{ expiredUserToken },
			{ expiredUserToken, errorHttpStatus: 'mapped' },
		]);

		it.each(SIGNALS)('in the middle of a run is renewed once: %j', async (switches) => {
			configure(switches);
			const ids = seed(30);
			vendor.faults.arm([{ kind: 'delay', delayMs: 30, ...COMMAND, times: 1000 }]);
			const { finished } = startNode(prepared(ids, {}));
			while (counters()['terminated']! < 7) await new Promise((resolve) => setTimeout(resolve, 2));
			configure({ expireNow: 'userTokens' });
			expect(outcomesOf(checked(await finished))).toEqual(all(30));
			expect(counters()).toMatchObject({ logins: 2, sessionSets: 2, terminated: 30 });
		});

		it.each(SIGNALS)('between two runs is renewed once for 50 items: %j', async (switches) => {
			configure(switches);
			const first = await terminate(seed(1)[0]);
			const { sessionToken } = first.credentials.stored(TYPE);
			configure({ expireNow: 'userTokens' });
			const result = await terminateItems(seed(50), { credential: { sessionToken: sessionToken } });
			expect(outcomesOf(result)).toEqual(all(50));
			expect(counters()).toMatchObject({ logins: 2, terminated: 51 });
		});

		it.each(SIGNALS)('is renewed once by a process that has only the stored token: %j', async (switches) => {
			configure(switches);
			const sessionToken = storeSession(settingsKey(TYPE), {
				token: 'dead-token-of-yesterday',
				extra: {},
				obtainedAt: 0,
			});
			const result = await terminateItems(seed(50), { credential: { sessionToken } });
			expect(outcomesOf(result)).toEqual(all(50));
			expect(counters()).toMatchObject({ logins: 1, terminated: 50 });
			expect(JSON.stringify(result.run)).not.toContain('dead-token-of-yesterday');
			// The refused requests ask together how the session stands.
			expect(requestsTo(vendor, 'GET', '/session/info').length).toBeLessThan(25);
		});

		it('is renewed by n8n itself after HTTP 401', async () => {
			configure({ expiredUserToken: 'http401' });
			const sessionToken = storeSession(settingsKey(TYPE), { token: 'dead-token', extra: {}, obtainedAt: 0 });
			const result = await terminate(seed(1)[0], { credential: { sessionToken } });
			expect(result.success[0]?.json).toMatchObject({ outcome: 'terminated', attempts: 1 });
			expect(result.credentials.saved).toBe(1);
		});

		it('is not repeated for ever when EnOS keeps refusing', async () => {
			vendor.faults.arm([
				{ kind: 'status', status: 200, body: '{"code":33401,"msg":"no"}', ...COMMAND, times: 999 },
			]);
			const ids = seed(30);
			const result = await terminate(ids);
			expect(new Set(outcomesOf(result))).toEqual(new Set(['failed', 'notSent']));
			expect(result.error?.description).toContain('the session expired and could not be renewed');
			expect(requestsTo(vendor, 'POST', 'action=delete').length).toBeLessThanOrEqual(10);
			expect(counters()['logins']).toBeLessThanOrEqual(2);
		});

		it('stops the run when the account is locked by then', async () => {
			const sessionToken = storeSession(settingsKey('wrongPassword'), {
				token: 'dead-token',
				extra: {},
				obtainedAt: 0,
			});
			const result = await terminate(seed(30), { key: 'wrongPassword', credential: { sessionToken } });
			expect(outcomesOf(result)).toEqual(all(30, 'notSent'));
			expect(result.error?.description).toContain('is wrong');
			expect(counters()).toMatchObject({ failedLogins: 1 });
		});

		it('is chosen an organization for when that got lost', async () => {
			vendor.faults.arm([
				{
					kind: 'status',
					status: 200,
					body: '{"code":31512,"message":"Organization unselected"}',
					path: 'action=delete',
				},
			]);
			expect(outcomesOf(await terminate(seed(1)[0]))).toEqual(all(1));
		});
	});

	describe('an edited credential', () => {
		it('never uses the session of the settings before', async () => {
			const [id] = seed(1, { orgId: 'o10000000000002' });
			const first = await terminate(seed(1)[0]);
			const { sessionToken } = first.credentials.stored(TYPE);
			const result = await terminateItems([id!], {
				key: 'secondOrganization',
				credential: { sessionToken: sessionToken },
			});
			expect(outcomesOf(result)).toEqual(all(1));
			expect(counters()).toMatchObject({ logins: 2, terminateCalls: 2 });
		});

		it('logs in with a wrong new password, though the session before would still do', async () => {
			const first = await terminate(seed(1)[0]);
			const { sessionToken } = first.credentials.stored(TYPE);
			const result = await terminate(seed(1)[0], {
				key: 'wrongPassword',
				credential: { sessionToken: sessionToken },
			});
			expect(outcomesOf(result)).toEqual(['notSent']);
			expect(counters()).toMatchObject({ terminateCalls: 1 });
		});
	});

	describe('a signed connection', () => {
		beforeEach(() => configure({ signature: 'required' }));

		it.each(['status', 'stauts'])(
			'signs every call but the one for its token (envelope with %s)',
			async (tokenStatusKey) => {
				configure({ tokenStatusKey });
				const result = await terminateItems(seed(50), { key: 'signed' });
				expect(outcomesOf(result)).toEqual(all(50));
				expect(counters()).toMatchObject({
					tokenGets: 1,
					tokenRefreshes: 0,
					logins: 1,
					refusedSignatures: 0,
					unsignedCalls: 0,
					signedCalls: 52,
				});
				const stamps = requestsTo(vendor, 'POST', 'action=delete').map(
					({ headers }) => headers['apim-timestamp'],
				);
				expect(new Set(stamps).size).toBe(50);
			},
		);

		it('signs the bytes that are on the wire', async () => {
			await terminate(seed(0, { ids: ['a+b&c'] }), { key: 'signed' });
			const [request] = requestsTo(vendor, 'POST', 'action=delete');
			const appSecret = String(credentialsOf(vendor, 'signed')['appSecret']);
			const { extra } = JSON.parse(
				String((await terminate(seed(1)[0], { key: 'signed' })).credentials.stored(TYPE)['sessionToken']),
			) as { extra: { appToken: string } };
			expect(request?.headers['apim-signature']).toBe(
				signatureOf({
					accessToken: extra.appToken,
					appSecret,
					timestamp: request?.headers['apim-timestamp'] ?? '',
					query: [
						['action', 'delete'],
						['processInstanceId', 'a+b&c'],
					],
					body: request?.body ?? '',
				}),
			);
		});

		it('asks with a signed request as well', async () => {
			configure({ terminate: 'dataFalse' });
			const result = await terminate(seed(1)[0], { key: 'signed' });
			expect(outcomesOf(result)).toEqual(['failed']);
			expect(counters()).toMatchObject({ gets: 1, refusedSignatures: 0 });
		});

		it.each([
			['appTokens', { logins: 1, tokenGets: 2 }],
			['userTokens', { logins: 2, tokenGets: 2 }],
			['all', { logins: 2 }],
		])('renews what has expired, and no more: %s', async (expireNow, expected) => {
			const { sessionToken } = (await terminate(seed(1)[0], { key: 'signed' })).credentials.stored(TYPE);
			configure({ expireNow });
			const result = await terminate(seed(30), {
				key: 'signed',
				credential: { sessionToken: sessionToken },
			});
			expect(outcomesOf(result)).toEqual(all(30));
			expect(counters()).toMatchObject(expected);
		});

		it('works with a pasted token too, and renews the application behind it', async () => {
			const { appKey, appSecret } = credentialsOf(vendor, 'signed') as IDataObject;
			const change = { key: 'accessToken', credential: { appKey, appSecret } as IDataObject };
			expect(outcomesOf(await terminateItems(seed(20), change))).toEqual(all(20));
			expect(counters()).toMatchObject({ tokenGets: 1 });
			configure({ expireNow: 'appTokens' });
			expect(outcomesOf(await terminate(seed(20), change))).toEqual(all(20));
			expect(counters()).toMatchObject({ logins: 0, unsignedCalls: 0 });
			configure({ expireNow: 'userTokens' });
			expect((await terminate(seed(1)[0], change)).error?.message).toMatch(/paste a new one/);
		});

		it('stops the run where a pasted token is not enough', async () => {
			const result = await terminate(seed(30), { key: 'accessToken' });
			expect(new Set(outcomesOf(result))).toEqual(new Set(['failed', 'notSent']));
			expect(result.error?.description).toMatch(/rejected the signed request/);
			expect(counters()).toMatchObject({ terminateCalls: 0 });
			expect(requestsTo(vendor, 'POST', 'action=delete').length).toBeLessThanOrEqual(5);
		});
	});

	describe('a pasted token', () => {
		it.each(['', 'Bearer ', 'bearer  ', ' '])('needs no login (pasted with %p before it)', async (prefix) => {
			const accessToken = `${prefix}${String(credentialsOf(vendor, 'accessToken')['accessToken'])}`;
			const result = await terminateItems(seed(5), { key: 'accessToken', credential: { accessToken } });
			expect(outcomesOf(result)).toEqual(all(5));
			expect(vendor.journal.list()).toHaveLength(5);
		});

		it.each([31401, 33401, 'http401', 1203])(
			'that has expired has to be replaced (%s)',
			async (expiredUserToken) => {
				configure({ expiredUserToken });
				const result = await terminate(seed(30), { key: 'expiredAccessToken' });
				expect(outcomesOf(result)).toEqual(all(30, 'notSent'));
				expect(result.error?.description).toMatch(/has expired or is not valid: paste a new one/);
				expect(counters()).toMatchObject({ logins: 0, terminateCalls: 0 });
			},
		);

		it('without an organization says so', async () => {
			const result = await terminate(seed(1)[0], { key: 'accessTokenWithoutOrganization' });
			expect(result.error?.message).toMatch(/No organization is selected/i);
		});

		it.each([
			['', /'Access Token' in the credential is empty/],
			['a\tb', /characters that no token has/],
		])('is refused when it is %j', async (accessToken, message) => {
			const result = await terminate(seed(1)[0], { key: 'accessToken', credential: { accessToken } });
			expect(result.error?.message).toMatch(message);
			expect(vendor.journal.list()).toEqual([]);
		});
	});

	describe('refusals', () => {
		it.each([200, 'mapped'])('a missing right concerns one instance (HTTP %s)', async (errorHttpStatus) => {
			configure({ errorHttpStatus });
			const [mine] = seed(1);
			const [foreign] = seed(1, { terminable: false });
			const result = await terminate([foreign, mine], { onError: 'continueErrorOutput' });
			expect(result.success.map(({ json }) => json['id'])).toEqual([mine]);
			expect(result.errors[0]?.json['details']).toMatchObject({
				id: foreign,
				outcome: 'failed',
				code: '33403',
				hint: expect.stringContaining('terminable'),
				vendorMessage: expect.stringContaining('does not have the permission'),
			});
		});

		it.each(['withoutRight', 'accessTokenWithoutRight'])(
			'tells of an account without the right (%s)',
			async (key) => {
				const ids = seed(3);
				expect(outcomesOf(await terminate(ids, { key }))).toEqual(all(3, 'failed'));
				expect(ids.map((id) => stateOf(vendor, id))).toEqual(all(3, 'running'));
			},
		);

		it.each([99403, 498, 1003])('code %d stops the run', async (code) => {
			vendor.faults.arm([
				{ kind: 'status', status: 200, body: JSON.stringify({ code }), ...COMMAND, times: 999 },
			]);
			const result = await terminate(seed(40));
			const outcomes = outcomesOf(result);
			expect(outcomes.filter((one) => one === 'failed').length).toBeLessThanOrEqual(5);
			expect(outcomes.filter((one) => one === 'notSent').length).toBeGreaterThanOrEqual(35);
			expect(requestsTo(vendor, 'POST', 'action=delete').length).toBeLessThanOrEqual(5);
		});

		it('an address without the BPM service stops the run', async () => {
			vendor.faults.arm([{ kind: 'html', status: 404, ...COMMAND, times: 999 }]);
			const result = await terminate(seed(40));
			expect(outcomesOf(result).filter((one) => one === 'notSent').length).toBeGreaterThanOrEqual(35);
			expect(result.error?.description).toMatch(/'Base URL'/);
		});
	});

	describe('an instance that has ended', () => {
		it.each(
			[33404, 33500, 'dataFalse'].flatMap((finishedInstance) =>
				[
					{ timestamps: 'epochMs' },
					{ timestamps: 'digits' },
					{ timestamps: 'iso' },
					{ completedTimeOfTerminated: 'set' },
					{ errorHttpStatus: 'mapped' },
				].map((other): JsonObject => ({ finishedInstance, ...other })),
			),
		)('is told apart from others: %j', async (switches) => {
			configure(switches);
			const ids = [...seed(1, { state: 'completed' }), ...seed(1, { state: 'terminated' }), ...seed(1)];
			const result = await terminate(ids);
			expect(result.error).toBeUndefined();
			expect(outcomesOf(result)).toEqual(['alreadyEnded', 'alreadyEnded', 'terminated']);
			expect(counters()).toMatchObject({ gets: 2 });
		});

		it('in another organization is not known', async () => {
			const [id] = seed(1, { orgId: 'o10000000000002', state: 'completed' });
			const result = await terminate(id);
			expect(outcomesOf(result)).toEqual(['notFound']);
			expect(result.error?.message).toContain('it does not exist in this organization');
		});
	});

	describe('answers that leave it open', () => {
		it.each<[string | number, string, RegExp]>([
			['denied', 'failed', /may not terminate it/],
			['dataFalse', 'failed', /accepted the call but did not terminate/],
			[33500, 'failed', /internal fault and the instance is still running/],
		])('%s leaves a running instance failed', async (mode, outcome, message) => {
			configure({ terminate: mode });
			const [id] = seed(1);
			const result = await terminate(id);
			expect(outcomesOf(result)).toEqual([outcome]);
			expect(result.error?.message).toMatch(message);
			expect(stateOf(vendor, id!)).toBe('running');
		});

		it.each<[string, Fault]>([
			['a gateway that gave up', { kind: 'html', status: 502 }],
			['a cut answer', { kind: 'cut' }],
			['an empty answer', { kind: 'empty' }],
		])('%s after the effect: EnOS is asked, and says that it ended', async (_name, fault) => {
			vendor.faults.arm([{ ...fault, when: 'after', ...COMMAND }]);
			const [id] = seed(1);
			const result = await terminate(id);
			expect(result.error).toBeUndefined();
			expect(result.success[0]?.json).toMatchObject({
				id,
				outcome: 'alreadyEnded',
				message: expect.stringContaining('the instance has ended'),
			});
			expect(counters()).toMatchObject({ terminateCalls: 1, gets: 1 });
		});

		it('an internal fault that cannot be looked into stays unknown', async () => {
			configure({ terminate: 33500 });
			vendor.faults.arm([{ kind: 'html', status: 502, method: 'GET', times: 9 }]);
			const result = await terminate(seed(1)[0]);
			expect(outcomesOf(result)).toEqual(['unknown']);
			expect(result.error?.message).toMatch(/not known whether .* internal fault/);
		});
	});

	it.each(['signed', 'accessToken'])('lets no secret out that EnOS sends back (%s)', async (key) => {
		const credential = credentialsOf(vendor, key);
		const { sessionToken } = (await terminate(seed(1)[0], { key })).credentials.stored(TYPE);
		const { token, extra } = JSON.parse(String(sessionToken)) as {
			token: string;
			extra: Record<string, string>;
		};
		const secrets = [token, extra['appToken'], credential['password'], credential['appSecret']];
		const body = JSON.stringify({ code: 33403, msg: secrets.join(' '), requestId: token });
		vendor.faults.arm([{ kind: 'status', status: 200, body, ...COMMAND }]);
		const result = await terminate(seed(1)[0], { key, onError: 'continueErrorOutput' });
		expect(result.errors[0]?.json['details']).toMatchObject({
			vendorMessage: expect.stringContaining('***'),
			requestId: '***',
		});
	});

	it('keeps at most five requests open', async () => {
		vendor.faults.arm([{ kind: 'delay', delayMs: 10, ...COMMAND, times: 999 }]);
		expect(outcomesOf(await terminate(seed(40)))).toEqual(all(40));
		const most = Math.max(...requestsTo(vendor, 'POST', 'action=delete').map(({ inFlight }) => inFlight));
		expect(most).toBe(5);
	});

	it('shows the request of a dry run without logging in', async () => {
		const [id] = seed(1);
		const result = await terminate(id, { parameters: { options: { dryRun: true } } });
		expect(result.success[0]?.json['request']).toEqual({
			method: 'POST',
			path: `/enos-bpm-service/v2.0/work/process-instances?action=delete&processInstanceId=${id}`,
			body: JSON.stringify({ deleteReason: REASON }),
		});
		expect(vendor.journal.list()).toEqual([]);
	});

	it('takes a base URL with blanks and a slash, and refuses one with a path', async () => {
		const ids = seed(2);
		const cleaned = await terminate(ids[0], { credential: { baseUrl: ` ${vendor.baseUrl}/ ` } });
		expect(outcomesOf(cleaned)).toEqual(all(1));
		const refused = await terminate(ids[1], { credential: { baseUrl: `${vendor.baseUrl}/app` } });
		expect(outcomesOf(refused)).toEqual(['notSent']);
		expect(refused.error?.message).toMatch(/path behind the host/);
	});
});
