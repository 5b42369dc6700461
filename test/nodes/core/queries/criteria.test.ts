import { equals, RowFilter, sentParts, within } from '../../../../nodes/core/queries/criteria';
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
