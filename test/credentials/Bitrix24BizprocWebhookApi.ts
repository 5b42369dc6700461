import { knownError } from '../../nodes/Bitrix24/api/errors';
import { testCredential } from '../engine/credentialTest';
import { credentialType } from '../engine/engine';
import { credentialsOf, useVendor } from '../engine/sandboxes';
import { createBitrix24 } from '../sandbox/vendors/bitrix24/index.ts';

const TYPE = 'bitrix24BizprocWebhookApi';

describe('Bitrix24 webhook credential', () => {
	const vendor = useVendor(createBitrix24);

	const test = async (key: string, change: object = {}) =>
		await testCredential(TYPE, { ...credentialsOf(vendor, key), ...change });

	it('passes with a good webhook, by reading nothing', async () => {
		vendor.emulator.seed(3, {});
		await expect(test(TYPE)).resolves.toEqual({ status: 'OK', message: 'Connection successful!' });
		const requests = vendor.journal.list();
		expect(requests).toHaveLength(1);
		expect(requests[0]).toMatchObject({
			method: 'POST',
			url: '/rest/1/***/bizproc.workflow.instances',
			body: '{"SELECT":["ID"],"FILTER":{"ID":"0"}}',
		});
		expect(requests[0]?.headers['content-type']).toBe('application/json');
	});

	it.each(['', '/', '/profile', '/bizproc.workflow.terminate.json', '/department.get.json?ID=42', '//'])(
		'passes with %p behind the code',
		async (end) => {
			const webhookUrl = String(credentialsOf(vendor, TYPE)['webhookUrl']).replace(/\/$/, '') + end;
			await expect(test(TYPE, { webhookUrl })).resolves.toMatchObject({ status: 'OK' });
		},
	);

	it.each([
		['webhookNotAdmin', {}, /Only a Bitrix24 administrator/],
		['webhookInactiveUser', {}, /did not accept the user|blocked or dismissed/],
		['webhookNoScope', {}, /bizproc/],
		['webhookNoScope', { authStatus: 'code' }, /bizproc/],
		['webhookWrongCode', {}, /did not accept the credential/],
		['webhookWrongCode', { webhookAuthError: 'NO_AUTH_FOUND' }, /did not accept the credential/],
		['webhookWrongCode', { authStatus: 'code' }, /did not accept the credential/],
		['webhookRevoked', {}, /did not accept the credential/],
		['webhookExpired', {}, /did not accept the credential/],
		['webhookHeld', {}, /overload/],
		[TYPE, { requireHttps: true }, /HTTPS only/],
		[TYPE, { plan: 'noRest' }, /plan of this portal/],
		[TYPE, { plan: 'noRest', authStatus: 'code' }, /plan of this portal/],
		[TYPE, { plan: 'noRest', authStatus: 'code', generation: 'old' }, /plan of this portal/],
		[TYPE, { plan: 'noBizproc' }, /not available on this portal/],
		[TYPE, { deny: 'paymentRequired' }, /subscription/],
		[TYPE, { deny: 'portalDeleted' }, /closed/],
	])('tells what is wrong with %s, %p', async (key, switches, message) => {
		vendor.emulator.configure(switches);
		await expect(test(key)).resolves.toEqual({ status: 'Error', message: expect.stringMatching(message) });
	});

	const answering = (status: number, error: string, error_description: string): void =>
		vendor.faults.arm([{ kind: 'status', status, body: JSON.stringify({ error, error_description }) }]);

	it.each([
		['QUERY_LIMIT_EXCEEDED', 503, /is limiting the number of requests/],
		['OPERATION_TIME_LIMIT', 429, /execution time/],
		['invalid_credentials', 403, /did not accept the credential \(code invalid_credentials\)\./],
		['INSUFFICIENT_SCOPE', 403, /bizproc/],
		['ACCESS_DENIED', 403, /\(code ACCESS_DENIED\)\..* Run the node to see what Bitrix24 says\.$/],
		['authorization_error', 401, /did not accept the user/],
		['CONNECTION_ERROR', 401, /could not reach the authorization server/],
		['INTERNAL_SERVER_ERROR', 500, /is having trouble/],
	])('tells what the code %p means, in the words of the node', async (error, status, message) => {
		answering(status, error, 'words');
		await expect(test(TYPE)).resolves.toEqual({ status: 'Error', message: expect.stringMatching(message) });
	});

	it.each([
		['ACCESS_DENIED', 'REST API is available only on commercial plans'],
		['ACCESS_DENIED', 'REST is available only on commercial plans'],
		['ACCESS_DENIED', 'REST is available only by subscription'],
		['ACCESS_DENIED', "Current user can't be authorized in this context"],
		['ACCESS_DENIED', 'Access denied! Application context required'],
		['ACCESS_DENIED', 'Access denied!'],
		['authorization_error', 'Unable to authorize user'],
	])('reads %s "%s" as the node does, with and without a full stop', async (code, description) => {
		const { reason, hint } = knownError({ code, description }, 401);
		for (const words of [description, `${description}.`]) {
			answering(401, code, words);
			const { status, message } = await test(TYPE);
			expect(status).toBe('Error');
			const sentences = `${reason} (code ${code}: "${words}"). ${hint}`;
			expect(message.toLowerCase()).toBe(sentences.toLowerCase());
		}
	});

	it.each([
		['SOMETHING_NEW', 400],
		['', 400],
		['ERROR_CORE', 400],
		['constructor', 401],
	])('speaks of no single cause after %p', async (error, status) => {
		answering(status, error, 'words');
		const { message } = await test(TYPE);
		expect(message).toMatch(/is not the list/);
		for (const cause of [/again later/, /URL/, /owner/, /plan/]) expect(message).toMatch(cause);
	});

	it.each([
		{ kind: 'html', status: 200 },
		{ kind: 'html', status: 404 },
		{ kind: 'html', status: 502 },
		{ kind: 'empty' },
		{ kind: 'cut' },
		{ kind: 'redirect', location: 'http://127.0.0.1:9/elsewhere' },
	] as const)('says so when something else answers: %p', async (fault) => {
		vendor.faults.arm([fault]);
		await expect(test(TYPE)).resolves.toEqual({
			status: 'Error',
			message: expect.stringMatching(/is not the list/),
		});
		expect(vendor.journal.list()).toHaveLength(1);
	});

	it.each([
		['https://portal.example/', /'Webhook URL'.* is not the URL of an inbound webhook/],
		['http://portal.example/rest/1/code1code1/', /'Webhook URL'.* does not start with https/],
		['portal.example/rest/1/code1code1', /'Webhook URL'.* is not a complete URL/],
		['', /'Webhook URL'.* is not a complete URL/],
	])('refuses %p, and does not show it', async (webhookUrl, message) => {
		const result = await test(TYPE, { webhookUrl });
		expect(result).toEqual({ status: 'Error', message: expect.stringMatching(message) });
		// The dialog shows nothing but the message, so what to do is in it.
		expect(result.message).toMatch(/\. (Copy it|Include|Remove|Each request) .*\.$/);
		expect(result.message).not.toContain('code1code1');
	});

	it('adds its secret to requests to the portal, twice like once', async () => {
		const { authenticate } = await credentialType(TYPE);
		if (typeof authenticate !== 'function') throw new Error('A function was expected');
		const webhookUrl = 'https://portal.example/rest/1/code1code1/';
		const once = await authenticate(
			{ webhookUrl },
			{ baseURL: 'https://portal.example/rest', url: '/batch' },
		);
		expect(once).toEqual({ url: 'https://portal.example/rest/1/code1code1/batch' });
		expect(await authenticate({ webhookUrl }, once)).toEqual(once);
		const other = { url: 'https://other.example/rest/batch' };
		expect(await authenticate({ webhookUrl }, other)).toEqual(other);
	});

	it('masks its URL', async () => {
		const { properties } = await credentialType(TYPE);
		expect(properties.map(({ name }) => name)).toEqual(['webhookUrl', 'allowUnauthorizedCerts']);
		expect(properties[0]).toMatchObject({ typeOptions: { password: true } });
	});
});
