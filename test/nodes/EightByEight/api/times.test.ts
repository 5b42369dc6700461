import { notEarlier, notLater, timeOf, timeText } from '../../../../nodes/EightByEight/api/instance';

it('writes moments in hundredths of a second, as 8x8 does', () => {
	expect(timeText(Date.UTC(2021, 5, 24, 9, 33, 6, 609))).toBe('2021-06-24T09:33:06.60Z');
});

it('reads what 8x8 writes', () => {
	expect(timeOf('2021-06-30T03:20:39.49Z')).toBe(Date.UTC(2021, 5, 30, 3, 20, 39, 490));
	expect([timeOf(null), timeOf(''), timeOf('soon'), timeOf(7)]).toEqual([
		undefined,
		undefined,
		undefined,
		undefined,
	]);
});

it('widens a span of time to what 8x8 can be asked for', () => {
	expect([notLater(1_234), notLater(1_230), notEarlier(1_234), notEarlier(1_230)]).toEqual([
		1_230, 1_230, 1_240, 1_230,
	]);
});
