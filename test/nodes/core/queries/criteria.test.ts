import { anyOf, equals, RowFilter, sentParts, within } from '../../../../nodes/core/queries/criteria';
import type { Criterion } from '../../../../nodes/core/queries/criteria';

const red = equals('Colour', { colour: 'red' }, (row) => row['colour'], 'red');
const young = equals('Age', undefined, (row) => row['age'], 1);

it('asks the vendor for what it can be asked for, in order', () => {
	const old = equals('Owner', { owner: 'o' }, (row) => row['owner'], 'o');
	const all: Criterion[] = [red, young, old];
	expect(sentParts(all)).toEqual([{ colour: 'red' }, { owner: 'o' }]);
	expect(young).not.toHaveProperty('sent');
});

it('admits rows that meet all criteria, and counts those that the vendor should have left out', () => {
	const filter = new RowFilter([red, young]);
	expect(filter.admits({ colour: 'red', age: 1 })).toBe(true);
	expect(filter.admits({ colour: 'red', age: 2 })).toBe(false);
	expect(filter.admits({ colour: 'blue', age: 2 })).toBe(false);
	expect(filter.admits({})).toBe(false);
	expect([...filter.ignored]).toEqual([['Colour', 2]]);
});

it.each([
	[{ from: 5 }, [4, 5, 6], [5, 6]],
	[{ to: 5 }, [4, 5, 6], [4, 5]],
	[{ from: 5, to: 5 }, [4, 5, 6], [5]],
	[{}, [4, 5, 6], [4, 5, 6]],
])('a time within %j includes both ends', (ends, times, expected) => {
	const criterion = within('Start', undefined, (row) => row['at'] as number | undefined, ends);
	expect(times.filter((at) => criterion.passes({ at }))).toEqual(expected);
	expect(criterion.passes({})).toBeUndefined();
});

it('a row that cannot be judged is counted as such, and nobody is blamed', () => {
	const start = within('Start', { from: 5 }, (row) => row['at'] as number | undefined, { from: 5 });
	const colour = equals('Colour', 'red', (row) => row['colour'], 'red');
	const filter = new RowFilter([start, colour]);
	expect(
		[{ colour: 'red' }, { colour: 'red', at: 7 }, { colour: 'blue' }].map((row) => filter.admits(row)),
	).toEqual([false, true, false]);
	expect([...filter.unjudged]).toEqual([['Start', 1]]);
	expect([...filter.ignored]).toEqual([['Colour', 1]]);
});

describe('near misses', () => {
	const named = (name: string): Criterion => ({
		...equals('Name', { name }, (row) => row['name'], name),
		nearMiss: (row) =>
			String(row['name']).toLowerCase() === name.toLowerCase() ? 'in other case' : undefined,
	});
	const counts = ({ ignored, unjudged, nearMisses }: RowFilter): unknown[] => [
		[...ignored],
		[...unjudged],
		[...nearMisses].map(([label, misses]) => [label, [...misses]]),
	];

	it('are left out and counted as such, and nobody is blamed', () => {
		const filter = new RowFilter([named('a')]);
		expect(
			[{ name: 'a' }, { name: 'A' }, { name: 'A' }, { name: 'b' }].map((row) => filter.admits(row)),
		).toEqual([true, false, false, false]);
		expect(counts(filter)).toEqual([[['Name', 1]], [], [['Name', [['in other case', 2]]]]]);
	});

	it('do not count for a row that another filter excludes', () => {
		const filter = new RowFilter([named('a'), red]);
		expect(filter.admits({ name: 'A', colour: 'blue' })).toBe(false);
		expect(counts(filter)).toEqual([[['Colour', 1]], [], []]);
	});

	it('also explain a value that could not be read', () => {
		const open: Criterion = { displayName: 'Size', passes: () => undefined, nearMiss: () => 'too big' };
		const filter = new RowFilter([open, named('a')]);
		expect(filter.admits({ name: 'A' })).toBe(false);
		expect(counts(filter)).toEqual([
			[],
			[],
			[
				['Size', [['too big', 1]]],
				['Name', [['in other case', 1]]],
			],
		]);
	});
});

describe('any of several criteria', () => {
	const start = within('Start', { from: 5 }, (row) => row['at'] as number | undefined, { from: 5 });
	const either = anyOf('Either', { either: true }, [red, young, start]);

	it.each([
		[{ colour: 'red' }, true],
		[{ age: 1 }, true],
		[{ colour: 'blue', at: 6 }, true],
		[{ colour: 'blue', at: 4 }, false],
		// What cannot be read might have met it.
		[{ colour: 'blue' }, undefined],
	])('%j: %p', (row, passes) => expect(either.passes(row)).toBe(passes));

	it('blame a vendor that was asked for them, and no other', () => {
		const asked = new RowFilter([either]);
		const unasked = new RowFilter([anyOf('Either', undefined, [red, young, start])]);
		for (const filter of [asked, unasked]) filter.admits({ colour: 'blue', at: 4 });
		expect([[...asked.ignored], [...unasked.ignored]]).toEqual([[['Either', 1]], []]);
		expect(anyOf('Either', undefined, [])).not.toHaveProperty('sent');
	});

	it('are nearly met where one of them is', () => {
		const near: Criterion = { displayName: 'Size', passes: () => false, nearMiss: () => 'too big' };
		expect(anyOf('Either', undefined, [red, near]).nearMiss?.({})).toBe('too big');
		expect(either.nearMiss?.({})).toBeUndefined();
	});
});
