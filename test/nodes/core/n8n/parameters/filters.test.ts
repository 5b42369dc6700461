import { tryToParseDateTime } from 'n8n-workflow';

import { Filters, readCriteria } from '../../../../../nodes/core/n8n/parameters/filters';
import type { FilterDefinition } from '../../../../../nodes/core/n8n/parameters/filters';
import { refusalOf, SENTENCES } from '../../refusals';

const ZONE = 'Europe/Berlin';
const filters = (given: unknown) => new Filters(given, ZONE);

describe('a filter that was not added', () => {
	it.each([undefined, {}])('is undefined in %j', (given) => {
		const none = filters(given);
		expect([none.has('a'), none.text('a', 'A'), none.flag('a', 'A'), none.count('a', 'A')]).toEqual([
			false,
			undefined,
			undefined,
			undefined,
		]);
		expect([none.moment('a', 'A'), none.choice('a', 'A', ['x'])]).toEqual([undefined, undefined]);
	});

	it('is not one that objects have by nature', () => {
		expect(filters({}).text('toString', 'Name')).toBeUndefined();
	});
});

describe('a filter that was added and comes out empty', () => {
	const empty = [
		undefined,
		null,
		'',
		'   ',
		{ __rl: true, mode: 'id', value: '' },
		{ __rl: true, mode: 'id' },
	];
	it.each(empty)('is refused by its label (%j)', (value) => {
		const given = filters({ a: value });
		for (const read of [
			() => given.text('a', 'Name'),
			() => given.flag('a', 'Name'),
			() => given.count('a', 'Name'),
			() => given.moment('a', 'Name'),
			() => given.choice('a', 'Name', ['x']),
			() => given.choices('a', 'Name', ['x']),
		]) {
			const { name, message, hint } = refusalOf(read);
			expect([name, message]).toEqual(['ParameterError', "The filter 'Name' was added but has no value"]);
			expect(hint).toMatch(SENTENCES);
		}
	});
});

describe('several words', () => {
	const words = ['x', 'y', 'z'];

	it.each([
		['y', ['y']],
		[' z , x\n', ['z', 'x']],
		[
			['x', ' y '],
			['x', 'y'],
		],
		[['x', 'x'], ['x']],
	])('%j are %j', (value, chosen) => {
		expect(filters({ a: value }).choices('a', 'Name', words)).toEqual(chosen);
		expect(filters({}).choices('a', 'Name', words)).toBeUndefined();
	});

	it.each([
		['X', "The value of the filter 'Name' may contain only x, y, z"],
		['x,q', "The value of the filter 'Name' may contain only x, y, z"],
		[['x', 1], "The value of the filter 'Name' may contain only x, y, z"],
		[['x', undefined], "The value of the filter 'Name' may contain only x, y, z"],
		[7, "The value of the filter 'Name' must be text or a list"],
		[{}, "The value of the filter 'Name' must be text or a list"],
		[[], "The filter 'Name' was added but has no value"],
		[',', "The filter 'Name' was added but has no value"],
	])('%j are refused', (value, message) => {
		expect(refusalOf(() => filters({ a: value }).choices('a', 'Name', words)).message).toBe(message);
	});
});

describe('texts', () => {
	it.each([
		['x', 'x'],
		[' x y ', 'x y'],
		[12, '12'],
		[0, '0'],
		[{ __rl: true, mode: 'list', value: '7' }, '7'],
		[{ __rl: true, mode: 'list', value: 7 }, '7'],
	])('%j is %j', (value, text) => {
		expect(filters({ a: value }).text('a', 'Name')).toBe(text);
	});

	it.each([true, {}, ['x'], 1.5, 2 ** 60])('%j is none', (value) => {
		expect(refusalOf(() => filters({ a: value }).text('a', 'Name')).message).toBe(
			"The value of the filter 'Name' must be text",
		);
	});
});

describe('choices', () => {
	it('takes the vendor’s words as they are', () => {
		expect(filters({ a: 'Runnable' }).choice('a', 'Status', ['Runnable', 'Complete'])).toBe('Runnable');
		expect(
			refusalOf(() => filters({ a: 'runnable' }).choice('a', 'Status', ['Runnable', 'Complete'])).message,
		).toBe("The value of the filter 'Status' must be one of Runnable, Complete");
	});
});

describe('counts', () => {
	it.each([
		[1, 1],
		['12', 12],
	])('%j is %j', (value, count) => {
		expect(filters({ a: value }).count('a', 'Version')).toBe(count);
	});

	it.each([0, -1, '0', '1.5', '1e3', 'x', '9'.repeat(20)])('%j is none', (value) => {
		expect(refusalOf(() => filters({ a: value }).count('a', 'Version')).message).toBe(
			"The value of the filter 'Version' must be a whole number greater than zero",
		);
	});
});

describe('switches', () => {
	it('are on or off', () => {
		expect(filters({ a: true }).flag('a', 'Stuck')).toBe(true);
		expect(filters({ a: false }).flag('a', 'Stuck')).toBe(false);
		for (const value of ['true', 1, {}]) {
			expect(refusalOf(() => filters({ a: value }).flag('a', 'Stuck')).message).toBe(
				"The value of the filter 'Stuck' must be true or false",
			);
		}
	});
});

describe('moments', () => {
	const utc = (text: string) => Date.parse(text);

	it.each([
		['in the workflow’s zone without one of its own', '2026-07-01T12:00:00', '2026-07-01T10:00:00Z'],
		['a day, from its beginning there', '2026-01-01', '2025-12-31T23:00:00Z'],
		['with Z', '2026-07-01T12:00:00Z', '2026-07-01T12:00:00Z'],
		['with an offset', ' 2026-07-01T12:00:00+05:00 ', '2026-07-01T07:00:00Z'],
		[
			'a date object of an expression',
			tryToParseDateTime('2026-07-01T12:00', 'Asia/Tokyo'),
			'2026-07-01T03:00:00Z',
		],
		[
			'a date object as n8n’s expression engine hands it over',
			{ __n8nType: 'DateTime', __isoString: '2026-07-01T08:00:00.000-04:00', __zone: 'America/New_York' },
			'2026-07-01T12:00:00Z',
		],
		['a date of JavaScript', new Date('2026-07-01T12:00:00Z'), '2026-07-01T12:00:00Z'],
		['epoch milliseconds', 1_782_907_200_000, '2026-07-01T12:00:00Z'],
	])('%s', (_what, value, expected) => {
		expect(filters({ a: value }).moment('a', 'Started After')).toBe(utc(expected));
	});

	it.each([
		['epoch seconds', 1_782_907_200],
		['words', 'yesterday'],
		['a number as text', '2026'],
		['day first', '01.07.2026'],
		['no such month', '2026-13-40'],
		['no such day', '2024-02-30'],
		['no such day, with a time', '2023-02-29T10:00:00Z'],
		['no such hour', '2024-01-01T25:00:00'],
		['no such minute', '2024-01-01T10:61'],
		['a switch', true],
		['an object', {}],
		['a list', ['2026-07-01']],
		['no number', NaN],
		['a date that is none', new Date(NaN)],
	])('%s is none', (_what, value) => {
		expect(refusalOf(() => filters({ a: value }).moment('a', 'Started After')).message).toBe(
			"The value of the filter 'Started After' must be a date and time",
		);
	});
});

it.each([null, 'x', 1, ['a']])('%j is no set of filters', (given) => {
	expect(refusalOf(() => filters(given)).message).toBe("The parameter 'Filters' must be an object");
});

describe('readCriteria', () => {
	const definition = (
		name: string,
		criteria: FilterDefinition<unknown>['criteria'],
	): FilterDefinition<unknown> => ({
		field: { displayName: name.toUpperCase(), name, type: 'string', default: '' },
		criteria,
	});
	const passes = () => true;
	const definitions = [
		definition('text', (value) => [{ displayName: value.displayName, sent: value.text(), passes }]),
		definition('flag', (value) => [
			{ displayName: 'one', sent: value.flag(), passes },
			{ displayName: 'two', passes },
		]),
		definition('rest', (value) => [
			{ displayName: 'rest', sent: [value.choice(['a', '7']), value.count()], passes },
		]),
		definition('time', (value) => [{ displayName: 'time', sent: value.moment(), passes }]),
	];
	const read = (value: unknown) => readCriteria(definitions, new Filters(value, 'UTC'));

	it('reads what was added, in the order of the definitions', () => {
		expect(read({})).toEqual([]);
		expect(read({ time: '2024-01-01T00:00:00Z', rest: 7, flag: false, text: ' x ' })).toEqual([
			{ displayName: 'TEXT', sent: 'x', passes },
			{ displayName: 'one', sent: false, passes },
			{ displayName: 'two', passes },
			{ displayName: 'rest', sent: ['7', 7], passes },
			{ displayName: 'time', sent: Date.UTC(2024, 0, 1), passes },
		]);
	});

	it('refuses what was added without a value, by its label', () => {
		expect(() => read({ text: '' })).toThrow("The filter 'TEXT' was added but has no value");
	});
});
