import { CredentialError, LoginTrouble } from '../../../../../nodes/core/connection/credentialError';
import type { TransportFault } from '../../../../../nodes/core/http/transport';
import { toTransportResult } from '../../../../../nodes/core/n8n/transport/helperErrors';
import { AbandonedError } from '../../../../../nodes/core/util/abandoned';
import { SENTENCES } from '../../refusals';

const axios = (code?: string, more: object = {}) =>
	Object.assign(new Error(code), { isAxiosError: true, ...(code !== undefined && { code }), ...more });

/** As n8n wraps whatever its HTTP client throws. */
const wrapped = (cause: unknown, more: object = {}) =>
	Object.assign(new Error('wrapped'), { cause, ...more });

function faultOf(error: unknown): TransportFault {
	const delivery = toTransportResult(error);
	if (delivery.kind !== 'fault') throw new Error(`Unexpected answer ${delivery.response.status}`);
	expect(delivery.fault.hint).toMatch(SENTENCES);
	return delivery.fault;
}

describe('a connection that never came to be', () => {
	it.each([
		['ENOTFOUND', 'the host name could not be found'],
		['CERT_HAS_EXPIRED', "the server's certificate has expired"],
		['CERT_NOT_YET_VALID', "the server's certificate is not valid yet"],
		['DEPTH_ZERO_SELF_SIGNED_CERT', 'the server has a self-signed certificate'],
		['UNABLE_TO_GET_ISSUER_CERT_LOCALLY', "the server's certificate cannot be verified"],
	])('%s: nothing was sent, and nothing else will be', (code, reason) => {
		const fault = faultOf(wrapped(axios(code)));
		expect(fault).toMatchObject({ code, reason, maybeSent: false, stopsRun: true });
		expect(fault).not.toHaveProperty('passing');
		expect(fault).not.toHaveProperty('attempts');
	});

	it.each([
		['ECONNREFUSED', 'the server refused the connection'],
		['EAI_AGAIN', 'the host name could not be resolved'],
		['EHOSTUNREACH', 'the host cannot be reached'],
		['ENETUNREACH', 'the network cannot be reached'],
	])('%s: nothing was sent, and it may pass', (code, reason) => {
		expect(faultOf(wrapped(axios(code)))).toMatchObject({
			code,
			reason,
			maybeSent: false,
			stopsRun: false,
			passing: true,
			attempts: 3,
		});
	});
});

describe('a connection that broke', () => {
	const broken = 'the connection was lost before the response was complete';

	it.each([
		['ECONNABORTED', 'no response arrived in time'],
		['ETIMEDOUT', 'no response arrived in time'],
		['ESOCKETTIMEDOUT', 'no response arrived in time'],
		['ECONNRESET', broken],
		['EPIPE', broken],
		['ERR_BAD_RESPONSE', broken],
	])('%s: it may have been sent', (code, reason) => {
		expect(faultOf(wrapped(axios(code)))).toMatchObject({ code, reason, maybeSent: true, stopsRun: false });
	});

	it('is known by its code, whoever reports it', () => {
		const reset = Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET' });
		for (const error of [reset, wrapped(reset)]) {
			expect(faultOf(error)).toMatchObject({ code: 'ECONNRESET', maybeSent: true, stopsRun: false });
		}
	});

	it('is known by the HTTP client even without a code', () => {
		const fault = faultOf(wrapped(axios()));
		expect(fault).toMatchObject({ reason: broken, maybeSent: true, stopsRun: false });
		expect(fault).not.toHaveProperty('code');
	});

	it.each([
		['the innermost cause', wrapped(wrapped(axios('ECONNRESET')), { code: 'EOTHER' })],
		['the cause', wrapped(Object.assign(new Error('between'), { code: 'ECONNRESET', cause: axios() }))],
		['the wrapper', wrapped(axios(), { code: 'ECONNRESET' })],
		["n8n's field for it", wrapped(axios(), { httpCode: 'ECONNRESET' })],
	])('has the code of %s', (_name, error) => {
		expect(faultOf(error).code).toBe('ECONNRESET');
	});

	it.each(['invalid_request', 'xECONNRESET', 'ECONNRESET!', 'E', 104])('takes no %p for a code', (code) => {
		expect(faultOf(wrapped(axios(undefined, { code })))).not.toHaveProperty('code');
	});

	it('because the execution was cancelled ends the run', () => {
		expect(faultOf(wrapped(axios('ERR_CANCELED')))).toEqual({
			code: 'ERR_CANCELED',
			cause: { kind: 'cancelled' },
			reason: 'the execution was cancelled before the response arrived',
			hint: expect.any(String),
			maybeSent: true,
			stopsRun: true,
		});
	});
});

describe('an answer with a status', () => {
	const response = {
		status: 401,
		headers: { 'Retry-After': '3', x: ['a', 'b'] },
		data: { error: '' },
	};
	const read = { status: 401, headers: { 'retry-after': '3', x: 'a, b' }, text: '{"error":""}' };

	it.each([
		['of the HTTP client', wrapped(axios('ERR_BAD_REQUEST', { response }), { httpCode: '500' })],
		['not wrapped', axios('ERR_BAD_REQUEST', { response })],
		['wrapped twice', wrapped(wrapped(axios('ERR_BAD_REQUEST', { response })))],
		['with a cause of its own', wrapped(axios('ERR_BAD_REQUEST', { response, cause: axios('ECONNRESET') }))],
	])('is an answer, with its headers and its text: %s', (_name, error) => {
		expect(toTransportResult(error)).toEqual({ kind: 'response', response: read });
	});

	it('is an answer even where n8n keeps only the status', () => {
		expect(toTransportResult(wrapped(undefined, { httpCode: '502' }))).toEqual({
			kind: 'response',
			response: { status: 502, headers: {}, text: '' },
		});
	});

	it.each(['0', '99', 'none', '', null])('is none with the status %p', (httpCode) => {
		expect(faultOf(wrapped(axios('ECONNRESET'), { httpCode })).code).toBe('ECONNRESET');
	});
});

describe('what n8n did not send', () => {
	it('because a login was refused is told in the words of the login, wherever it is wrapped', () => {
		const other = new CredentialError('EnOS says: The account is locked', 'Wait.');
		expect(faultOf(wrapped(other)).reason).toBe('EnOS says: The account is locked');
		const refusal = new CredentialError('The password is wrong. The account is fine', 'Fix it.');
		for (const error of [refusal, wrapped(refusal), wrapped(wrapped(wrapped(wrapped(refusal))))]) {
			expect(faultOf(error)).toEqual({
				maybeSent: false,
				stopsRun: true,
				cause: { kind: 'credential' },
				reason: 'the password is wrong. The account is fine',
				hint: 'Fix it.',
			});
		}
	});

	it('because the server of the login was in trouble: a later run may fare better', () => {
		const trouble = new LoginTrouble('The login is not possible just now', 'Wait.', { attempts: 5 });
		expect(faultOf(wrapped(trouble))).toEqual({
			maybeSent: false,
			stopsRun: true,
			passing: true,
			cause: { kind: 'unavailable' },
			reason: 'the login is not possible just now',
			hint: 'Wait.',
		});
		const forGood = new LoginTrouble('The login was redirected', 'Look.', { attempts: 1 });
		expect(faultOf(wrapped(forGood))).not.toHaveProperty('passing');
	});

	it('because the execution was cancelled while it waited for a login', () => {
		expect(faultOf(wrapped(new AbandonedError()))).toEqual({
			maybeSent: false,
			stopsRun: true,
			cause: { kind: 'cancelled' },
			reason: 'the execution was cancelled',
			hint: expect.any(String),
		});
	});

	it.each([[new Error('n8n says no')], ['text'], [undefined], [null]])('is told as such: %p', (error) => {
		expect(faultOf(error)).toEqual({
			maybeSent: false,
			stopsRun: true,
			reason: 'n8n did not send the request',
			hint: expect.stringContaining('allowed domains'),
		});
	});

	it.each(['OAuth credentials not connected', 'Unable to sign without access token'])(
		'because nobody has connected the credential asks to reconnect it: %s',
		(message) => {
			expect(faultOf(wrapped(new Error(message)))).toEqual({
				maybeSent: false,
				stopsRun: true,
				cause: { kind: 'credential' },
				reason: 'the credential is not connected to an account',
				hint: expect.stringContaining('Reconnect'),
			});
		},
	);

	it('does not keep us busy where an error is its own cause', () => {
		const error = new Error('round');
		error.cause = error;
		expect(faultOf(error).reason).toBe('n8n did not send the request');
	});
});
