import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

import type { IDataObject, IHttpRequestOptions } from 'n8n-workflow';

import { credentialType, runNode } from '../engine/engine';
import { testCredential } from '../engine/credentialTest';
import { credentialsOf, requestsTo, useVendor } from '../engine/sandboxes';
import { createUnifier } from '../sandbox/vendors/unifier/index.ts';

const TYPE = 'unifierApi';
const OK = { status: 'OK', message: 'Connection successful!' };

describe('Primavera Unifier API credential', () => {
	const vendor = useVendor(createUnifier);

	const test = async (key: string, change: object = {}) =>
		await testCredential(TYPE, { ...credentialsOf(vendor, key), ...change });

	const failure = (message: RegExp) => ({ status: 'Error', message: expect.stringMatching(message) });

	describe('test', () => {
		// To try the right by a terminate request, however empty, is nothing that a test may do.
		afterEach(() => {
			const changing = vendor.journal
				.list()
				.filter(({ method, url }) => method !== 'GET' || url.includes('terminate'));
			expect(changing).toEqual([]);
		});

		it.each([
			['unifierApi', '/v2/auth/token'],
			['v1Login', '/v1/login'],
			['v1OAuth', '/v1/oauth/token'],
			['v2OAuth', '/v2/auth/token'],
			['dollarUser', '/v2/auth/token'],
		])('passes with %s after one login', async (key, path) => {
			await expect(test(key)).resolves.toEqual(OK);
			expect(requestsTo(vendor, 'GET', path)).toHaveLength(1);
			expect(vendor.emulator.state()['counters']).toMatchObject({ logins: 1, unauthorized: 0, bpLists: 1 });
		});

		it('passes with a pasted token, without a login', async () => {
			await expect(test('accessToken')).resolves.toEqual(OK);
			await expect(test('accessToken', { accessToken: ' Bearer sandbox-access-token-1\n' })).resolves.toEqual(
				OK,
			);
			expect(vendor.emulator.state()['counters']).toMatchObject({ logins: 0 });
		});

		it.each(['/', '//', '/ws/rest/service', '/ws/rest/service/v1/login', '/unifier', '/unifier/'])(
			'passes with %s behind the base URL',
			async (end) => {
				await expect(test('unifierApi', { baseUrl: ` ${vendor.baseUrl}${end} ` })).resolves.toEqual(OK);
			},
		);

		it('passes where several tenants share the address, by the headers of the login or those entered', async () => {
			vendor.emulator.configure({ multiTenant: true });
			await expect(test('unifierApi')).resolves.toEqual(OK);
			await expect(test('tenantAccessToken')).resolves.toEqual(OK);
			const { tenant, tenantCode } = credentialsOf(vendor, 'tenantAccessToken');
			await expect(test('v1Login', { tenant, tenantCode })).resolves.toEqual(OK);
			await expect(test('accessToken')).resolves.toEqual(failure(/Tenant Code/));
		});

		describe('with a user who may not read', () => {
			it.each(['withoutAdmin', 'withoutRight'])('passes: %s', async (key) => {
				await expect(test(key)).resolves.toEqual(OK);
				expect(vendor.emulator.state()['counters']).toMatchObject({ forbidden: 1 });
			});

			it.each([
				['text', 'Forbidden'],
				['nothing', ''],
				['JSON', '{"data":[],"message":["No access."],"status":403}'],
				['other JSON', '{"error":"Forbidden"}'],
				['JSON with another code', '{"status":"1331","message":"No access."}'],
			])('passes whatever Unifier says with 403: %s', async (_name, body) => {
				vendor.faults.arm([{ kind: 'status', status: 403, body, path: '/admin/bps' }]);
				await expect(test('unifierApi')).resolves.toEqual(OK);
				expect(requestsTo(vendor, 'GET', '/admin/bps').map(({ status }) => status)).toEqual([403]);
			});

			it.each([
				['<html><h1>Forbidden</h1></html>'],
				['\n<!DOCTYPE html><html></html>'],
				['\ufeff<html></html>'],
			])('names both causes of a page: %j', async (body) => {
				vendor.faults.arm([{ kind: 'html', status: 403, body, path: '/admin/bps' }]);
				await expect(test('unifierApi')).resolves.toEqual(
					failure(/seem to come from Unifier\. Check the 'Base URL'.*proxy or firewall.*integration user/),
				);
			});
		});

		it.each([300, 302, 400, 402, 429, 500, 503])('still fails with %i', async (status) => {
			vendor.faults.arm([{ kind: 'status', status, body: 'No', path: '/admin/bps', times: 9 }]);
			await expect(test('unifierApi')).resolves.toMatchObject({ status: 'Error' });
		});

		it.each([
			['wrongPassword', /did not accept the login/],
			['inactiveUser', /did not accept the login/],
			['noIntegrationUser', /did not accept the login/],
			['expiredAccessToken', /did not accept the token\. .*pasted an access token, it may have expired/],
		])('tells what is wrong with %s', async (key, message) => {
			await expect(test(key)).resolves.toEqual(failure(message));
		});

		it('tells when the kind of user does not fit the token service', async () => {
			const { username, password } = credentialsOf(vendor, 'v1OAuth');
			await expect(test('v1Login', { username, password })).resolves.toEqual(
				failure(/did not accept the login/),
			);
		});

		it('shows what Unifier says about a locked user', async () => {
			vendor.emulator.configure({ lockedUsers: ['n8n-basic'] });
			await expect(test('unifierApi')).resolves.toEqual(
				failure(/code 1330: "The user is locked\. Contact your administrator\."/),
			);
		});

		it('names the choice of Authentication where its service is not there', async () => {
			vendor.faults.arm([{ kind: 'html', status: 404, path: '/oauth/token', times: 9 }]);
			await expect(test('v1OAuth')).resolves.toEqual(
				failure(/'V1 OAuth Token' login .*\(HTTP 404\): either the chosen 'Authentication'/),
			);
		});

		it('says that it met no trusted connection, or no host', async () => {
			const { port } = new URL(vendor.baseUrl);
			await expect(test('unifierApi', { baseUrl: `https://127.0.0.1:${port}/acme` })).resolves.toEqual(
				failure(/not sent because the connection is not trusted/),
			);
			await expect(test('unifierApi', { baseUrl: 'http://unifier.invalid/acme' })).resolves.toEqual(
				failure(/not sent because its host was not found/),
			);
		});

		it('never repeats a refused login', async () => {
			await test('wrongPassword');
			await test('wrongPassword');
			expect(vendor.emulator.state()['counters']).toMatchObject({ refusedLogins: 1 });
		});

		it.each([
			['an empty user name', { username: ' ' }, /'User Name'/],
			['an empty password', { password: '' }, /'Password'/],
			['an unknown kind', { authentication: 'saml' }, /'Authentication'/],
			['an empty token', { authentication: 'accessToken', accessToken: ' ' }, /'Access Token'/],
			['a token with a line break', { authentication: 'accessToken', accessToken: 'a\nb' }, /'Access Token'/],
			['a query', { baseUrl: 'https://unifier.example/acme?x=1' }, /'Base URL'/],
			['no scheme', { baseUrl: 'unifier.example/acme' }, /'Base URL'|Invalid URL|ERR_INVALID_URL/],
		])('refuses %s before anything is sent', async (_name, change, message) => {
			await expect(test('unifierApi', change)).resolves.toEqual(failure(message));
			expect(vendor.journal.list()).toEqual([]);
		});

		it.each([
			['a page with 404', { kind: 'html', status: 404 } as const, /does not seem to come from Unifier/],
			['a page with 200', { kind: 'html', status: 200 } as const, /does not seem to come from Unifier/],
			['half an answer', { kind: 'cut' } as const, /does not seem to come from Unifier/],
		])('tells of %s in place of the login and of the list', async (_name, fault, message) => {
			vendor.faults.arm([{ ...fault, path: '/auth/token', times: 9 }]);
			await expect(test('unifierApi')).resolves.toEqual(failure(message));
			vendor.faults.arm([{ ...fault, path: '/admin/bps' }]);
			await expect(test('accessToken')).resolves.toEqual(failure(message));
		});

		it.each([
			['nothing', { kind: 'empty' } as const, /does not seem to come from Unifier/],
			['another object', { kind: 'status', status: 200, body: '{"ok":true}' } as const, /no token/],
		])('tells of %s in place of the login', async (_name, fault, message) => {
			vendor.faults.arm([{ ...fault, path: '/auth/token', times: 9 }]);
			await expect(test('unifierApi')).resolves.toEqual(failure(message));
		});

		it.each([
			[{ status: 503 }, /HTTP 503/],
			[{ status: 429 }, /HTTP 429/],
			[{ status: 503, body: 'Down until noon' }, /HTTP 503.*"Down until noon"/],
			[
				{ status: 400, body: '{"message":"Bad login"}' },
				/could not process the login \(HTTP 400\) \("Bad login"\)/,
			],
			[{ status: 200, body: '{"data":{},"message":["No."],"status":500}' }, /code 500/],
			[{ status: 200, body: '{"data":{"access_token":"abc"},"status":"895"}' }, /code 895/],
			[{ status: 200, body: '{"status":200,"data":{"access_token":"a b"}}' }, /no token/],
			[{ status: 200, body: '{"status":200,"token":7}' }, /no token/],
		])('tells of a login that answers %p', async (fault, message) => {
			vendor.faults.arm([{ kind: 'status', ...fault, path: '/auth/token', times: 9 }]);
			await expect(test('unifierApi')).resolves.toEqual(failure(message));
		});

		it.each([500, '602', 3002])('tells of a list that answers code %p', async (code) => {
			const body = JSON.stringify({ data: [], message: [''], status: code });
			vendor.faults.arm([{ kind: 'status', status: 200, body, path: '/admin/bps' }]);
			await expect(test('unifierApi')).resolves.toEqual(failure(new RegExp(`code ${code}`)));
		});

		it('tells when nobody answers the login', async () => {
			vendor.faults.arm([{ kind: 'reset', path: '/auth/token', times: 9 }]);
			await expect(test('unifierApi')).resolves.toEqual(
				failure(/received no response: the connection was lost/),
			);
		});

		it('follows no redirect', async () => {
			for (const path of ['/auth/token', '/admin/bps']) {
				vendor.faults.arm([{ kind: 'redirect', location: `${vendor.baseUrl}/stolen?x=1`, path }]);
				const { status, message } = await test('unifierApi', { tenant: path.slice(1, 3) });
				expect(status).toBe('Error');
				expect(message).not.toContain('stolen');
			}
			expect(requestsTo(vendor, 'GET', '/stolen')).toEqual([]);
		});
	});

	describe('authenticate', () => {
		const authenticate = async (credentials: IDataObject, options: IHttpRequestOptions) => {
			const type = await credentialType(TYPE);
			if (typeof type.authenticate !== 'function') throw new Error('It is a function');
			return await type.authenticate(credentials as never, options);
		};
		const pasted = {
			baseUrl: 'https://u.example/acme/',
			authentication: 'accessToken',
			accessToken: 'abc.def',
		};

		it('adds the token and keeps what was there', async () => {
			const options = { url: '/x', method: 'PUT' as const, headers: { accept: 'a' }, body: { b: 1 } };
			await expect(authenticate(pasted, options)).resolves.toEqual({
				...options,
				headers: { accept: 'a', Authorization: 'Bearer abc.def' },
			});
		});

		it.each([
			[' https://u.example/acme/ ', 'https://u.example/acme'],
			['https://u.example/acme/stage//', 'https://u.example/acme/stage'],
			['https://u.example/acme/ws/rest/service/v2/auth/token', 'https://u.example/acme'],
			['https://u.example/ws/rest/service', 'https://u.example'],
			['https://u.example/acme/unifier', 'https://u.example/acme'],
			['https://u.example/unifier', 'https://u.example/unifier'],
			['http://u.example:8080', 'http://u.example:8080'],
		])('cleans %s', async (baseUrl, baseURL) => {
			const options = await authenticate({ ...pasted, baseUrl }, { url: '/x', baseURL: baseUrl });
			expect(options.baseURL).toBe(baseURL);
		});

		it('leaves a request alone that has no base URL', async () => {
			expect(await authenticate(pasted, { url: 'https://u.example/acme/y' })).not.toHaveProperty('baseURL');
		});

		it('sends what was entered as tenant', async () => {
			const { headers } = await authenticate({ ...pasted, tenant: ' t ', tenantCode: 'c' }, { url: '/x' });
			expect(headers).toEqual({
				Authorization: 'Bearer abc.def',
				'x-unifier-tenant': 't',
				'x-unifier-tenant-code': 'c',
			});
		});

		it('never uses a session of other settings', async () => {
			const { credentials: kept } = await runNode({
				node: 'unifier',
				parameters: { bpName: { __rl: true, mode: 'name', value: 'Vendors' }, recordNumbers: 'VEN-1' },
				credentials: { [TYPE]: credentialsOf(vendor, 'v2OAuth') },
			});
			const credentials = kept.stored(TYPE);
			const same = await authenticate({ ...credentials }, { url: '/x' });
			expect(same.headers).toEqual({
				Authorization: expect.stringMatching(/^Bearer sandbox-token-oauth-/),
				'x-unifier-tenant': 'sandbox-tenant',
				'x-unifier-tenant-code': 'sandbox-tenant-code-1',
			});
			for (const change of [
				{ password: 'other' },
				{ username: 'other' },
				{ baseUrl: 'https://other.example/acme' },
				{ authentication: 'v1Login' },
				{ tenantCode: 'other' },
			]) {
				const { headers } = await authenticate({ ...credentials, ...change }, { url: '/x' });
				expect(headers?.['Authorization']).toBe('Bearer none');
			}
		});
	});

	it('logs in with UTF-8 in base64, and does not touch dollar signs', async () => {
		const seen: Array<string | undefined> = [];
		const server = createServer((request, response) => {
			seen.push(request.headers.authorization);
			response.end('{"status":200,"data":{"access_token":"t"}}');
		}).listen(0);
		const { port } = server.address() as AddressInfo;
		await test('unifierApi', { baseUrl: `http://127.0.0.1:${port}`, username: '$$ä', password: ' $&pä' });
		server.close();
		expect(seen[0]).toBe(`Basic ${Buffer.from('$$ä: $&pä').toString('base64')}`);
	});
});
