import type { IDataObject } from 'n8n-workflow';

import { storeSession } from '../../../../nodes/core/connection/sessions';
import { signatureOf } from '../../../../nodes/EnosBpm/api/signature';
import { runNode } from '../../../engine/engine';
import { credentialsOf, requestsTo, stateOf } from '../../../engine/sandboxes';
import type { JsonObject } from '../../../sandbox/core/emulator.ts';
import type { Fault } from '../../../sandbox/core/faults.ts';
import { all, answering, COMMAND, EnosBpmBench, outcomesOf, PATHS, REASON, TYPE } from '../harness';

describe.each(PATHS)('EnOS BPM on the real engine (%s)', (path) => {
	const enos = new EnosBpmBench(path);

	describe('the request on the wire', () => {
		it('has the bytes of the contract, the reason in the key of the table, and the token', async () => {
			const [id] = enos.seed(1);
			const result = await enos.terminate(id);
			expect(result.success[0]?.json).toEqual({
				id,
				ok: true,
				outcome: 'terminated',
				message: `Process instance ${id} was terminated`,
				attempts: 1,
			});
			const [request] = requestsTo(enos.vendor, 'POST', 'action=delete');
			expect(request).toMatchObject({
				url: `/enos-bpm-service/v2.0/work/process-instances?action=delete&processInstanceId=${id}`,
				body: JSON.stringify({ deleteReason: REASON }),
				headers: {
					authorization: 'Bearer ***',
					'content-type': 'application/json;charset=UTF-8',
					accept: 'application/json',
				},
			});
			const { instances } = enos.vendor.emulator.state() as { instances: Record<string, JsonObject> };
			expect(instances[id!]).toMatchObject({ state: 'terminated', terminateReason: REASON });
		});

		it('names workflow and execution as the reason by default', async () => {
			const [id] = enos.seed(1);
			const run = enos.prepared(id, {});
			delete run.parameters['deleteReason'];
			enos.checked(await runNode(run));
			const { instances } = enos.vendor.emulator.state() as { instances: Record<string, JsonObject> };
			expect(instances[id!]?.['terminateReason']).toMatch(/^Terminated by n8n workflow ".*", execution 1$/);
		});

		it('refuses an empty reason before anything is sent', async () => {
			const result = await enos.terminate(enos.seed(1)[0], { parameters: { deleteReason: '  ' } });
			expect(result.error?.message).toContain("'Delete Reason' is empty");
			expect(enos.vendor.journal.list()).toEqual([]);
		});

		it.each([TYPE, 'signed'])('keeps hostile IDs where they belong (%s)', async (key) => {
			if (key === 'signed') enos.configure({ signature: 'required' });
			const ids = enos.seed(0, {
				ids: ['x&action=', 'a&action=start', '../y', 'a+b', '%26action=', "q'(*)!", '?#', 'é原'],
			});
			const result = await enos.terminate(ids, { key });
			expect(outcomesOf(result)).toEqual(all(ids.length));
			expect(enos.counters()).toMatchObject({ terminated: ids.length, started: 0, refusedSignatures: 0 });
		});
	});

	describe('the login', () => {
		it('is log in, choose organization, and then one request each', async () => {
			const result = await enos.terminateItems(enos.seed(50));
			expect(outcomesOf(result)).toEqual(all(50));
			expect(enos.counters()).toMatchObject({
				logins: 1,
				sessionSets: 1,
				tokenGets: 0,
				terminateCalls: 50,
				gets: 0,
			});
			expect(requestsTo(enos.vendor, 'POST', 'session/set')[0]?.body).toBe('{"orgId":"o10000000000001"}');
			const { saved } = result.credentials;
			expect(saved).toBeGreaterThan(0);
			expect(result.credentials.stored(TYPE)['sessionToken']).toContain(enos.settingsKey(TYPE));
		});

		it('chooses the only organization by itself', async () => {
			expect(outcomesOf(await enos.terminate(enos.seed(1)[0], { key: 'singleOrganization' }))).toEqual(
				all(1),
			);
			expect(requestsTo(enos.vendor, 'POST', 'session/set')[0]?.body).toBe('{"orgId":"o10000000000001"}');
		});

		it.each<[string, JsonObject]>([
			['a new token for the organization', { sessionSetToken: 'new' }],
			['no word about a second factor', { mfaType: 'absent' }],
			['success code 200', { portalSuccess: 200 }],
			['no organization needed', { orgRequired: 'notRequired' }],
			['older tokens that die', { secondLogin: 'endsTokens' }],
			['HTTP statuses of their own', { errorHttpStatus: 'mapped' }],
			['a portal that knows only the older paths', { portalPaths: 'v2.0' }],
		])('works with %s', async (_name, switches) => {
			enos.configure(switches);
			expect(outcomesOf(await enos.terminateItems(enos.seed(3)))).toEqual(all(3));
			expect(enos.counters()).toMatchObject({ logins: 1 });
		});

		it.each<[string, string, JsonObject, RegExp]>([
			['a wrong password', 'wrongPassword', {}, /'Account' or 'Password' in the credential is wrong/],
			['several organizations', 'noOrganization', {}, /o10000000000001 .*o10000000000002 /],
			[
				'an unknown organization',
				'unknownOrganization',
				{},
				/o19999999999999 is not available.*o10000000000001/,
			],
			['a second factor', TYPE, { mfaType: 'TOTP' }, /second factor/],
			['an unknown application', 'unknownAppKey', {}, /does not know the 'App Key'/],
			['a wrong application secret', 'wrongAppSecret', {}, /'App Secret'.*clock/],
			['a missing signature', TYPE, { signature: 'required' }, /requires a signed request/],
		])('tells of %s, once, and nothing else is sent', async (_name, key, switches, message) => {
			for (const errorHttpStatus of [200, 'mapped']) {
				enos.vendor.emulator.reset();
				enos.vendor.journal.clear();
				enos.configure({ ...switches, errorHttpStatus });
				const result = await enos.terminateItems(enos.seed(20), { key });
				// On the routing path each item fails by itself, and n8n reports the first.
				expect(outcomesOf(result)).toEqual(all(path === 'routing' ? 1 : 20, 'notSent'));
				expect(`${result.error?.message}\n${result.error?.description}`).toMatch(message);
				expect(enos.counters()).toMatchObject({ terminateCalls: 0 });
				expect(enos.counters()['failedLogins']).toBeLessThanOrEqual(1);
				expect(requestsTo(enos.vendor, 'POST', '/login').length).toBeLessThanOrEqual(1);
				// A refused login is remembered for a while; a new address forgets it.
				await enos.restart();
			}
		});

		it('tells of a locked account in words of its own, and in those of EnOS', async () => {
			enos.configure({ loginAttempts: 1 });
			const ids = enos.seed(1);
			await enos.terminate(ids, { key: 'wrongPassword' });
			const result = await enos.terminate(ids);
			expect(result.error?.message).toMatch(/temporarily locked/);
			expect(result.error?.message).toMatch(/\(".*密码.*"\)$/);
			expect(enos.counters()).toMatchObject({ failedLogins: 2 });
		});

		it.each<[string, Fault, RegExp]>([
			[
				'is down',
				{ kind: 'html', status: 502 },
				/EnOS could not handle the login at the moment \(HTTP 502\)/,
			],
			['throttles', { kind: 'status', status: 429 }, /\(HTTP 429\)/],
			['is something else', { kind: 'html', status: 200 }, /does not seem to come from EnOS/],
			['breaks off', { kind: 'reset' }, /did not get through: the connection was lost/],
			['cuts its answer', { kind: 'cut' }, /does not seem to come from EnOS/],
			['answers nothing', { kind: 'empty' }, /does not seem to come from EnOS/],
			[
				'says nothing',
				{ kind: 'status', status: 200, body: '{"code":0,"data":null}' },
				/does not seem to come from EnOS/,
			],
			['has another code', { kind: 'status', status: 200, body: '{"code":31999}' }, /code 31999/],
			[
				'redirects',
				{ kind: 'redirect', location: 'https://elsewhere.example/x?token=1' },
				/redirected to elsewhere\.example,/,
			],
		])('sends nothing when the portal %s', async (_name, fault, message) => {
			for (const path of ['/login', '/session/set']) {
				enos.arm({ ...fault, path, times: 9 });
				const result = await enos.terminate(enos.seed(1)[0], {
					credential: { orgId: path === '/login' ? 'o10000000000001' : '' },
				});
				expect(outcomesOf(result)).toEqual(['notSent']);
				expect(result.error?.message).toMatch(message);
				expect(enos.counters()).toMatchObject({ terminateCalls: 0 });
			}
		});

		it('sends nothing when the login gives no token', async () => {
			enos.arm({ kind: 'status', status: 200, body: '{"code":0,"data":{}}', path: '/login' });
			expect((await enos.terminate(enos.seed(1)[0])).error?.message).toMatch(
				/does not seem to come from EnOS/,
			);
			expect(requestsTo(enos.vendor, 'POST', 'process-instances')).toEqual([]);
		});

		it('repeats a login that the gateway took for a copy', async () => {
			enos.arm({ kind: 'status', status: 200, body: '{"status":1001}', path: '/token/get' });
			expect(outcomesOf(await enos.terminate(enos.seed(1)[0], { key: 'signed' }))).toEqual(all(1));
			expect(requestsTo(enos.vendor, 'POST', '/token/get')).toHaveLength(2);
		});

		it('refuses half an application', async () => {
			const result = await enos.terminate(enos.seed(1)[0], { credential: { appKey: 'only' } });
			expect(result.error?.message).toMatch(/'App Key' or the 'App Secret'.*empty/);
			expect(enos.vendor.journal.list()).toEqual([]);
		});
	});

	describe('a signed connection', () => {
		beforeEach(() => enos.configure({ signature: 'required' }));

		it.each(['status', 'stauts'])(
			'signs every call but the one for its token (envelope with %s)',
			async (tokenStatusKey) => {
				enos.configure({ tokenStatusKey });
				const result = await enos.terminateItems(enos.seed(50), { key: 'signed' });
				expect(outcomesOf(result)).toEqual(all(50));
				expect(enos.counters()).toMatchObject({
					tokenGets: 1,
					tokenRefreshes: 0,
					logins: 1,
					refusedSignatures: 0,
					unsignedCalls: 0,
					signedCalls: 52,
				});
				const stamps = requestsTo(enos.vendor, 'POST', 'action=delete').map(
					({ headers }) => headers['apim-timestamp'],
				);
				expect(new Set(stamps).size).toBe(50);
			},
		);

		it('signs the bytes that are on the wire', async () => {
			await enos.terminate(enos.seed(0, { ids: ['a+b&c'] }), { key: 'signed' });
			const [request] = requestsTo(enos.vendor, 'POST', 'action=delete');
			const appSecret = String(credentialsOf(enos.vendor, 'signed')['appSecret']);
			const { extra } = JSON.parse(
				String(
					(await enos.terminate(enos.seed(1)[0], { key: 'signed' })).credentials.stored(TYPE)['sessionToken'],
				),
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
			enos.configure({ terminate: 'dataFalse' });
			const result = await enos.terminate(enos.seed(1)[0], { key: 'signed' });
			expect(outcomesOf(result)).toEqual(['failed']);
			expect(enos.counters()).toMatchObject({ gets: 1, refusedSignatures: 0 });
		});

		it.each([
			['appTokens', { logins: 1, tokenGets: 2 }],
			['userTokens', { logins: 2, tokenGets: 2 }],
			['all', { logins: 2 }],
		])('renews what has expired, and no more: %s', async (expireNow, expected) => {
			const { sessionToken } = (await enos.terminate(enos.seed(1)[0], { key: 'signed' })).credentials.stored(
				TYPE,
			);
			enos.configure({ expireNow });
			const result = await enos.terminate(enos.seed(30), {
				key: 'signed',
				credential: { sessionToken: sessionToken },
			});
			expect(outcomesOf(result)).toEqual(all(30));
			expect(enos.counters()).toMatchObject(expected);
		});

		it('works with a pasted token too, and renews the application behind it', async () => {
			const { appKey, appSecret } = credentialsOf(enos.vendor, 'signed') as IDataObject;
			const change = { key: 'accessToken', credential: { appKey, appSecret } as IDataObject };
			expect(outcomesOf(await enos.terminateItems(enos.seed(20), change))).toEqual(all(20));
			expect(enos.counters()).toMatchObject({ tokenGets: 1 });
			enos.configure({ expireNow: 'appTokens' });
			expect(outcomesOf(await enos.terminate(enos.seed(20), change))).toEqual(all(20));
			expect(enos.counters()).toMatchObject({ logins: 0, unsignedCalls: 0 });
			enos.configure({ expireNow: 'userTokens' });
			expect((await enos.terminate(enos.seed(1)[0], change)).error?.message).toMatch(/paste a new one/);
		});

		describe('behind a gateway that asks the BPM service alone for signatures, and a portal that finds nothing wrong', () => {
			beforeEach(() => enos.configure({ signedServices: 'bpm' }));

			/** Of a process that is gone. */
			const kept = (key: string, token: string): IDataObject => ({
				sessionToken: storeSession(enos.settingsKey(key), {
					token,
					extra: { appToken: 'dead-token-of-yesterday' },
					obtainedAt: 0,
				}),
			});

			it.each(['signed', 'signedAccessToken'])('a dead application token is replaced (%s)', async (key) => {
				expect(outcomesOf(await enos.terminateItems(enos.seed(20), { key }))).toEqual(all(20));
				const { logins } = enos.counters();
				enos.configure({ expireNow: 'appTokens' });
				expect(outcomesOf(await enos.terminateItems(enos.seed(20), { key }))).toEqual(all(20));
				expect(enos.counters()).toMatchObject({ logins, tokenGets: 2 });
			});

			it('also one that n8n has kept since another process', async () => {
				const { accessToken } = credentialsOf(enos.vendor, 'signedAccessToken');
				const change = {
					key: 'signedAccessToken',
					credential: kept('signedAccessToken', String(accessToken)),
				};
				expect(outcomesOf(await enos.terminateItems(enos.seed(20), change))).toEqual(all(20));
				expect(enos.counters()).toMatchObject({ logins: 0, tokenGets: 1 });
			});

			it.each<[string, Partial<Fault>]>([
				['a page', { kind: 'html', status: 404 }],
				['a code', { kind: 'status', status: 200, body: '{"status":404,"msg":"not found"}' }],
			])('also where the portal knows no such question, in %s', async (_name, fault) => {
				enos.arm({ kind: 'status', ...fault, path: '/session/info', times: 9 });
				const { accessToken } = credentialsOf(enos.vendor, 'signedAccessToken');
				const change = {
					key: 'signedAccessToken',
					credential: kept('signedAccessToken', String(accessToken)),
				};
				expect(outcomesOf(await enos.terminate(enos.seed(1)[0], change))).toEqual(all(1));
			});

			it.each([1203, 1204])('by code %d', async (code) => {
				enos.arm(answering({ status: code, msg: 'The access token has expired.' }));
				const result = await enos.terminate(enos.seed(1)[0], { key: 'signedAccessToken' });
				expect(outcomesOf(result)).toEqual(all(1));
				expect(enos.counters()).toMatchObject({ tokenGets: 2 });
			});

			it.each([4011, 4012])('by code %d of an older gateway', async (code) => {
				enos.arm(answering({ apim_status: code, submsg: 'expired' }));
				const result = await enos.terminate(enos.seed(1)[0], { key: 'signedAccessToken' });
				expect(outcomesOf(result)).toEqual(all(1));
				expect(enos.counters()).toMatchObject({ tokenGets: 2 });
			});
		});

		it('stops the run where a pasted token is not enough', async () => {
			const result = await enos.terminate(enos.seed(30), { key: 'accessToken' });
			expect(new Set(outcomesOf(result))).toEqual(new Set(['failed', 'notSent']));
			expect(result.error?.description).toMatch(
				/requires a signed request.*Enter the 'App Key' and the 'App Secret'/,
			);
			expect(enos.counters()).toMatchObject({ terminateCalls: 0 });
			expect(requestsTo(enos.vendor, 'POST', 'action=delete').length).toBeLessThanOrEqual(5);
		});
	});

	describe('a pasted token', () => {
		it.each(['', 'Bearer ', 'bearer  ', ' '])('needs no login (pasted with %p before it)', async (prefix) => {
			const accessToken = `${prefix}${String(credentialsOf(enos.vendor, 'accessToken')['accessToken'])}`;
			const result = await enos.terminateItems(enos.seed(5), {
				key: 'accessToken',
				credential: { accessToken },
			});
			expect(outcomesOf(result)).toEqual(all(5));
			expect(enos.vendor.journal.list()).toHaveLength(5);
		});

		it.each([31401, 33401, 'http401', 1203])(
			'that has expired has to be replaced (%s)',
			async (expiredUserToken) => {
				enos.configure({ expiredUserToken });
				const result = await enos.terminate(enos.seed(30), { key: 'expiredAccessToken' });
				expect(outcomesOf(result)).toEqual(all(30, 'notSent'));
				expect(result.error?.description).toMatch(/has expired or is not valid: paste a new one/);
				expect(enos.counters()).toMatchObject({ logins: 0, terminateCalls: 0 });
			},
		);

		it('without an organization says so', async () => {
			const result = await enos.terminate(enos.seed(1)[0], { key: 'accessTokenWithoutOrganization' });
			expect(result.error?.message).toMatch(/No organization is selected/i);
		});

		it.each([
			['', /'Access Token' in the credential is empty/],
			['a\tb', /characters that are not allowed in a token/],
		])('is refused when it is %j', async (accessToken, message) => {
			const result = await enos.terminate(enos.seed(1)[0], {
				key: 'accessToken',
				credential: { accessToken },
			});
			expect(result.error?.message).toMatch(message);
			expect(enos.vendor.journal.list()).toEqual([]);
		});
	});

	describe('refusals', () => {
		it.each([200, 'mapped'])('a missing right concerns one instance (HTTP %s)', async (errorHttpStatus) => {
			enos.configure({ errorHttpStatus });
			const [mine] = enos.seed(1);
			const [foreign] = enos.seed(1, { terminable: false });
			const result = await enos.terminate([foreign, mine], { onError: 'continueErrorOutput' });
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
				const ids = enos.seed(3);
				expect(outcomesOf(await enos.terminate(ids, { key }))).toEqual(all(3, 'failed'));
				expect(ids.map((id) => stateOf(enos.vendor, id))).toEqual(all(3, 'running'));
			},
		);

		it.each([99403, 498, 1003])('code %d stops the run', async (code) => {
			enos.arm({ kind: 'status', status: 200, body: JSON.stringify({ code }), ...COMMAND, times: 999 });
			const result = await enos.terminate(enos.seed(40));
			const outcomes = outcomesOf(result);
			expect(outcomes.filter((one) => one === 'failed').length).toBeLessThanOrEqual(5);
			expect(outcomes.filter((one) => one === 'notSent').length).toBeGreaterThanOrEqual(35);
			expect(requestsTo(enos.vendor, 'POST', 'action=delete').length).toBeLessThanOrEqual(5);
		});

		it('an address without the BPM service stops the run', async () => {
			enos.arm({ kind: 'html', status: 404, ...COMMAND, times: 999 });
			const result = await enos.terminate(enos.seed(40));
			expect(outcomesOf(result).filter((one) => one === 'notSent').length).toBeGreaterThanOrEqual(35);
			expect(result.error?.description).toMatch(/'Base URL'/);
		});
	});

	it.each(['signed', 'accessToken'])('lets no secret out that EnOS sends back (%s)', async (key) => {
		const credential = credentialsOf(enos.vendor, key);
		const { sessionToken } = (await enos.terminate(enos.seed(1)[0], { key })).credentials.stored(TYPE);
		const { token, extra } = JSON.parse(String(sessionToken)) as {
			token: string;
			extra: Record<string, string>;
		};
		const secrets = [token, extra['appToken'], credential['password'], credential['appSecret']];
		const body = JSON.stringify({ code: 33403, msg: secrets.join(' '), requestId: token });
		enos.arm({ kind: 'status', status: 200, body, ...COMMAND });
		const result = await enos.terminate(enos.seed(1)[0], { key, onError: 'continueErrorOutput' });
		expect(result.errors[0]?.json['details']).toMatchObject({
			vendorMessage: expect.stringContaining('***'),
			requestId: '***',
		});
	});

	it('takes a base URL with blanks and a slash, and refuses one with a path', async () => {
		const ids = enos.seed(2);
		const cleaned = await enos.terminate(ids[0], { credential: { baseUrl: ` ${enos.vendor.baseUrl}/ ` } });
		expect(outcomesOf(cleaned)).toEqual(all(1));
		const refused = await enos.terminate(ids[1], { credential: { baseUrl: `${enos.vendor.baseUrl}/app` } });
		expect(outcomesOf(refused)).toEqual(['notSent']);
		expect(refused.error?.message).toMatch(/path after the host name/);
	});
});
