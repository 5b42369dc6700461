import { ask } from '../../support.ts';
import { usePortal } from './client.ts';

const TERMINATE = 'bizproc.workflow.terminate';
const HOUR_MS = 3_600_000;

describe('Bitrix24 emulator: authentication', () => {
	const portal = usePortal();

	describe('webhooks', () => {
		const invalid = ['INVALID_CREDENTIALS', 'Invalid request credentials'] as const;
		const scope = 'The request requires higher privileges than provided by the webhook token';
		const overload = ['OVERLOAD_LIMIT', 'REST API is blocked due to overload.'] as const;

		it.each([
			['webhookWrongCode', 403, ...invalid],
			['webhookRevoked', 403, ...invalid],
			['webhookExpired', 403, ...invalid],
			['webhookNoScope', 403, 'insufficient_scope', scope],
			['webhookHeld', 503, ...overload],
		] as const)(
			'refuses %s with %i as documented and with 401 as coded',
			async (key, status, error, text) => {
				const body = JSON.stringify({ error, error_description: text });
				const docs = await portal.call(TERMINATE, { ID: 'x' }, key);
				expect([docs.status, docs.text]).toEqual([status, body]);
				portal.configure({ authStatus: 'code' });
				const code = await portal.call(TERMINATE, { ID: 'x' }, key);
				expect([code.status, code.text]).toEqual([401, body]);
			},
		);

		it('can call a wrong code NO_AUTH_FOUND', async () => {
			portal.configure({ webhookAuthError: 'NO_AUTH_FOUND' });
			const answer = await portal.call(TERMINATE, {}, 'webhookWrongCode');
			expect([answer.status, answer.text]).toEqual([
				401,
				'{"error":"NO_AUTH_FOUND","error_description":"Wrong authorization data"}',
			]);
		});

		it('belongs to one user only', async () => {
			const url = portal.webhookUrl().replace('/rest/1/', '/rest/2/');
			expect((await portal.post(`${url}profile`, {})).json.error).toBe('INVALID_CREDENTIALS');
		});

		it('expires when the clock moves', async () => {
			portal.configure({ clockOffsetMs: -HOUR_MS });
			expect((await portal.call('profile', {}, 'webhookExpired')).status).toBe(200);
		});

		it('words a plan without REST as the documentation does', async () => {
			portal.configure({ plan: 'noRest' });
			const answer = await portal.call('profile');
			expect([answer.status, answer.json]).toEqual([
				403,
				{ error: 'ACCESS_DENIED', error_description: 'REST API is available only on commercial plans' },
			]);
		});

		it('needs no scope for profile, which tells who calls', async () => {
			const admin = await portal.call('profile', {}, 'webhookNoScope');
			expect(admin.text).toMatch(
				/^\{"result":\{"ID":"1","ADMIN":true,"NAME":"Sandbox","LAST_NAME":"Administrator","PERSONAL_GENDER":"","TIME_ZONE":""\},"time":/,
			);
			expect((await portal.call('profile', {}, 'webhookNotAdmin')).json.result).toMatchObject({
				ID: '2',
				ADMIN: false,
			});
		});

		it.each(['profile', TERMINATE, 'batch'])('refuses %s to an owner who was dismissed', async (method) => {
			const answer = await portal.call(method, { ID: 'x' }, 'webhookInactiveUser');
			expect([answer.status, answer.text]).toEqual([
				401,
				'{"error":"authorization_error","error_description":"Unable to authorize user"}',
			]);
		});

		it.each([
			['new', 'REST is available only by subscription.'],
			['docs2026', 'REST is available only by subscription.'],
			['old', 'REST is available only on commercial plans.'],
		])('words a plan without REST as the server code of the %s generation does', async (generation, text) => {
			portal.configure({ plan: 'noRest', authStatus: 'code', generation });
			const answer = await portal.call('profile');
			expect([answer.status, answer.json]).toEqual([
				401,
				{ error: 'ACCESS_DENIED', error_description: text },
			]);
			const { access_token: auth } = portal.tokens();
			const ofApp = await portal.post(`${portal.origin}/rest/profile`, { auth });
			expect(ofApp.json.error_description).toBe('REST is available only on commercial plans.');
		});
	});

	it.each([
		[{ requireHttps: true }, 400, 401, 'INVALID_REQUEST', 'Https required'],
		[{ plan: 'noBizproc' }, 404, 404, 'ERROR_METHOD_NOT_FOUND', 'Method not found!'],
		[{ deny: 'wrongContext' }, 403, 401, 'ACCESS_DENIED', "Current user can't be authorized in this context"],
		[{ deny: 'notAdmin' }, 403, 403, 'ACCESS_DENIED', 'Access denied!'],
		[{ deny: 'invalidCredentials' }, 403, 401, 'INVALID_CREDENTIALS', 'Invalid request credentials'],
		[{ deny: 'overload' }, 503, 401, 'OVERLOAD_LIMIT', 'REST API is blocked due to overload.'],
		[{ deny: 'paymentRequired' }, 401, 401, 'PAYMENT_REQUIRED', 'Payment required'],
		[{ deny: 'portalDeleted' }, 500, 403, 'PORTAL_DELETED', 'Portal was deleted'],
	])('refuses everybody with %j', async (switches, docs, code, error, description) => {
		const [id = ''] = portal.seed(1, {});
		for (const [authStatus, status] of [
			['docs', docs],
			['code', code],
		] as const) {
			portal.configure({ ...switches, authStatus });
			const answer = await portal.call(TERMINATE, { ID: id });
			expect([answer.status, answer.json]).toEqual([status, { error, error_description: description }]);
		}
		expect(portal.instance(id).state).toBe('running');
	});

	describe('OAuth 2.0', () => {
		const url = (): string => `${portal.origin}/rest/${TERMINATE}`;
		const bearer = (token: string): RequestInit => ({
			method: 'POST',
			headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
			body: '{"ID":"x"}',
		});
		const tokenUrl = (): string => `${portal.origin}/oauth/token/`;
		const client = (): Record<string, string> => {
			const data = portal.emulator.credentials(portal.origin)['bitrix24BizprocOAuth2Api'];
			return { client_id: String(data?.['clientId']), client_secret: String(data?.['clientSecret']) };
		};
		const form = async (fields: Record<string, string>) =>
			await ask(tokenUrl(), { method: 'POST', body: new URLSearchParams({ ...client(), ...fields }) });
		const authorize = async (more = ''): Promise<URL> => {
			const query = `client_id=${client()['client_id']}&state=abc%3D1${more}`;
			const answer = await ask(`${portal.origin}/oauth/authorize/?${query}`);
			expect(answer.status).toBe(302);
			return new URL(answer.headers.get('location') ?? '');
		};

		it('takes the token as Bearer first, then auth, then access_token, in body or query', async () => {
			const good = portal.tokens().access_token;
			const bad = portal.tokens('oAuth2WrongToken').access_token;
			const error = async (...args: Parameters<typeof ask>): Promise<string> =>
				(await ask(...args)).json.error;
			expect(await error(url(), bearer(good))).toBe('');
			expect((await portal.post(url(), { ID: 'x', auth: good })).json.error).toBe('');
			expect(await error(`${url()}?auth=${good}&ID=x`)).toBe('');
			expect(await error(`${url()}?access_token=${good}&ID=x`)).toBe('');
			expect(await error(`${url()}?auth=${good}`, bearer(bad))).toBe('NO_AUTH_FOUND');
			expect(await error(`${url()}?auth=${bad}&access_token=${good}`)).toBe('NO_AUTH_FOUND');
			expect(await error(`${url()}?AUTH=${good}`)).toBe('NO_AUTH_FOUND');
			expect(await error(url())).toBe('NO_AUTH_FOUND');
		});

		it.each(['/rest//profile', '/rest///profile.json'])(
			'merges slashes, as web servers do: %s',
			async (path) => {
				const answer = await portal.post(portal.origin + path, { auth: portal.tokens().access_token });
				expect([answer.status, answer.json.result?.ID]).toEqual([200, '1']);
			},
		);

		it('ends a workflow with a token', async () => {
			const [id = ''] = portal.seed(1, {});
			const answer = await portal.post(url(), { ID: id, auth: portal.tokens().access_token });
			expect([answer.status, answer.json.result]).toEqual([200, true]);
			expect(portal.instance(id).state).toBe('terminated');
		});

		it.each([
			['oAuth2Expired', 401, 'expired_token', 'The access token provided has expired'],
			['oAuth2WrongToken', 401, 'NO_AUTH_FOUND', 'Wrong authorization data'],
			['oAuth2NotAdmin', 403, 'ACCESS_DENIED', 'Access denied!'],
		])('refuses %s', async (key, status, error, description) => {
			const answer = await ask(url(), bearer(portal.tokens(key).access_token));
			expect([answer.status, answer.json]).toEqual([status, { error, error_description: description }]);
		});

		it('refuses a missing scope and a user without access to the app', async () => {
			const answer = await ask(url(), bearer(portal.tokens('oAuth2NoScope').access_token));
			expect([answer.status, answer.json.error]).toEqual([403, 'insufficient_scope']);
			portal.configure({ deny: 'userAccess' });
			const denied = await ask(url(), bearer(portal.tokens().access_token));
			expect([denied.status, denied.json.error]).toEqual([403, 'user_access_error']);
		});

		it('lets a token live for an hour', async () => {
			const { access_token: token } = portal.tokens();
			portal.configure({ clockOffsetMs: HOUR_MS - 10_000 });
			expect((await ask(url(), bearer(token))).status).toBe(400);
			portal.configure({ clockOffsetMs: HOUR_MS });
			expect((await ask(url(), bearer(token))).json.error).toBe('expired_token');
		});

		it('refreshes with the documented reply and rotates the refresh token', async () => {
			const { refresh_token: first } = portal.tokens('oAuth2Expired');
			const answer = await form({ grant_type: 'refresh_token', refresh_token: first });
			expect(answer.status).toBe(200);
			expect(Object.keys(answer.json)).toEqual([
				'access_token',
				'client_endpoint',
				'domain',
				'expires',
				'expires_in',
				'member_id',
				'refresh_token',
				'scope',
				'server_endpoint',
				'status',
				'user_id',
			]);
			expect(answer.json).toMatchObject({
				client_endpoint: `${portal.origin}/rest/`,
				domain: 'oauth.bitrix.info',
				expires_in: 3600,
				scope: 'bizproc',
				user_id: 1,
			});
			expect((await ask(url(), bearer(answer.json.access_token))).json.error).toBe('');
			const spent = await form({ grant_type: 'refresh_token', refresh_token: first });
			expect([spent.status, spent.json.error]).toEqual([400, 'invalid_grant']);
			const second = answer.json.refresh_token;
			expect((await form({ grant_type: 'refresh_token', refresh_token: second })).status).toBe(200);
			expect(portal.counter('refreshes')).toBe(2);
		});

		it('takes the token request as GET, too', async () => {
			const fields = {
				...client(),
				grant_type: 'refresh_token',
				refresh_token: portal.tokens().refresh_token,
			};
			const answer = await ask(`${tokenUrl()}?${new URLSearchParams(fields).toString()}`);
			expect([answer.status, 'token_type' in answer.json]).toEqual([200, false]);
		});

		it('grants a code to the address on the app card and swaps it once', async () => {
			portal.configure({ redirectUri: 'http://127.0.0.1:5678/back?x=1' });
			const location = await authorize('&redirect_uri=http%3A%2F%2Felsewhere.example&response_type=code');
			expect(location.origin + location.pathname).toBe('http://127.0.0.1:5678/back');
			expect([...location.searchParams.keys()]).toEqual([
				'x',
				'code',
				'state',
				'domain',
				'member_id',
				'scope',
				'server_domain',
			]);
			expect(location.searchParams.get('state')).toBe('abc=1');
			const code = location.searchParams.get('code') ?? '';
			const answer = await form({ grant_type: 'authorization_code', code });
			expect(Object.keys(answer.json)).toEqual([
				'access_token',
				'client_endpoint',
				'domain',
				'expires_in',
				'member_id',
				'refresh_token',
				'scope',
				'server_endpoint',
				'status',
			]);
			expect((await ask(url(), bearer(answer.json.access_token))).json.error).toBe('');
			const again = await form({ grant_type: 'authorization_code', code });
			expect(again.json.error).toBe('invalid_grant');
			expect([portal.counter('authorizations'), portal.counter('codeExchanges')]).toEqual([1, 1]);
		});

		it('lets a code live for 30 seconds', async () => {
			const code = (await authorize()).searchParams.get('code') ?? '';
			portal.configure({ clockOffsetMs: 30_000 });
			expect((await form({ grant_type: 'authorization_code', code })).json.error).toBe('invalid_grant');
		});

		it('acts as the user who authorized the app', async () => {
			portal.configure({ oauthUser: 'employee' });
			const code = (await authorize()).searchParams.get('code') ?? '';
			const answer = await form({ grant_type: 'authorization_code', code });
			expect((await ask(url(), bearer(answer.json.access_token))).json.error).toBe('ACCESS_DENIED');
		});

		it('shows a refusal on its own page, without a redirect', async () => {
			const unknown = await ask(`${portal.origin}/oauth/authorize/?client_id=unknown&state=a`);
			portal.configure({ authorization: 'refuse' });
			const refused = await ask(
				`${portal.origin}/oauth/authorize/?client_id=${client()['client_id']}&state=a`,
			);
			for (const answer of [unknown, refused]) {
				expect(answer.headers.get('location')).toBeNull();
				expect(answer.headers.get('content-type')).toMatch('text/html');
			}
			expect(portal.counter('authorizations')).toBe(0);
		});

		it.each([
			[{ grant_type: 'password' }, 400, 'invalid_request'],
			[{ grant_type: 'refresh_token' }, 400, 'invalid_request'],
			[{ grant_type: 'refresh_token', refresh_token: 'no', client_secret: 'no' }, 401, 'invalid_client'],
			[{ grant_type: 'refresh_token', refresh_token: 'no' }, 400, 'invalid_grant'],
			[{ grant_type: 'authorization_code', code: 'no' }, 400, 'invalid_grant'],
		] as Array<[Record<string, string>, number, string]>)('refuses %j', async (fields, status, error) => {
			const answer = await form(fields);
			expect([answer.status, answer.json.error]).toEqual([status, error]);
		});

		it('refuses a JSON body, a secret in a Basic header and an expired refresh token', async () => {
			const { refresh_token } = portal.tokens();
			const grant = { grant_type: 'refresh_token', refresh_token };
			const json = await portal.post(tokenUrl(), { ...client(), ...grant });
			expect([json.status, json.json.error]).toEqual([400, 'invalid_request']);
			const basic = Buffer.from(Object.values(client()).join(':')).toString('base64');
			const header = await ask(tokenUrl(), {
				method: 'POST',
				headers: { authorization: `Basic ${basic}` },
				body: new URLSearchParams(grant),
			});
			expect([header.status, header.json.error]).toEqual([401, 'invalid_client']);
			const { refresh_token: old } = portal.tokens('oAuth2RefreshExpired');
			expect((await form({ grant_type: 'refresh_token', refresh_token: old })).json.error).toBe(
				'invalid_grant',
			);
		});

		it('has its own errors on the token server', async () => {
			const grant = { grant_type: 'refresh_token', refresh_token: portal.tokens().refresh_token };
			portal.configure({ tokenServer: 'paymentRequired' });
			const payment = await form(grant);
			expect([payment.status, payment.text]).toEqual([
				400,
				'{"error":"PAYMENT_REQUIRED","error_description":"Payment required"}',
			]);
			portal.configure({ tokenServer: 'paymentRequiredAsSuccess' });
			const looks = await form(grant);
			expect([looks.status, looks.text]).toEqual([200, payment.text]);
			portal.configure({ tokenServer: 'wrongClient' });
			const wrong = await form(grant);
			expect([wrong.status, wrong.json.error]).toEqual([200, 'WRONG_CLIENT']);
			expect(portal.counter('tokenErrors')).toBe(3);
		});
	});
});
