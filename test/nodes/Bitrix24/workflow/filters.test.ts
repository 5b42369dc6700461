import { readEqual, readNumber } from '../../../../nodes/Bitrix24/workflow/filters';
import { Filters } from '../../../../nodes/core/n8n/parameters/filters';

const filters = (value: unknown): Filters => new Filters({ one: value }, 'UTC');
const none = new Filters({}, 'UTC');

describe('a filter for an equal text', () => {
	it('is trimmed, and undefined when it was not added', () => {
		expect(readEqual(filters(' DEAL_1 '), 'one', 'One')).toBe('DEAL_1');
		expect(readEqual(filters(777), 'one', 'One')).toBe('777');
		expect(readEqual(filters('\u{1F600}'), 'one', 'One')).toBe('\u{1F600}');
		expect(readEqual(none, 'one', 'One')).toBeUndefined();
	});

	it.each([
		['DEAL_%', "The filter 'One' holds the character %, which stands for any text in Bitrix24"],
		['a\ud83d', "The filter 'One' holds a broken character"],
		['', "The filter 'One' was added and has no value"],
		[{}, "The value of the filter 'One' is not text"],
	])('refuses %p', (value, message) => {
		expect(() => readEqual(filters(value), 'one', 'One')).toThrow(message);
	});
});

describe('a filter for a number', () => {
	it.each([
		['212', '212'],
		[' 7 ', '7'],
		['007', '7'],
		['0', '0'],
		[0, '0'],
		[{ __rl: true, mode: 'list', value: '212', cachedResultName: 'Approve deal (ID 212)' }, '212'],
	])('%p is %p', (value, text) => {
		expect(readNumber(filters(value), 'one', 'One')).toBe(text);
	});

	it('is undefined when it was not added', () => {
		expect(readNumber(none, 'one', 'One')).toBeUndefined();
	});

	it.each(['user_14', '-1', '1.5', '1e3', '1234567890123456', 'Approve deal'])('refuses %p', (value) => {
		expect(() => readNumber(filters(value), 'one', 'One')).toThrow(
			"The value of the filter 'One' is not a number of Bitrix24",
		);
	});

	it.each(['', { __rl: true, mode: 'list', value: '' }])(
		'refuses %p, which would list everything',
		(value) => {
			expect(() => readNumber(filters(value), 'one', 'One')).toThrow(
				"The filter 'One' was added and has no value",
			);
		},
	);
});
