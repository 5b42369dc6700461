import { normaliseBaseUrl } from '../../../nodes/termination/baseUrl';
import { deliveryOf } from '../../../nodes/termination/faults';
import { textOf } from '../../../nodes/termination/fullResponse';
import { readOptionalText, readRequiredText } from '../../../nodes/termination/parameters';
import { mapTexts, redactor } from '../../../nodes/termination/redaction';
import { CredentialRefusal, ParameterRefusal } from '../../../nodes/termination/refusal';
import { StopTogether } from '../../../nodes/termination/stopTogether';
import type { JudgedOutcome } from '../../../nodes/termination/outcomes';
import { isFailure } from '../../../nodes/termination/vocabulary';
import { asText, encodeForUrl, excerpt, readObject, redirectHost } from '../../../nodes/termination/wire';

describe('normaliseBaseUrl', () => {
	const rule = { displayName: 'Base URL', allowPath: true, allowHttp: false };

	it.each([
		['https://host.example', 'https://host.example'],
		[' https://host.example/ ', 'https://host.example'],
		['https://HOST.example:443///', 'https://host.example'],
		['https://host.example/acme/', 'https://host.example/acme'],
		['http://127.0.0.1:7071/', 'http://127.0.0.1:7071'],
		['http://localhost:7071', 'http://localhost:7071'],
		['http://[::1]:7071', 'http://[::1]:7071'],
	])('takes %s as %s', (given, expected) => {
		expect(normaliseBaseUrl(given, rule)).toBe(expected);
	});

	it.each([
		['', /complete address/],
		[undefined, /complete address/],
		['host.example', /complete address/],
		['https://user@host.example', /more than an address/],
		['https://:pass@host.example', /more than an address/],
		['https://user:pass@host.example', /more than an address/],
		['https://host.example/?a=b', /more than an address/],
		['https://host.example/#x', /more than an address/],
		['http://host.example', /https/],
		['http://127.0.0.1.host.example', /https/],
		['ftp://host.example', /https/],
		['javascript:alert(1)', /https/],
	])('refuses %s', (given, message) => {
		expect(() => normaliseBaseUrl(given, rule)).toThrow(CredentialRefusal);
		expect(() => normaliseBaseUrl(given, rule)).toThrow(message);
	});

	it('refuses a path where there is none, and takes http where it is documented', () => {
		expect(() => normaliseBaseUrl('https://host.example/x', { ...rule, allowPath: false })).toThrow(/path/);
		expect(normaliseBaseUrl('http://host.example', { ...rule, allowHttp: true })).toBe('http://host.example');
	});
});

describe('redactor', () => {
	const redact = redactor(['s3cr3t!', 'abc', ' abc ', '', 's3cr3t!-and-more', ' padded ']);

	it.each([
		['token s3cr3t! here', 'token *** here'],
		['longer first: s3cr3t!-and-more', 'longer first: ***'],
		['encoded s3cr3t!'.replace('!', '!'), 'encoded ***'],
		['trimmed form of padded one', 'trimmed form of *** one'],
		['too short to be one: abc', 'too short to be one: abc'],
		['Authorization: Bearer abcdefgh.ijk-1', 'Authorization: Bearer ***'],
	])('%s', (given, expected) => {
		expect(redact(given)).toBe(expected);
	});

	it('takes any secret, even one that no URL can carry', () => {
		expect(redactor(['half\ud800pair'])('a half\ud800pair b')).toBe('a *** b');
	});

	it('reaches texts at any depth', () => {
		expect(mapTexts({ a: ['s3cr3t!', { b: 's3cr3t!', c: 1, d: null }] }, redact)).toEqual({
			a: ['***', { b: '***', c: 1, d: null }],
		});
	});
});

describe('wire helpers', () => {
	it.each([
		['<html><style>b{}</style><script>alert(1)</script><p>Bad   <b>gateway</b></p>', 'Bad gateway'],
		['a\u0000b\u001b[31m', 'a b [31m'],
		['', ''],
		['x'.repeat(500), `${'x'.repeat(200)}…`],
		['<p unfinished', ''],
	])('excerpt of %j', (given, expected) => {
		expect(excerpt(given)).toBe(expected);
	});

	it('takes only a text with something in it for a text', () => {
		expect([' a ', '', '  ', 7, null, undefined, ['a']].map(asText)).toEqual([
			'a',
			...Array<undefined>(6).fill(undefined),
		]);
	});

	it.each([
		['a', 'a'],
		[undefined, ''],
		[null, ''],
		[new TextEncoder().encode('é'), 'é'],
		[{ a: 1 }, '{"a":1}'],
	])('takes the body %p as %p', (body, text) => {
		expect(textOf(body)).toBe(text);
	});

	it('reads objects only', () => {
		expect(readObject('{"a":1}')).toEqual({ a: 1 });
		for (const text of ['', '[]', '1', 'null', '"x"', '{"a":', '<html>'])
			expect(readObject(text)).toBeUndefined();
	});

	it('encodes so that a URL parser leaves it alone', () => {
		const hostile = "a/b?c=d&action=x#e'()*! ü.%2e";
		const url = `https://host.example/p/${encodeForUrl(hostile)}?q=${encodeForUrl(hostile)}`;
		expect(new URL(url).href).toBe(url);
		expect(new URL(url).searchParams.get('q')).toBe(hostile);
	});

	it('names the host of a redirect and nothing else', () => {
		const to = (location: string) => redirectHost({ status: 302, headers: { location }, text: '' });
		expect(to('https://other.example/rest/1/code/')).toBe('other.example');
		expect(to('/relative')).toBe('another address');
	});
});

describe('parameters', () => {
	it('reads texts and refuses anything else', () => {
		expect(readRequiredText(' x ', 'Reason', 'Say why.')).toBe('x');
		expect(readOptionalText(undefined, 'Reason')).toBe('');
		expect(() => readRequiredText('  ', 'Reason', 'Say why.')).toThrow(
			new ParameterRefusal("The parameter 'Reason' is empty", ''),
		);
		expect(() => readOptionalText({}, 'Reason')).toThrow(ParameterRefusal);
	});
});

describe('isFailure', () => {
	const defaults = { failIfAlreadyEnded: false, ignoreNotFound: false };

	it.each([
		['terminated', false],
		['killed', false],
		['suspended', false],
		['resumed', false],
		['dryRun', false],
		['alreadyEnded', false],
		['notRunning', false],
		['notFound', true],
		['failed', true],
		['unknown', true],
		['notSent', true],
	] as const)('%s by default: %s', (outcome, expected) => {
		expect(isFailure(outcome, defaults)).toBe(expected);
	});

	it('follows the options, and only for the outcomes they name', () => {
		expect(isFailure('alreadyEnded', { ...defaults, failIfAlreadyEnded: true })).toBe(true);
		expect(isFailure('notRunning', { ...defaults, failIfAlreadyEnded: true })).toBe(true);
		expect(isFailure('notFound', { ...defaults, ignoreNotFound: true })).toBe(false);
		expect(isFailure('unknown', { failIfAlreadyEnded: false, ignoreNotFound: true })).toBe(true);
	});
});

describe('deliveryOf', () => {
	const axios = (code: string) => Object.assign(new Error(code), { isAxiosError: true, code });

	it.each([
		['ECONNREFUSED', false, true],
		['ENOTFOUND', false, true],
		['CERT_HAS_EXPIRED', false, true],
		['ECONNRESET', true, false],
		['ECONNABORTED', true, false],
		['ETIMEDOUT', true, false],
		['ERR_BAD_RESPONSE', true, false],
		['ERR_CANCELED', true, true],
	])('%s: maybe sent %s, stops the run %s', (code, maybeSent, stopsRun) => {
		const error = Object.assign(new Error('wrapped'), { cause: axios(code) });
		expect(deliveryOf(error)).toMatchObject({ kind: 'fault', fault: { code, maybeSent, stopsRun } });
	});

	it('takes an answer with a status as an answer, with its headers and its text', () => {
		const cause = Object.assign(axios('ERR_BAD_REQUEST'), {
			response: { status: 401, headers: { 'Retry-After': '3', x: ['a', 'b'] }, data: { error: '' } },
		});
		expect(deliveryOf(Object.assign(new Error('wrapped'), { cause, httpCode: '401' }))).toEqual({
			kind: 'response',
			response: { status: 401, headers: { 'retry-after': '3', x: 'a, b' }, text: '{"error":""}' },
		});
	});

	it.each([
		['EAUTH', Object.assign(new Error('refused'), { code: 'EAUTH' })],
		['ESTATUS', Object.assign(new Error('HTTP status 502'), { code: 'ESTATUS', status: 502 })],
		[undefined, Object.assign(new Error('reconnect'), { failure: { cause: 'credential-invalid' } })],
	])('takes an OAuth token that could not be renewed as not sent: %s', (code, cause) => {
		const error = Object.assign(new Error('wrapped'), { cause, httpCode: '502' });
		expect(deliveryOf(error)).toMatchObject({
			kind: 'fault',
			fault: { ...(code && { code }), maybeSent: false, stopsRun: true, hint: 'Reconnect the credential.' },
		});
	});

	it('takes a refused login as not sent, wherever it is wrapped', () => {
		const refusal = new CredentialRefusal('The password is wrong', 'Fix it.');
		const error = Object.assign(new Error('outer'), {
			cause: Object.assign(new Error('inner'), { cause: refusal }),
		});
		expect(deliveryOf(error)).toEqual({
			kind: 'fault',
			fault: { maybeSent: false, stopsRun: true, reason: 'the password is wrong', hint: 'Fix it.' },
		});
	});

	it.each([[new Error('n8n says no')], ['text'], [undefined], [null]])('takes %p as not sent', (error) => {
		expect(deliveryOf(error)).toMatchObject({ kind: 'fault', fault: { maybeSent: false, stopsRun: true } });
	});
});

describe('StopTogether', () => {
	const outcome = (id: string): JudgedOutcome => ({
		id,
		outcome: 'terminated',
		message: '',
		attempts: 1,
		item: 0,
		extra: {},
		failure: false,
	});

	it('tells every item of all, in item order, when the last is in', async () => {
		const together = new StopTogether();
		const execution = {};
		const all = await Promise.all([
			together.settle(execution, 3, 2, [outcome('c')]),
			together.settle(execution, 3, 0, [outcome('a')]),
			together.settle(execution, 3, 1, []),
		]);
		for (const told of all) expect(told.map(({ id }) => id)).toEqual(['a', 'c']);
	});

	it('starts afresh when a try broke off half way', async () => {
		const together = new StopTogether();
		const execution = {};
		void together.settle(execution, 2, 0, [outcome('old')]);
		const [told] = await Promise.all([
			together.settle(execution, 2, 0, [outcome('a')]),
			together.settle(execution, 2, 1, [outcome('b')]),
		]);
		expect(told.map(({ id }) => id)).toEqual(['a', 'b']);
	});

	it('keeps executions apart', async () => {
		const together = new StopTogether();
		const told = await Promise.all([
			together.settle({}, 1, 0, [outcome('a')]),
			together.settle({}, 1, 0, [outcome('b')]),
		]);
		expect(told.map(([first]) => first?.id)).toEqual(['a', 'b']);
	});
});
