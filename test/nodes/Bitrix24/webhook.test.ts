import { connectionFor } from '../../../nodes/Bitrix24/connection';
import { addWebhookSecret, readWebhookUrl } from '../../../nodes/Bitrix24/webhook';
import { CredentialError } from '../../../nodes/core/connection/credentialError';

const CODE = 'a1b2c3d4e5f6g7h8';
const URL_OF_WEBHOOK = `https://portal.example/rest/14/${CODE}/`;

describe('a webhook URL', () => {
	it.each([
		[`https://portal.example/rest/14/${CODE}`, 'https://portal.example'],
		[URL_OF_WEBHOOK, 'https://portal.example'],
		[`  ${URL_OF_WEBHOOK}\n`, 'https://portal.example'],
		[`${URL_OF_WEBHOOK}profile`, 'https://portal.example'],
		[`${URL_OF_WEBHOOK}profile.json`, 'https://portal.example'],
		[`${URL_OF_WEBHOOK}bizproc.workflow.terminate.json/`, 'https://portal.example'],
		// For REST 3.0, by the same webhook.
		[`https://portal.example/rest/api/14/${CODE}/`, 'https://portal.example'],
		[`https://portal.example/rest/api/14/${CODE}/profile`, 'https://portal.example'],
		// As the documentation prints them.
		[`${URL_OF_WEBHOOK}department.get.json?ID=42`, 'https://portal.example'],
		[`${URL_OF_WEBHOOK}crm.deal.list?filter[>ID]=1&start=0#result`, 'https://portal.example'],
		[`https://portal.example/rest/14/${CODE}?auth=1`, 'https://portal.example'],
		[`https://bitrix.company.local:8443/rest/14/${CODE}/`, 'https://bitrix.company.local:8443'],
		[`http://127.0.0.1:5010/rest/14/${CODE}/`, 'http://127.0.0.1:5010'],
		[`http://localhost/rest/14/${CODE}/`, 'http://localhost'],
	])('is taken apart: %s', (value, origin) => {
		expect(readWebhookUrl(value)).toEqual({ origin, secretPath: `/rest/14/${CODE}`, code: CODE });
	});

	it.each([
		[''],
		[undefined],
		[5],
		['portal.example'],
		['https://portal.example'],
		['https://portal.example/rest/'],
		['https://portal.example/rest/14'],
		[`https://portal.example/rest/${CODE}/14/`],
		[`https://portal.example/rest/api/${CODE}/14/`],
		[`https://portal.example/rest/api/`],
		[`https://portal.example/sub/rest/14/${CODE}/`],
		[`https://portal.example/rest/14/${CODE}/a/b`],
		[`https://portal.example/rest/14/%2e%2e/profile`],
		[`http://portal.example/rest/14/${CODE}/`],
		[`ftp://portal.example/rest/14/${CODE}/`],
		[`https://portal.example/?url=/rest/14/${CODE}/`],
		[`https://user:pass@portal.example/rest/14/${CODE}/`],
	])('is refused without being shown: %p', (value) => {
		expect.assertions(5);
		try {
			readWebhookUrl(value);
		} catch (error) {
			const { message, hint } = error as CredentialError;
			expect(error).toBeInstanceOf(CredentialError);
			expect(message).toContain("'Webhook URL'");
			expect(message).toContain(hint);
			expect(message).not.toContain(CODE);
			expect(message).not.toContain('portal.example');
		}
	});
});

describe('the secret part', () => {
	const add = (options: { baseURL?: string; url: string }) => addWebhookSecret(URL_OF_WEBHOOK, options);
	const whole = ({ baseURL, url }: { baseURL?: string; url: string }) =>
		baseURL === undefined ? url : baseURL + url;

	it.each([
		['https://portal.example/rest', '/batch', `${URL_OF_WEBHOOK}batch`],
		['https://portal.example/rest/', 'batch', `${URL_OF_WEBHOOK}batch`],
		['https://portal.example', '/rest/batch.json?a=%20b&c=1', `${URL_OF_WEBHOOK}batch.json?a=%20b&c=1`],
		[undefined, 'https://portal.example/rest/profile', `${URL_OF_WEBHOOK}profile`],
		['https://other.example', 'https://portal.example/rest/profile', `${URL_OF_WEBHOOK}profile`],
		[undefined, 'https://PORTAL.example:443/rest/profile', `${URL_OF_WEBHOOK}profile`],
		[undefined, 'https://portal.example/rest', `https://portal.example/rest/14/${CODE}`],
		[undefined, `https://portal.example/rest/14/${CODE}x/profile`, `${URL_OF_WEBHOOK}14/${CODE}x/profile`],
	])('goes into %p + %p', (baseURL, url, expected) => {
		const once = add({ ...(baseURL !== undefined && { baseURL }), url });
		expect(whole(once)).toBe(expected);
		expect(add(once)).toEqual(once);
	});

	it.each([
		['https://evil.example/rest', '/batch'],
		[undefined, 'https://evil.example/rest/batch'],
		[undefined, 'https://portal.example.evil.example/rest/batch'],
		[undefined, 'http://portal.example/rest/batch'],
		[undefined, 'https://portal.example:8443/rest/batch'],
		['https://portal.example', '/restore'],
		['https://portal.example', '/oauth/token/'],
		['https://portal.example/rest', '//evil.example/x'],
		[undefined, '/rest/batch'],
		[undefined, URL_OF_WEBHOOK],
	])('goes nowhere else: %p + %p', (baseURL, url) => {
		const options = { ...(baseURL !== undefined && { baseURL }), url };
		const added = add(options);
		if (url === '//evil.example/x') {
			// Joined as n8n joins it: a path below the base.
			expect(added.url).toBe(`${URL_OF_WEBHOOK}evil.example/x`);
		} else {
			expect(added).toEqual(options);
		}
	});

	it('goes into the address that the HTTP Request node calls by another name', () => {
		const options = { uri: 'https://portal.example/rest/batch', method: 'POST' as const };
		const once = addWebhookSecret(URL_OF_WEBHOOK, options as never);
		expect(once).toEqual({ method: 'POST', uri: `${URL_OF_WEBHOOK}batch` });
		expect(addWebhookSecret(URL_OF_WEBHOOK, once)).toEqual(once);
	});

	it('keeps the rest of the request', () => {
		const options = { url: 'https://portal.example/rest/a', body: '{}', headers: { accept: 'x' } };
		expect(addWebhookSecret(URL_OF_WEBHOOK, options)).toEqual({
			...options,
			url: `${URL_OF_WEBHOOK}a`,
		});
	});
});

describe('the connection', () => {
	const webhook = connectionFor(() => 'webhook');
	const oAuth2 = connectionFor((name) => (name === 'authentication' ? 'oAuth2' : undefined));

	it('of a webhook has an address without its secret, and names what must not be shown', () => {
		expect(webhook.credentialType).toBe('bitrix24BizprocWebhookApi');
		expect(webhook.refreshStatuses).toEqual([]);
		expect(webhook.baseUrl({ webhookUrl: URL_OF_WEBHOOK })).toBe('https://portal.example/rest');
		expect(webhook.secrets({ webhookUrl: URL_OF_WEBHOOK })).toEqual([URL_OF_WEBHOOK, CODE, `14/${CODE}`]);
		expect(webhook.secrets({ webhookUrl: 'nonsense' })).toEqual(['nonsense']);
		expect(webhook.secrets({})).toEqual(['']);
		expect(() => webhook.baseUrl({ webhookUrl: 'nonsense' })).toThrow(CredentialError);
	});

	it('of an application has the address of the portal, and names its secrets', () => {
		expect(oAuth2.credentialType).toBe('bitrix24BizprocOAuth2Api');
		expect(oAuth2.refreshStatuses).toEqual([401]);
		expect(oAuth2.baseUrl({ portalUrl: 'https://portal.example/' })).toBe('https://portal.example/rest');
		const secrets = oAuth2.secrets({
			clientSecret: 'client-secret',
			oauthTokenData: { access_token: 'access-1', refresh_token: 'refresh-1' },
		});
		expect(secrets).toEqual(['client-secret', 'access-1', 'refresh-1']);
		expect(oAuth2.secrets({})).toEqual(['', '', '']);
	});
});
