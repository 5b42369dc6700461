import { isRedirect, isSuccess, redirectHost } from '../../../../nodes/core/http/messages';
import { asText, readJson, readObject } from '../../../../nodes/core/util/json';
import { excerpt } from '../../../../nodes/core/util/excerpt';
import { encodeForUrl } from '../../../../nodes/core/util/url';

const answer = (status: number, headers: Record<string, string> = {}) => ({ status, headers, text: '' });

describe('excerpt', () => {
	it.each([
		['<html><style>b{}</style><script>alert(1)</script><p>Bad   <b>gateway</b></p>', 'Bad gateway'],
		['one<br>two', 'one two'],
		['one<script>\nlet a;\n</script\n>two', 'one two'],
		['<scripture>kept', 'kept'],
		['a\u0000b\u001b[31m', 'a b [31m'],
		['', ''],
		['x'.repeat(200), 'x'.repeat(200)],
		['x'.repeat(201), `${'x'.repeat(200)}…`],
		['<p unfinished', ''],
		[`${' '.repeat(20_000)}too far down`, ''],
	])('of %j', (given, expected) => {
		expect(excerpt(given)).toBe(expected);
	});
});

describe('JSON', () => {
	it('takes only a text with something in it for a text', () => {
		expect([' a ', '', '  ', 7, null, undefined, ['a']].map(asText)).toEqual([
			'a',
			...Array<undefined>(6).fill(undefined),
		]);
	});

	it('is read without an objection to anything', () => {
		expect(['{"a":1}', '[1]', 'null', '"x"', '', '{"a":', '<html>'].map(readJson)).toEqual([
			{ a: 1 },
			[1],
			null,
			'x',
			undefined,
			undefined,
			undefined,
		]);
	});

	it('is an object or nothing', () => {
		expect(readObject('{"a":1}')).toEqual({ a: 1 });
		for (const text of ['', '[]', '1', 'null', '"x"', '{"a":', '<html>'])
			expect(readObject(text)).toBeUndefined();
	});
});

describe('a status', () => {
	it.each([
		[199, false, false],
		[200, true, false],
		[299, true, false],
		[300, false, true],
		[302, false, true],
		[304, false, false],
		[307, false, true],
		[399, false, true],
		[400, false, false],
		[500, false, false],
		[NaN, false, false],
	])('%d: success %s, redirect %s', (status, success, redirect) => {
		expect([isSuccess(status), isRedirect(answer(status))]).toEqual([success, redirect]);
	});

	it('of a redirect names the host and nothing else', () => {
		const to = (location?: string) => redirectHost(answer(302, location === undefined ? {} : { location }));
		expect(to('https://other.example/rest/1/code/')).toBe('other.example');
		expect(to('/relative')).toBe('another address');
		expect(to()).toBe('another address');
	});
});

describe('encodeForUrl', () => {
	it('encodes so that a URL parser leaves it alone', () => {
		const hostile = "a/b?c=d&action=x#e'()*! ü.%2e";
		const url = `https://host.example/p/${encodeForUrl(hostile)}?q=${encodeForUrl(hostile)}`;
		expect(new URL(url).href).toBe(url);
		expect(new URL(url).searchParams.get('q')).toBe(hostile);
	});

	it('writes its escapes in capitals, as encodeURIComponent does', () => {
		expect(encodeForUrl("/!'()*ü")).toBe('%2F%21%27%28%29%2A%C3%BC');
	});
});
