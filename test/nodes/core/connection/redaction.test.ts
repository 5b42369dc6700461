import { quoter, redactor } from '../../../../nodes/core/connection/redaction';
import { mapTexts } from '../../../../nodes/core/util/json';

describe('redactor', () => {
	const SECRETS = ['s3cr3t!', 'abc', ' abc ', '', 's3cr3t!-and-more', ' padded ', 'four', 'p&ss w/rd'];

	it.each([
		['token s3cr3t! here', 'token *** here'],
		['twice: s3cr3t!s3cr3t!', 'twice: ******'],
		['longer first: s3cr3t!-and-more', 'longer first: ***'],
		['in the clear: p&ss w/rd', 'in the clear: ***'],
		['in a URL: ?p=p%26ss%20w%2Frd&x', 'in a URL: ?p=***&x'],
		['trimmed form of padded one', 'trimmed form of *** one'],
		['just long enough: four', 'just long enough: ***'],
		['too short to be one: abc', 'too short to be one: abc'],
		['Authorization: Bearer abcdefgh.ijk-1', 'Authorization: Bearer ***'],
		['authorization: basic \t dXNlcjpwYXNz==;', 'authorization: basic ***;'],
		['a Bearer of bad news', 'a Bearer of bad news'],
		['Basic Contracts', 'Basic Contracts'],
		['in JSON: "p&ss w\\/rd"', 'in JSON: "***"'],
		['nothing', 'nothing'],
	])('%s', (given, expected) => {
		expect(redactor(SECRETS)(given)).toBe(expected);
	});

	it('takes any secret, even one that no URL can carry', () => {
		expect(redactor(['half\ud800pair'])('a half\ud800pair b')).toBe('a *** b');
	});

	it('reaches texts at any depth, and leaves everything else', () => {
		expect(
			mapTexts({ a: ['s3cr3t!', { b: 's3cr3t!', c: 1, d: null }], 's3cr3t!': true }, redactor(SECRETS)),
		).toEqual({
			a: ['***', { b: '***', c: 1, d: null }],
			's3cr3t!': true,
		});
	});
});

describe('quoter', () => {
	const TOKEN = 'eyJhbGciOiJub25lIn0.abcdefghijklmnopqrstuvwx';

	it.each([
		['cut in the middle of it', `${'x'.repeat(180)} ${TOKEN} and more`],
		['with markup in it', `a ${TOKEN.slice(0, 20)}<b>${TOKEN.slice(20)}</b>`],
		['with a line break in it', `a ${TOKEN.slice(0, 20)}\n${TOKEN.slice(20)}`],
		['behind markup', `<p title="${TOKEN}">${TOKEN}</p>`],
	])('shows no part of a token in a text %s', (_name, text) => {
		const quote = quoter([TOKEN])(text);
		for (let start = 0; start + 6 <= TOKEN.length; start += 1)
			expect(quote.replace(/\s/g, '')).not.toContain(TOKEN.slice(start, start + 6));
	});

	it.each([['ümläut/pass"word'], ['p\\ss wörd']])('knows %s however JSON writes it', (secret) => {
		const ascii = JSON.stringify({ secret }).replace(
			/[\u0080-\uffff]/g,
			(one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, '0')}`,
		);
		for (const text of [JSON.stringify({ secret }), ascii, ascii.replaceAll('/', '\\/')])
			expect(quoter([secret])(text)).toBe('{"secret":"***"}');
	});

	it.each([
		['18 kB of text', 'word '.repeat(3_600)],
		['3,000 scripts', '<script>'.repeat(3_000)],
		['20,000 brackets', '<'.repeat(20_000)],
		['the beginning of a secret, over and over', 'eyJhbGciOi'.repeat(1_800)],
	])('takes no longer than 10 ms for %s, and once for many targets', (_name, page) => {
		const quoters = Array.from({ length: 12 }, () => quoter([TOKEN, 'another secret', 'p&ss w/rd']));
		const times = quoters.map((quote) => {
			const start = performance.now();
			quote(page);
			return performance.now() - start;
		});
		// The others may have been held up by a busy machine.
		expect(Math.min(...times)).toBeLessThan(10);
		const again = performance.now();
		for (let target = 0; target < 10_000; target += 1) quoters[0]?.(page);
		expect(performance.now() - again).toBeLessThan(1_000);
	});
});
