import { signatureOf } from '../../nodes/EnosBpm/api/signature';
import { credentialType } from '../engine/engine';
import { testCredential } from '../engine/credentialTest';
import { credentialsOf, requestsTo, useVendor } from '../engine/sandboxes';
import type { JsonObject } from '../sandbox/core/emulator.ts';
import type { Fault } from '../sandbox/core/faults.ts';
import { createEnosBpm } from '../sandbox/vendors/enosBpm/index.ts';

const TYPE = 'enosBpmApi';
const LIST = '/enos-bpm-service/v2.0/work/process-instances/queryList';

describe('EnOS BPM API credential', () => {
	const vendor = useVendor(createEnosBpm);

	const test = async (key: string, change: object = {}) =>
		await testCredential(TYPE, { ...credentialsOf(vendor, key), ...change });

	describe('its test', () => {
		it.each([TYPE, 'accessToken', 'signed', 'secondOrganization', 'singleOrganization'])(
			'passes with %s',
			async (key) => {
				await expect(test(key)).resolves.toEqual({ status: 'OK', message: 'Connection successful!' });
				const [request, ...more] = requestsTo(vendor, 'POST', LIST);
				expect(JSON.parse(request?.body ?? '')).toEqual({
					processStatus: 'inProgress',
					pagination: { current: 0, pageSize: 1 },
				});
				expect(more).toEqual([]);
			},
		);

		it.each<JsonObject>([
			{ portalSuccess: 200 },
			{ sessionSetToken: 'new' },
			{ errorHttpStatus: 'mapped' },
			{ mfaType: 'absent' },
			{ portalPaths: 'v2.0' },
			{ listRow: 'firstFields' },
		])('passes with %j', async (switches) => {
			vendor.emulator.configure(switches);
			await expect(test(TYPE)).resolves.toMatchObject({ status: 'OK' });
		});

		it.each(['/', ' ', '/ '])('passes with %p behind the base URL', async (tail) => {
			await expect(test(TYPE, { baseUrl: vendor.baseUrl + tail })).resolves.toMatchObject({ status: 'OK' });
		});

		it.each<[string, RegExp]>([
			['wrongPassword', /'Account' or 'Password' in the credential is wrong/],
			['noOrganization', /Enter one of them as the 'Organization ID'.*o10000000000001.*o10000000000002/],
			[
				'unknownOrganization',
				/o19999999999999 is not available to this account; it may use: o10000000000001/,
			],
			['unknownAppKey', /does not know the 'App Key'/],
			['wrongAppSecret', /'App Secret'.*clock/],
			['expiredAccessToken', /expired or is not valid.*paste a new one/i],
			['accessTokenWithoutOrganization', /No organization is selected/],
		])('tells what is wrong with %s', async (key, message) => {
			for (const errorHttpStatus of [200, 'mapped']) {
				vendor.emulator.configure({ errorHttpStatus });
				const told = await test(key);
				expect(told).toEqual({ status: 'Error', message: expect.stringMatching(message) });
				expect(vendor.emulator.mask(told.message)).toBe(told.message);
			}
		});

		it.each<[number, RegExp]>([
			[31401, /Paste a new one/],
			[401, /Paste a new one/],
			[1203, /Paste a new one/],
			[1204, /Paste a new one/],
			[31400, /Account, Password and Organization ID/],
			[31404, /Organization ID/],
			[31429, /locked/],
			[31512, /No organization is selected/],
			[1001, /Test again/],
			[1002, /App Key/],
			[1003, /App Secret and the clock/],
			[497, /App Secret and the clock/],
			[1004, /Enter the App Key and the App Secret/],
			[1202, /Enter the App Key and the App Secret/],
			[1005, /not handle the test at the moment/],
			[99500, /not handle the test at the moment/],
			[33500, /not handle the test at the moment/],
			[429, /not handle the test at the moment/],
			[500, /not handle the test at the moment/],
			[503, /not handle the test at the moment/],
			[504, /not handle the test at the moment/],
			[404, /Base URL.*BPM service/],
			[33401, /Paste a new one/],
			[4011, /Paste a new one/],
			[4012, /Paste a new one/],
			[33403, /may not list process instances/],
			[403, /not authorized/],
			[498, /not authorized/],
			[99403, /not authorized/],
			[77777, /Base URL/],
		])('words code %d', async (code, message) => {
			for (const [key, status] of [
				['code', 200],
				['status', 403],
				['stauts', 200],
			] as const) {
				vendor.faults.arm([
					{ kind: 'status', status, body: JSON.stringify({ [key]: code, data: null }), path: LIST },
				]);
				await expect(test('accessToken')).resolves.toEqual({
					status: 'Error',
					message: expect.stringMatching(message),
				});
			}
		});

		it.each<[string, Fault]>([
			['HTML', { kind: 'html', status: 200 }],
			['an HTML 404', { kind: 'html', status: 404 }],
			['nothing', { kind: 'empty' }],
			['half an answer', { kind: 'cut' }],
			['a redirect', { kind: 'redirect', location: 'https://elsewhere.example/' }],
			['other JSON', { kind: 'status', status: 200, body: '{"ok":true}' }],
			['a success without data', { kind: 'status', status: 200, body: '{"code":0,"data":null}' }],
		])('says so when the answer is %s', async (_name, fault) => {
			vendor.faults.arm([{ ...fault, path: LIST }]);
			await expect(test('accessToken')).resolves.toEqual({
				status: 'Error',
				message: expect.stringMatching(/Base URL/),
			});
		});

		it.each([429, 500, 502, 503, 504])('says that EnOS is busy or broken after HTTP %d', async (status) => {
			vendor.faults.arm([{ kind: 'html', status, path: LIST }]);
			await expect(test('accessToken')).resolves.toEqual({
				status: 'Error',
				message: expect.stringMatching(/not handle the test at the moment/),
			});
		});

		it('passes with an empty list that is null', async () => {
			const body = '{"code":0,"msg":"","data":{"pagination":{"total":0},"processInstances":null}}';
			vendor.faults.arm([{ kind: 'status', status: 200, body, path: LIST }]);
			await expect(test('accessToken')).resolves.toMatchObject({ status: 'OK' });
		});

		it('fails where the gateway asks the BPM service alone for signatures', async () => {
			vendor.emulator.configure({ signature: 'required', signedServices: 'bpm' });
			for (const key of [TYPE, 'accessToken']) {
				await expect(test(key)).resolves.toEqual({
					status: 'Error',
					message: expect.stringMatching(/Enter the App Key and the App Secret/),
				});
			}
			await expect(test('signed')).resolves.toMatchObject({ status: 'OK' });
		});

		it('fails where the portal is there and the BPM service is not', async () => {
			vendor.emulator.configure({ bpm: 'absent' });
			await expect(test(TYPE)).resolves.toEqual({
				status: 'Error',
				message: expect.stringMatching(/Base URL.*BPM service/),
			});
		});

		it('replaces an application token that has died since, and passes', async () => {
			vendor.emulator.configure({ signature: 'required', signedServices: 'bpm' });
			await expect(test('signedAccessToken')).resolves.toMatchObject({ status: 'OK' });
			vendor.emulator.configure({ expireNow: 'appTokens' });
			const told = await test('signedAccessToken');
			expect([told.status, told.message]).toEqual(['OK', 'Connection successful!']);
		});

		it.each(['no address', 'ftp://host.example', 'https://host.example/path'])(
			'refuses %p as base URL',
			async (baseUrl) => {
				await expect(test(TYPE, { baseUrl })).resolves.toEqual({
					status: 'Error',
					message: expect.stringMatching(/'Base URL' in the credential/),
				});
			},
		);

		it('says so when nobody is there', async () => {
			await expect(test(TYPE, { baseUrl: 'http://127.0.0.1:1' })).resolves.toEqual({
				status: 'Error',
				message: expect.stringMatching(/did not get through: the server refused the connection/),
			});
		});
	});

	describe('authenticate', () => {
		const authenticate = async (credentials: JsonObject, options: object): Promise<any> => {
			const type = await credentialType(TYPE);
			if (typeof type.authenticate !== 'function') throw new Error('Not a function');
			return await type.authenticate(credentials as never, options as never);
		};
		const loggedIn = async (key: string): Promise<JsonObject> => {
			const credentials = credentialsOf(vendor, key);
			const type = await credentialType(TYPE);
			const request = async ({ baseURL = '', url, ...init }: { baseURL?: string; url: string }) => {
				const response = await fetch(baseURL + url, init);
				return { statusCode: response.status, headers: {}, body: await response.text() };
			};
			const output = await type.preAuthentication?.call({ helpers: { httpRequest: request } }, {
				...credentials,
				sessionToken: '',
			} as never);
			return { ...credentials, ...(output as JsonObject) };
		};

		it('sets the bearer and cleans the address, and leaves the rest alone', async () => {
			const credentials: JsonObject = {
				...credentialsOf(vendor, 'accessToken'),
				baseUrl: ' https://host.example/ ',
			};
			const options = {
				baseURL: 'https://host.example/',
				url: '/a?b=c',
				headers: { x: 'y' },
				body: { k: 1 },
				method: 'POST',
			};
			const result = await authenticate(credentials, options);
			expect(result).toEqual({
				...options,
				baseURL: 'https://host.example',
				headers: { x: 'y', Authorization: `Bearer ${String(credentials['accessToken'])}` },
			});
			expect(options.headers).toEqual({ x: 'y' });
			expect(await authenticate(credentials, { url: 'https://host.example/a' })).not.toHaveProperty(
				'baseURL',
			);
		});

		it.each<[string, object, Array<[string, string]>, string]>([
			[
				'a text',
				{ method: 'POST', url: '/p?b=%26&a=1', body: '{ "k": 1 }' },
				[
					['a', '1'],
					['b', '&'],
				],
				'{ "k": 1 }',
			],
			[
				'an object',
				{ method: 'POST', url: '/p', qs: { z: 1, a: 'x y' }, body: { k: 'é' } },
				[
					['a', 'x y'],
					['z', '1'],
				],
				'{"k":"é"}',
			],
			['a list', { method: 'PUT', url: '/p', body: [1] }, [], '[1]'],
			['nothing', { method: 'POST', url: '/p' }, [], ''],
			['a body that GET does not send', { url: '/p?x=1', body: { k: 1 } }, [['x', '1']], ''],
		])('signs %s with its query', async (_name, options, query, body) => {
			const credentials = await loggedIn('signed');
			const once = await authenticate(credentials, { ...options, baseURL: vendor.baseUrl });
			const twice = await authenticate(credentials, once);
			for (const { headers, body: sent } of [once, twice]) {
				expect(headers['apim-signature']).toBe(
					signatureOf({
						accessToken: headers['apim-accesstoken'],
						appSecret: String(credentials['appSecret']),
						timestamp: headers['apim-timestamp'],
						query,
						body,
					}),
				);
				if (body !== '') {
					expect(sent).toBe(body);
					expect(headers['content-type']).toBe('application/json;charset=UTF-8');
				}
			}
			expect(Number(twice.headers['apim-timestamp'])).toBeGreaterThan(Number(once.headers['apim-timestamp']));
			expect(Object.keys(twice.headers).sort()).toEqual(Object.keys(once.headers).sort());
		});

		it('keeps a content type that is there', async () => {
			const headers = { 'Content-Type': 'application/json' };
			const result = await authenticate(await loggedIn('signed'), {
				baseURL: vendor.baseUrl,
				url: '/p',
				method: 'POST',
				body: '{}',
				headers,
			});
			expect(result.headers).toMatchObject(headers);
			expect(result.headers).not.toHaveProperty('content-type');
		});

		it('has n8n log in where the session belongs to other settings', async () => {
			const { sessionToken } = await loggedIn(TYPE);
			const other = { ...credentialsOf(vendor, 'signed'), sessionToken: sessionToken ?? '' };
			await expect(authenticate(other, { url: '/p' })).rejects.toMatchObject({ response: { status: 401 } });
			expect(vendor.emulator.state()['counters']).toMatchObject({ logins: 1 });
		});
	});

	it('keeps its session in a field that n8n renews and masks', async () => {
		const type = await credentialType(TYPE);
		const hidden = type.properties.filter(({ type: kind }) => kind === 'hidden');
		expect(hidden).toEqual([
			{
				displayName: 'Session Token',
				name: 'sessionToken',
				type: 'hidden',
				typeOptions: { expirable: true, password: true },
				default: '',
			},
		]);
	});
});
