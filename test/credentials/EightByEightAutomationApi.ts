import { testCredential } from '../engine/credentialTest';
import { credentialsOf, useVendor } from '../engine/sandboxes';
import { createEightByEight } from '../sandbox/vendors/eightByEight/index.ts';

const TYPE = 'eightByEightAutomationApi';

describe('8x8 Automation API credential', () => {
	const vendor = useVendor(createEightByEight);

	const test = async (key: string, change: object = {}) =>
		await testCredential(TYPE, { ...credentialsOf(vendor, key), ...change });

	it('passes with a good key', async () => {
		await expect(test(TYPE)).resolves.toEqual({ status: 'OK', message: 'Connection successful!' });
	});

	it('passes with a trailing slash at the base URL', async () => {
		await expect(test(TYPE, { baseUrl: `${vendor.baseUrl}/` })).resolves.toMatchObject({ status: 'OK' });
	});

	it('passes with an account that has no definitions', async () => {
		vendor.faults.arm([{ kind: 'status', status: 200, body: '[]' }]);
		await expect(test(TYPE)).resolves.toEqual({ status: 'OK', message: 'Connection successful!' });
	});

	it.each([
		['wrongKey', /did not accept the API key/],
		['disabledKey', /did not accept the API key/],
		['foreignAccount', /no access to this account/],
		['subAccountAsAccount', /no access to this account.* sub-account ID, such as one that ends in _hq/],
		['notEnabledAccount', /no access to this account/],
	])('tells what is wrong with %s', async (key, message) => {
		await expect(test(key)).resolves.toEqual({ status: 'Error', message: expect.stringMatching(message) });
	});

	it.each([
		['automation.8x8.com', /'Base URL'.* is not a complete URL/],
		['http://automation.8x8.com', /'Base URL'.* does not start with https/],
	])('tells what is wrong with the address %s', async (baseUrl, message) => {
		await expect(test(TYPE, { baseUrl })).resolves.toEqual({
			status: 'Error',
			message: expect.stringMatching(message),
		});
	});

	it.each([
		['a page', { kind: 'html', status: 200 }],
		['a page behind a blank line', { kind: 'html', status: 200, body: '\r\n<html>Sign in</html>' }],
		['a text', { kind: 'html', status: 200, body: 'It works!' }],
		['a word of JSON', { kind: 'status', status: 200, body: 'null' }],
		['a text of JSON', { kind: 'status', status: 200, body: '"ok"' }],
		['an empty object', { kind: 'status', status: 200, body: '{}' }],
		['an error of 8x8', { kind: 'status', status: 200, body: '{"code":1201,"message":"Access forbidden"}' }],
		['nothing', { kind: 'empty' }],
		['no content', { kind: 'status', status: 204 }],
	] as const)('fails with %s in place of the list', async (_name, fault) => {
		vendor.faults.arm([fault]);
		await expect(test(TYPE)).resolves.toEqual({
			status: 'Error',
			message: expect.stringMatching(/^The response is not the list of definitions.*Base URL/),
		});
	});

	it.each([
		['a page', { kind: 'html', status: 404 }],
		['nothing', { kind: 'status', status: 404 }],
	] as const)('says so when something else answers 404 with %s', async (_name, fault) => {
		vendor.faults.arm([fault]);
		await expect(test(TYPE)).resolves.toEqual({
			status: 'Error',
			message: expect.stringMatching(/Base URL/),
		});
	});

	it('names the account where 8x8 answers 404 for one that is not enabled', async () => {
		vendor.emulator.configure({ notEnabled: 404 });
		await expect(test(TYPE)).resolves.toEqual({
			status: 'Error',
			message: expect.stringMatching(/Account ID.* ends in _hq.*enabled the account/),
		});
	});

	it.each([301, 302, 303, 307, 308])('does not follow a redirect (%i), and says so', async (status) => {
		vendor.faults.arm([{ kind: 'redirect', status, location: `${vendor.baseUrl}/elsewhere` }]);
		await expect(test(TYPE)).resolves.toEqual({
			status: 'Error',
			message: expect.stringMatching(/redirects are not followed.*Base URL/),
		});
		expect(vendor.journal.list()).toHaveLength(1);
	});

	it.each([
		[410, /no longer offers this version/],
		[426, /requires TLS 1\.3/],
		[429, /is limiting the number of requests.*key itself may be fine/],
		[500, /trouble.*key itself may be fine/],
		[503, /trouble.*key itself may be fine/],
	])('says what HTTP %i means', async (status, message) => {
		vendor.faults.arm([{ kind: 'status', status }]);
		await expect(test(TYPE)).resolves.toEqual({
			status: 'Error',
			message: expect.stringMatching(message),
		});
	});
});
