import type { Json } from './emulator.ts';
import { checked, count, date, either, entry, filledText, flag, integer, list, listOf } from './rules.ts';
import { object, oneOf, orNull, text, wholeNumber } from './rules.ts';
import type { Rule } from './rules.ts';

const user = entry({ id: integer, admin: flag }, 'id');

it.each<[Rule<unknown>, string, Json[], Json[]]>([
	[oneOf('on', 5, false), '"on" | 5 | false', ['on', 5, false], ['off', '5', 0, null, ['on']]],
	[flag, 'true | false', [true, false], [0, 'true', null]],
	[text, 'a text', ['', 'a'], [1, null, ['a']]],
	[filledText, 'a text of at least one character', ['a'], ['', 1, null]],
	[date, 'a date', ['2024-05-01T00:00:00Z'], ['soon', 5, null]],
	[integer, 'a whole number', [-1, 0, 7], [1.5, '1', null]],
	[count, 'a whole number from 0', [0, 7], [-1, 0.5, '1']],
	[wholeNumber(1, 4), 'a whole number from 1 to 4', [1, 4], [0, 5]],
	[object, 'an object', [{}, { a: 1 }], [null, [], 'a']],
	[list, 'a list', [[], [1]], [{}, null, 'a']],
	[listOf(integer), 'a list of a whole number', [[], [1, 2]], [1, ['1'], [1, null]]],
	[either(count, listOf(text)), 'a whole number from 0, or a list of a text', [3, ['a']], [-1, [3], 'a']],
	[orNull(flag), 'true | false, or null', [true, null], [0, '']],
	[user, '{ id, admin? }', [{ id: 1 }, { id: 1, admin: true }], [{}, { admin: true }, { id: '1' }, null, []]],
	[user, '{ id, admin? }', [], [{ id: 1, colour: 'red' }, JSON.parse('{ "id": 1, "toString": 1 }') as Json]],
])('%#: %j', (rule, takes, fitting, others) => {
	expect(rule.takes).toBe(takes);
	expect(fitting.filter((value) => !rule.accepts(value))).toEqual([]);
	expect(others.filter((value) => rule.accepts(value))).toEqual([]);
});

it('names what it refuses, and what it takes', () => {
	const check = (given: Record<string, Json>): unknown =>
		checked('Vendor', 'switch', { speed: count }, given);
	expect(check({ speed: 1 })).toEqual({ speed: 1 });
	expect(() => check({ colour: 1 })).toThrow(new Error('Vendor has no switch named colour'));
	expect(() => check({ speed: 'x' })).toThrow(
		new Error('Vendor switch speed cannot be "x": it takes a whole number from 0'),
	);
});
