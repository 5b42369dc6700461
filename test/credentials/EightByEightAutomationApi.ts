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

	it.each([
		['wrongKey', /did not accept the API key/],
		['disabledKey', /did not accept the API key/],
		['foreignAccount', /no access to this account/],
		['subAccountAsAccount', /no access to this account/],
		['notEnabledAccount', /no access to this account/],
	])('tells what is wrong with %s', async (key, message) => {
		await expect(test(key)).resolves.toEqual({ status: 'Error', message: expect.stringMatching(message) });
	});

	it.each([
		['automation.8x8.com', /'Base URL'.* is not a complete address/],
		['http://automation.8x8.com', /'Base URL'.* does not start with https/],
	])('tells what is wrong with the address %s', async (baseUrl, message) => {
		await expect(test(TYPE, { baseUrl })).resolves.toEqual({
			status: 'Error',
			message: expect.stringMatching(message),
		});
	});

	it('says so when something else answers', async () => {
		vendor.faults.arm([{ kind: 'html', status: 404 }]);
		await expect(test(TYPE)).resolves.toEqual({
			status: 'Error',
			message: expect.stringMatching(/Base URL/),
		});
	});

	it('does not follow a redirect', async () => {
		vendor.faults.arm([{ kind: 'redirect', location: `${vendor.baseUrl}/elsewhere` }]);
		await expect(test(TYPE)).resolves.toMatchObject({ status: 'Error' });
	});
});
