import { readEqual, readNumber } from '../../../../nodes/Bitrix24/workflow/filters';
import { Filters, readCriteria } from '../../../../nodes/core/n8n/parameters/filters';
import type { FilterValue } from '../../../../nodes/core/n8n/parameters/filters';

/** What a filter called One makes of the value that a user has entered. */
function entered(value: unknown, read: (value: FilterValue) => string): string | undefined {
	let text: string | undefined;
	const field = { displayName: 'One', name: 'one', type: 'string', default: '' } as const;
	const criteria = (one: FilterValue): [] => {
		text = read(one);
		return [];
	};
	readCriteria([{ field, criteria }], new Filters(value === ABSENT ? {} : { one: value }, 'UTC'));
	return text;
}

const ABSENT = Symbol('not added');

describe('a filter for an equal text', () => {
	it('is trimmed, and undefined when it was not added', () => {
		expect(entered(' DEAL_1 ', readEqual)).toBe('DEAL_1');
		expect(entered(777, readEqual)).toBe('777');
		expect(entered('\u{1F600}', readEqual)).toBe('\u{1F600}');
		expect(entered(ABSENT, readEqual)).toBeUndefined();
	});

	it.each([
		['DEAL_%', "The filter 'One' contains the character %, which stands for any text in Bitrix24"],
		['a\ud83d', "The filter 'One' contains a broken character"],
		['', "The filter 'One' was added but has no value"],
		[{}, "The value of the filter 'One' must be text"],
	])('refuses %p', (value, message) => {
		expect(() => entered(value, readEqual)).toThrow(message);
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
		expect(entered(value, readNumber)).toBe(text);
	});

	it('is undefined when it was not added', () => {
		expect(entered(ABSENT, readNumber)).toBeUndefined();
	});

	it.each(['user_14', '-1', '1.5', '1e3', '1234567890123456', 'Approve deal'])('refuses %p', (value) => {
		expect(() => entered(value, readNumber)).toThrow("The filter 'One' must be a numeric ID");
	});

	it.each(['', { __rl: true, mode: 'list', value: '' }])(
		'refuses %p, which would list everything',
		(value) => {
			expect(() => entered(value, readNumber)).toThrow("The filter 'One' was added but has no value");
		},
	);
});
