import type { IDataObject } from 'n8n-workflow';

import { readRecordFields } from '../../../../nodes/Unifier/bpRecord/fields';
import { readRecordCriteria } from '../../../../nodes/Unifier/bpRecord/filters';

const read = (filters: unknown) =>
	readRecordCriteria((name) => (name === 'filters' ? filters : undefined), 'Europe/Berlin').map(
		({ displayName, sent }) => ({ displayName, sent }),
	);
const entry = (changes: IDataObject) =>
	read({
		filterCriteria: { criteria: [{ field: 'title', conditionType: 'eq', value: 'Door', ...changes }] },
	});

describe('the criteria', () => {
	it('are none without filters', () => {
		expect([read({}), read(undefined)]).toEqual([[], []]);
	});

	it('come from all filters, in the words of "Fetch BP Record List"', () => {
		const criteria = [
			{ field: ' title ', conditionType: 'like', value: '%door%' },
			{ field: 'size', conditionType: 'range', value: 5, value2: '7.5' },
			// A value that n8n keeps of the time when it was a range.
			{ field: 'floor', conditionType: 'eq', value: '2', value2: 'old' },
		];
		expect(read({ status: ' Active ', recordNumber: 'PL-0809', filterCriteria: { criteria } })).toEqual([
			{ displayName: 'Status', sent: { field: 'status', value: 'Active', condition_type: 'eq' } },
			{ displayName: 'Record Number', sent: { field: 'record_no', value: 'PL-0809', condition_type: 'eq' } },
			{
				displayName: 'Filter Criteria 1: title',
				sent: { field: 'title', value: '%door%', condition_type: 'like' },
			},
			{
				displayName: 'Filter Criteria 2: size',
				sent: { field: 'size', value: '5', value2: '7.5', condition_type: 'range' },
			},
			{
				displayName: 'Filter Criteria 3: floor',
				sent: { field: 'floor', value: '2', condition_type: 'eq' },
			},
		]);
	});

	it.each(['PL-08%', 'PL-0_'])('take a record number with a wildcard (%s) for a pattern', (recordNumber) => {
		expect(read({ recordNumber })).toMatchObject([{ sent: { value: recordNumber, condition_type: 'like' } }]);
	});

	it.each<[string, () => unknown]>([
		["'Status' was added and has no value", () => read({ status: undefined })],
		["'Record Number' was added and has no value", () => read({ recordNumber: ' ' })],
		["'Filter Criteria' was added and has no criterion", () => read({ filterCriteria: {} })],
		["'Filter Criteria' was added and has no criterion", () => read({ filterCriteria: { criteria: [] } })],
		["'Filter Criteria' was added and has no criterion", () => read({ filterCriteria: undefined })],
		["'Filter Criteria 1: Element Name' was added and has no value", () => entry({ field: '' })],
		["'Filter Criteria 1: Value' was added and has no value", () => entry({ value: undefined })],
		["'Filter Criteria 1: Value' is not text", () => entry({ value: ['Door'] })],
		["'Filter Criteria 1: Condition' is none of eq, like, range", () => entry({ conditionType: 'ne' })],
		["'Filter Criteria 1: Last Value' is missing", () => entry({ conditionType: 'range' })],
		[
			"'Filter Criteria 1: Last Value' was added and has no value",
			() => entry({ conditionType: 'range', value2: '' }),
		],
		["'Filter Criteria 1: Element Name' is not the name of one element", () => entry({ field: 'a;b' })],
		["'Filters' is not a set of filters", () => read({ filterCriteria: { criteria: [7] } })],
	])('are refused: %s', (message, act) => expect(act).toThrow(message));

	it('a value that was never given is named', () => {
		const criteria = [{ field: 'title', conditionType: 'eq' }];
		expect(() => read({ filterCriteria: { criteria } })).toThrow(
			"The filter 'Filter Criteria 1: Value' is missing",
		);
	});

	it.each([
		['5', '01/02/2024'],
		['1 Feb 2024', '2 Feb 2024'],
		['a', 'b'],
		['2024-01-01T00:00:00.000Z', '2024-02-01T00:00:00.000Z'],
	])('a range from %s to %s, which nobody can check, is refused', (value, value2) => {
		expect(() => entry({ conditionType: 'range', value, value2 })).toThrow(
			"The range of the filter 'Filter Criteria 1: title' has ends that are neither two numbers nor two dates",
		);
	});
});

describe('record fields', () => {
	it.each<[unknown, string[]]>([
		['', []],
		[undefined, []],
		[' title;uuu_user_id , title\nsize,,', ['title', 'uuu_user_id', 'size']],
	])('%p are %p', (value, names) => expect(readRecordFields(value)).toEqual(names));

	it('are refused when they are no text', () => {
		expect(() => readRecordFields(['title'])).toThrow("'Record Fields'");
	});
});
