import { LoginTrouble } from '../../../../nodes/core/connection/credentialError';
import { quoter } from '../../../../nodes/core/connection/redaction';
import { loginError, loginFault } from '../../../../nodes/Unifier/session/loginErrors';

const LOCKED = 'The user is locked. Contact your administrator.';

const errorOf = (
	status: number,
	body: unknown,
	headers: Record<string, string> = {},
	service = 'V2 Token',
) => {
	const text = typeof body === 'string' ? body : JSON.stringify(body);
	return loginError({ status, headers, text }, { service, quote: quoter(['secret-password']) });
};
const attemptsOf = (error: unknown): number => (error instanceof LoginTrouble ? error.attempts : 1);

describe('a login that Unifier refuses', () => {
	it.each([200, 400, 401, 403, 500])('shows its code and its words, at HTTP %i', (status) => {
		const error = errorOf(status, { data: [], message: [LOCKED], status: 1330 });
		expect(error.message).toContain(`The login to Unifier was refused (code 1330: "${LOCKED}")`);
		expect(error.vendorMessage).toBe(LOCKED);
		expect(attemptsOf(error)).toBe(1);
	});

	it.each<[unknown, string]>([
		[{ status: '1330', message: LOCKED }, LOCKED],
		[{ status: 1330, errors: LOCKED, message: [''] }, LOCKED],
		[{ status: 1330, message: [{ text: LOCKED }] }, LOCKED],
		[{ status: 1330, message: { text: ' Locked. ' }, error: 'No.' }, 'No. Locked.'],
	])('finds its words in %j', (body, words) => {
		expect(errorOf(200, body).message).toContain(`(code 1330: "${words}")`);
	});

	it('may say nothing', () => {
		const error = errorOf(200, { status: 1330 });
		expect(error.message).toContain('was refused (code 1330)');
		expect(error.vendorMessage).toBeUndefined();
	});

	it('never repeats a secret, nor half an answer', () => {
		const error = errorOf(401, 'No user with secret-password');
		expect(error.message).toContain('("No user with ***")');
		expect(errorOf(401, '{"access_token":"abc').message).not.toContain('abc');
	});

	it.each<[number, unknown]>([
		[401, 'Unauthorized'],
		[401, '<html>Unauthorized</html>'],
		[401, { status: 401, message: ['Unauthorized'] }],
		[200, { status: 401, message: ['Unauthorized'] }],
		[403, 'Unauthorized'],
	])('is told by HTTP %i and %j', (status, body) => {
		const error = errorOf(status, body);
		expect(error.message).toContain(
			'Unifier did not accept the login: the user name or the password is wrong, or the user is not an active integration user ("Unauthorized")',
		);
		expect(attemptsOf(error)).toBe(1);
	});

	it('by a page with 403 may have met a firewall', () => {
		const error = errorOf(403, '<html><h1>Access Denied</h1></html>');
		expect(error.message).toContain('a page that denies access to Unifier (HTTP 403) ("Access Denied")');
		expect(JSON.stringify(error)).toContain('proxy or firewall');
	});

	it('by 400 names what to check', () => {
		const error = errorOf(400, { message: 'Bad login' });
		expect(error.message).toContain('Unifier could not process the login (HTTP 400) ("Bad login")');
		expect(JSON.stringify(error)).toContain("'Authentication'");
	});

	it.each([
		[404, 'V1 OAuth Token'],
		[405, 'V1 OAuth Token'],
		[404, 'V2 Token'],
	])('by %i names the choice of Authentication: %s', (status, service) => {
		const error = errorOf(status, '<html>Not Found</html>', {}, service);
		expect(error.message).toContain(
			`response to the '${service}' login does not seem to come from Unifier (HTTP ${status}): either the chosen 'Authentication' or the 'Base URL' is wrong`,
		);
		expect(JSON.stringify(error)).toContain("Choose another 'Authentication'");
		expect(attemptsOf(error)).toBe(1);
	});
});

describe('a login that Unifier cannot serve', () => {
	it.each<[number, unknown, string]>([
		[503, '<html>Down for maintenance</html>', '(HTTP 503) ("Down for maintenance")'],
		[500, '', '(HTTP 500)'],
		[502, { error: 'No backend' }, '(HTTP 502) ("No backend")'],
		[408, '', '(HTTP 408)'],
		[429, 'Slow down', '(HTTP 429) ("Slow down")'],
		[200, { status: 500, message: ['Server Error'] }, '(code 500) ("Server Error")'],
		[200, { status: 503 }, '(code 503)'],
	])('is told by HTTP %i and %j, and repeated', (status, body, what) => {
		const error = errorOf(status, body);
		expect(error.message).toContain(`The login to Unifier is not possible at the moment ${what}`);
		expect(attemptsOf(error)).toBe(5);
	});

	it('waits as long as the server asks', () => {
		expect(errorOf(429, '', { 'retry-after': '7' })).toMatchObject({ waitMs: 7000 });
	});
});

describe('an answer that is not one of Unifier', () => {
	it.each<[number, unknown, number]>([
		[200, '<html>Sign in</html>', 2],
		[200, '', 2],
		[200, '{"status":200,"data":{"acc', 2],
		[418, {}, 1],
	])('HTTP %i and %j', (status, body, attempts) => {
		const error = errorOf(status, body);
		expect(error.message).toContain('The response to the login does not seem to come from Unifier');
		expect(error.message).not.toContain('"');
		expect(attemptsOf(error)).toBe(attempts);
	});

	it.each([{}, { status: 200, token: 7, message: ['success'] }])('has no token: %j', (body) => {
		expect(errorOf(200, body).message).toContain('The response to the login contains no token');
		expect(attemptsOf(errorOf(200, body))).toBe(1);
	});

	it('is a redirect, whose address is not shown', () => {
		const error = errorOf(302, '', { location: 'https://sso.example/login?token=x' });
		expect(error.message).toContain('was redirected to sso.example, and redirects');
		expect(attemptsOf(error)).toBe(1);
	});
});

describe('a login without an answer says what was in the way', () => {
	const fault = { maybeSent: false, stopsRun: true, hint: '' };

	it.each([
		[
			'CERT_HAS_EXPIRED',
			"the server's certificate has expired",
			/the connection is not trusted: the server's certificate/,
			/certificate/,
		],
		['DEPTH_ZERO_SELF_SIGNED_CERT', 'x', /connection is not trusted/, /certificate/],
		['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'x', /connection is not trusted/, /certificate/],
		['UNABLE_TO_GET_ISSUER_CERT_LOCALLY', 'x', /connection is not trusted/, /certificate/],
		['ERR_TLS_CERT_ALTNAME_INVALID', 'x', /connection is not trusted/, /certificate/],
		['EPROTO', 'x', /connection is not trusted/, /port/],
		[
			'ENOTFOUND',
			'the host name could not be found',
			/its host was not found: the host name could not be found/,
			/'Base URL'/,
		],
		['EAI_AGAIN', 'x', /its host was not found/, /resolve host names/],
		['ETIMEDOUT', 'no response arrived in time', /timed out: no response arrived in time/, /firewall/],
		['ECONNABORTED', 'x', /timed out/, /firewall/],
		[
			'ECONNRESET',
			'the connection was lost',
			/received no response: the connection was lost/,
			/allowed domains/,
		],
		['ECONNREFUSED', 'x', /received no response/, /'Base URL'/],
		[undefined, 'n8n did not send the request', /received no response: n8n did not send/, /allowed domains/],
	])('%s', (code, reason, message, todo) => {
		const error = loginFault({ ...fault, reason, ...(code !== undefined && { code }) });
		expect(error.message).toMatch(message);
		expect(JSON.stringify(error)).toMatch(todo);
		expect(error.attempts).toBe(1);
	});

	it('is repeated where that may help', () => {
		const passing = { ...fault, stopsRun: false, reason: 'x', code: 'ETIMEDOUT' };
		expect([loginFault(passing).attempts, loginFault({ ...passing, attempts: 2 }).attempts]).toEqual([5, 2]);
	});
});
