import type { TransportFault, TransportResult } from '../../../../../nodes/core/http/transport';
import { toTransportResult } from '../../../../../nodes/core/n8n/transport/helperErrors';
import { excerpt } from '../../../../../nodes/core/util/excerpt';
import {
	keptRefusal,
	newStanding,
	notConnected,
	sendUnderRenewal,
	tokenServerOf,
} from '../../../../../nodes/core/n8n/transport/tokenServer';

const ADDRESS = 'https://tokens.example/oauth/token/';
const server = {
	address: ADDRESS,
	hintFor: (code: string) => (code === 'NO_MONEY' ? 'Pay.' : undefined),
	quote: excerpt,
};

/** As n8n wraps whatever a renewal throws. */
const wrapped = (cause: unknown, more: object = {}): Error =>
	Object.assign(new Error('wrapped'), { cause, ...more });

/** As the HTTP client of n8n's OAuth client throws it, about a connection or an answer from 500 on. */
const fromServer = (more: object, url = ADDRESS): Error =>
	wrapped(Object.assign(new Error('axios'), { isAxiosError: true, config: { url }, ...more }));

const faultOf = (error: unknown): TransportFault => {
	const result = toTransportResult(error, server);
	if (result.kind !== 'fault') throw new Error(`Unexpected answer ${result.response.status}`);
	return result.fault;
};

const PASSING = {
	maybeSent: false,
	stopsRun: false,
	passing: true,
	attempts: 2,
	cause: { kind: 'unavailable' },
};

describe('a token server in trouble', () => {
	it('that answers with 503: nothing was done, and it is asked once more when it wants to be', () => {
		const response = { status: 503, headers: { 'Retry-After': '3' }, data: '{"error":"server_error"}' };
		expect(faultOf(fromServer({ code: 'ERR_BAD_RESPONSE', response }))).toEqual({
			...PASSING,
			code: 'server_error',
			waitMs: 3000,
			reason:
				'the token server tokens.example could not renew the access token of the credential (HTTP 503, server_error)',
			hint: 'Run the node again later.',
		});
	});

	it('that asks for more time than anybody waits', () => {
		const response = { status: 503, headers: { 'Retry-After': '121' }, data: '' };
		expect(faultOf(fromServer({ response }))).not.toHaveProperty('waitMs');
	});

	it('whose error is not that of the vendor', () => {
		const response = { status: 503, headers: {}, data: '' };
		expect(
			toTransportResult(fromServer({ response }, 'https://portal.example/rest/x'), server),
		).toMatchObject({
			kind: 'response',
		});
		expect(toTransportResult(fromServer({ response }))).toMatchObject({ kind: 'response' });
	});

	it.each([
		[
			'resets the connection',
			{ code: 'ECONNRESET' },
			'the connection was lost before the response was complete',
		],
		['refuses the connection', { code: 'ECONNREFUSED' }, 'the server refused the connection'],
		['does not answer', { code: 'ECONNABORTED' }, 'no response arrived in time'],
	])('that %s', (_name, more, reason) => {
		expect(faultOf(fromServer({ ...more, cause: Object.assign(new Error('low'), more) }))).toMatchObject({
			...PASSING,
			reason: `the token server tokens.example could not be reached for a new access token: ${reason}`,
		});
	});

	it('whose host does not exist stops the run at once', () => {
		const fault = faultOf(fromServer({ code: 'ENOTFOUND' }));
		expect(fault).toMatchObject({
			maybeSent: false,
			stopsRun: true,
			hint: expect.stringMatching(/^Check the address of the token server/),
		});
		expect(fault).not.toHaveProperty('attempts');
	});

	it('is not blamed where the execution was cancelled meanwhile', () => {
		const fault = faultOf(fromServer({ code: 'ERR_CANCELED' }));
		expect(fault).toMatchObject({ stopsRun: true, reason: expect.stringContaining('was cancelled') });
		expect(fault.hint).not.toContain('address');
	});

	it('whose address is none stops the run, and is told from a vendor with such an address', () => {
		const error = wrapped(Object.assign(new Error('Invalid URL'), { code: 'ERR_INVALID_URL' }));
		expect(toTransportResult(error, { ...server, address: 'https://' })).toEqual({
			kind: 'fault',
			fault: {
				code: 'ERR_INVALID_URL',
				maybeSent: false,
				stopsRun: true,
				cause: { kind: 'configuration' },
				reason: 'the token server could not be reached for a new access token: the URL is not valid',
				hint: expect.stringMatching(/^Check the address of the token server/),
			},
		});
		expect(faultOf(error).reason).toBe('the URL is not valid');
	});

	it.each([
		[429, ''],
		[408, ''],
		[200, '<html>Sign in</html>'],
	])('that answers with %p %p', (status, body) => {
		const error = Object.assign(new Error(`HTTP status ${status}`), { code: 'ESTATUS', status, body });
		expect(faultOf(wrapped(error))).toMatchObject(PASSING);
	});

	it('by an error of its own', () => {
		const body = { error: 'temporarily_unavailable' };
		expect(faultOf(wrapped(Object.assign(new Error('x'), { code: 'EAUTH', body })))).toMatchObject(PASSING);
	});
});

describe('a token server that refuses', () => {
	it.each([
		['NO_MONEY', 'Payment required', 'NO_MONEY, Payment required', 'Pay.'],
		['odd', undefined, 'odd', 'Reconnect the credential.'],
	])('is quoted: %s', (error, description, said, hint) => {
		const body = { error, error_description: description };
		expect(faultOf(wrapped(Object.assign(new Error('n8n'), { code: 'EAUTH', body })))).toEqual({
			code: error,
			maybeSent: false,
			stopsRun: true,
			cause: { kind: 'credential' },
			reason: `the token server tokens.example refused to renew the access token of the credential: ${said}`,
			hint,
		});
	});

	it('with a status alone', () => {
		const error = Object.assign(new Error('HTTP'), { code: 'ESTATUS', status: 403, body: '<h1>No</h1>' });
		expect(faultOf(wrapped(error))).toMatchObject({
			stopsRun: true,
			reason:
				'the token server tokens.example refused to renew the access token of the credential: HTTP 403, No',
			hint: expect.stringMatching(/^Check the address of the token server.* in its place\.$/),
		});
	});

	it('where n8n keeps nothing of what it said', () => {
		const error = wrapped(new Error('reconnect'), { failure: { cause: 'credential-invalid' } });
		expect(faultOf(error)).toMatchObject({ code: 'invalid_grant', stopsRun: true, maybeSent: false });
	});

	it('where the address of the server is not known', () => {
		const result = toTransportResult(wrapped(Object.assign(new Error('n8n'), { code: 'EAUTH' })));
		expect(result).toEqual({
			kind: 'fault',
			fault: {
				maybeSent: false,
				stopsRun: true,
				cause: { kind: 'credential' },
				reason: 'the token server refused to renew the access token of the credential',
				hint: 'Reconnect the credential.',
			},
		});
	});
});

describe('a refusal that n8n took for new tokens', () => {
	const connection = {
		oAuth2: { tokenUrl: () => ADDRESS, identity: () => undefined, hintFor: server.hintFor },
		secrets: () => ['hidden'],
	};
	const holding = (oauthTokenData: Record<string, string>) => ({ oauthTokenData });
	const refused = { error: 'NO_MONEY', error_description: 'Payment hidden required' };
	const kept = (before: Record<string, string>, after: Record<string, string>) =>
		keptRefusal(tokenServerOf(connection, holding(before))!, holding(before), holding(after));

	it('is what the token server said', () => {
		expect(kept({ access_token: 'a' }, { access_token: 'a', ...refused })).toEqual({
			code: 'NO_MONEY',
			maybeSent: false,
			stopsRun: true,
			cause: { kind: 'credential' },
			reason:
				'the token server tokens.example refused to renew the access token of the credential: NO_MONEY, Payment *** required',
			hint: 'Pay.',
		});
	});

	it.each([
		['where the access was renewed meanwhile', { access_token: 'a' }, { access_token: 'b', ...refused }],
		['again', { access_token: 'a', ...refused }, { access_token: 'a', ...refused }],
	])('is told %s', (_name, before, after) => {
		expect(kept(before, after)).toMatchObject({ code: 'NO_MONEY' });
	});

	it.each([
		['none', { access_token: 'a' }, { access_token: 'b' }],
		['one that was kept long ago', { access_token: 'a', ...refused }, { access_token: 'b', ...refused }],
	])('is not told where there is %s', (_name, before, after) => {
		expect(kept(before, after)).toBeUndefined();
		expect(keptRefusal(server, holding(before), undefined)).toBeUndefined();
	});

	it('is told where the account was never connected', () => {
		const said = (tokens: Record<string, string>) => notConnected(tokenServerOf(connection, holding(tokens)));
		expect(said(refused)).toEqual({
			maybeSent: false,
			stopsRun: true,
			cause: { kind: 'credential' },
			reason:
				'the credential is not connected to an account: the token server tokens.example returned NO_MONEY, Payment *** required',
			hint: 'Pay.',
		});
		for (const tokens of [{}, { access_token: 'a', ...refused }]) {
			expect(said(tokens).reason).toBe('the credential is not connected to an account');
		}
	});
});

describe('a renewal that meets trouble', () => {
	const trouble = toTransportResult(fromServer({ response: { status: 503, headers: {}, data: '' } }), server);
	const oAuth2 = {
		tokenUrl: () => ADDRESS,
		identity: ({ account }: Record<string, unknown>) => account,
		hintFor: () => undefined,
	};

	it('counts for all runs that had begun by then, and each gets its second try', async () => {
		const send = jest.fn(async () => trouble);
		const runs = Array.from({ length: 50 }, newStanding);
		for (const tries of [1, 2]) {
			for (const run of runs) {
				expect(await sendUnderRenewal(oAuth2, { account: 'a' }, run, send)).toEqual(trouble);
			}
			expect(send).toHaveBeenCalledTimes(tries);
		}
		await new Promise((resolve) => setTimeout(resolve, 2));
		await sendUnderRenewal(oAuth2, { account: 'a' }, newStanding(), send);
		expect(send).toHaveBeenCalledTimes(3);
	});

	it('counts for its own credential, and until one works', async () => {
		const [first, other, late] = [newStanding(), newStanding(), newStanding()];
		const send = jest.fn(async () => trouble);
		await sendUnderRenewal(oAuth2, { account: 'c' }, first, send);
		await sendUnderRenewal(oAuth2, { account: 'd' }, other, send);
		await sendUnderRenewal(undefined, { account: 'c' }, other, send);
		expect(send).toHaveBeenCalledTimes(3);
		const works = jest.fn(async (): Promise<TransportResult> => ({
			kind: 'response',
			response: { status: 200, headers: {}, text: '' },
		}));
		await sendUnderRenewal(oAuth2, { account: 'c' }, first, works);
		await sendUnderRenewal(oAuth2, { account: 'c' }, late, works);
		expect(works).toHaveBeenCalledTimes(2);
	});

	it('counts for all of them where the server has refused it, too', async () => {
		const refusal = Object.assign(new Error('n8n'), { code: 'EAUTH', body: { error: 'NO_MONEY' } });
		const refused = toTransportResult(wrapped(refusal), server);
		const send = jest.fn(async () => refused);
		for (const run of [newStanding(), newStanding()]) {
			expect(await sendUnderRenewal(oAuth2, { account: 'f' }, run, send)).toEqual(refused);
		}
		expect(send).toHaveBeenCalledTimes(1);
	});

	it('is told from other faults', async () => {
		const run = newStanding();
		const refused = toTransportResult(Object.assign(new Error('no'), { code: 'ECONNREFUSED' }), server);
		const send = jest.fn(async () => refused);
		await sendUnderRenewal(oAuth2, { account: 'e' }, run, send);
		await sendUnderRenewal(oAuth2, { account: 'e' }, newStanding(), send);
		expect(send).toHaveBeenCalledTimes(2);
	});
});
