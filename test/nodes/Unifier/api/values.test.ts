import {
	asNumber,
	hasSeparators,
	haveSameDigits,
	isLike,
	isSameValue,
} from '../../../../nodes/Unifier/api/values';

it.each<[string, number | undefined]>([
	['0', 0],
	['-12.50', -12.5],
	['007', undefined],
	['1,234', undefined],
	['1e3', undefined],
	['', undefined],
	['123456789012345', 123456789012345],
	// Its neighbour would be the same number.
	['9007199254740993', undefined],
])('%p is the number %p', (text, number) => expect(asNumber(text)).toBe(number));

it.each<[string, string, boolean]>([
	['Active', 'Active', true],
	['Active', 'active', false],
	['5', '5.00', true],
	['5', '50', false],
	['007', '7', false],
	['9007199254740993', '9007199254740992', false],
])('%p and %p are the same: %p', (one, other, same) => expect(isSameValue(one, other)).toBe(same));

it.each<[string, boolean]>([
	['1,234', true],
	['-1.234.567,8', true],
	['1\u202f234', true],
	["12'345.60", true],
	['5,5', true],
	['1.234', false],
	['1234', false],
	['5.333333333333333333', false],
	['PL-1,234', false],
	['1,234 m', false],
	['12.05.2024', false],
])('%p is a number with separators: %p', (text, has) => expect(hasSeparators(text)).toBe(has));

it.each<[string, string, boolean]>([
	['1,234.50', '1234.5', true],
	['1.234,5', '1234.5', true],
	['1,234', '1235', false],
	['-1,234', '1234', false],
])('%p and %p may be the same: %p', (one, other, may) => expect(haveSameDigits(one, other)).toBe(may));

it('an underscore may stand for itself', () => {
	expect([isLike('PL_08', 'pl_%', ''), isLike('PL-08', 'PL_%', ''), isLike('PL-08', 'PL_%')]).toEqual([
		true,
		false,
		true,
	]);
});

describe('like', () => {
	it.each<[string, string, boolean]>([
		['PL-0809', 'PL', true],
		['PL-0809', 'pl-08', true],
		['PL-0809', 'CON', false],
		['PL-0809', 'PL-%', true],
		['PL-0809', 'pl-%9', true],
		['PL-0809', '%08', false],
		['PL-0809', '%08%', true],
		['PL-0809', 'PL-____', true],
		['PL-0809', 'PL-___', false],
		['PL-0809', 'PL-_____', false],
		['PL-0809', '%', true],
		['PL-0809', 'PL-0809%', true],
		['PL-0809', '%PL-0809', true],
		['abab', '%ab', true],
		['a.b', 'a.%', true],
		['axb', 'a.%', false],
		['a%b', 'a_b', true],
		['two\nlines', 'two%', true],
		['😀', '_', true],
		['', '%', true],
		['', '_', false],
	])('%p is like %p: %p', (text, pattern, like) => expect(isLike(text, pattern)).toBe(like));

	it('takes no longer for a pattern made to take long', () => {
		const start = performance.now();
		expect(isLike('a'.repeat(4000), `${'%a'.repeat(40)}b`)).toBe(false);
		expect(performance.now() - start).toBeLessThan(1000);
	});
});
