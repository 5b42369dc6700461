import { mapTexts, redactor } from '../../../../nodes/core/connection/redaction';

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
