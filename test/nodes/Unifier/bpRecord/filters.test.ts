import type { IDataObject } from 'n8n-workflow';

import { readRecordFields } from '../../../../nodes/Unifier/bpRecord/fields';
import { readRecordCriteria } from '../../../../nodes/Unifier/bpRecord/filters';

const read = (filters: unknown) =>
	readRecordCriteria((name) => (name === 'filters' ? filters : undefined), 'Europe/Berlin').map(
		({ displayName, sent }) => ({ displayName, ...(sent && { sent }) }),
	);
const entry = (changes: IDataObject) =>
	read({
		filterCriteria: { criteria: [{ field: 'title', conditionType: 'eq', value: 'Door', ...changes }] },
	});

const range = { conditionType: 'range', value2: '2024-12-31' };

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

	it('take a record number with a percent sign for a pattern, and an underscore for itself', () => {
		const sent = (recordNumber: string): unknown => read({ recordNumber }).map((criterion) => criterion.sent);
		const filter = (value: string, type: string) => ({ field: 'record_no', value, condition_type: type });
		expect(sent('PL-08%')).toEqual([filter('PL-08%', 'like')]);
		expect(sent('PL_08')).toEqual([filter('PL_08', 'eq')]);
		// The second one is the node's own.
		expect(sent('PL_0%')).toEqual([filter('PL_0%', 'like'), undefined]);
	});

	it.each([undefined, 'AND'])('are all to be met when joined by %p', (join) => {
		const criteria = [
			{ field: 'title', value: 'Door' },
			{ field: 'title', value: 'Gate' },
		];
		expect(read({ status: 'Active', ...(join && { join }), filterCriteria: { criteria } })).toHaveLength(3);
	});

	it('joined by OR are one criterion, and alone in the request', () => {
		const criteria = [
			{ field: 'title', value: 'Door' },
			{ field: 'size', conditionType: 'range', value: '1', value2: '2' },
		];
		expect(
			read({ status: 'Active', recordNumber: 'PL_%', join: 'OR', filterCriteria: { criteria } }),
		).toEqual([
			{ displayName: 'Status' },
			{ displayName: 'Record Number' },
			{ displayName: 'Record Number' },
			{
				displayName: 'Filter Criteria',
				sent: {
					anyOf: [
						{ field: 'title', value: 'Door', condition_type: 'eq' },
						{ field: 'size', value: '1', value2: '2', condition_type: 'range' },
					],
				},
			},
		]);
	});

	it('joined by OR with one that Unifier does not know are tested here, and the others are sent', () => {
		const criteria = [
			{ field: 'title', value: 'Door' },
			{ field: 'due', conditionType: 'before', value: '2024-01-31' },
		];
		expect(read({ status: 'Active', join: 'OR', filterCriteria: { criteria } })).toEqual([
			{ displayName: 'Status', sent: { field: 'status', value: 'Active', condition_type: 'eq' } },
			{ displayName: 'Filter Criteria' },
		]);
	});

	it('joined by OR, one alone is as it is', () => {
		const criteria = [{ field: 'title', value: 'Door' }];
		expect(read({ join: 'OR', filterCriteria: { criteria } })).toMatchObject([
			{ displayName: 'Filter Criteria 1: title', sent: { field: 'title' } },
		]);
	});

	it.each(['before', 'after'])('%s is never sent', (conditionType) => {
		expect(entry({ conditionType, value: '31/01/2024' })).toEqual([
			{ displayName: 'Filter Criteria 1: title' },
		]);
	});

	const DATE = '2024-03-05T10:30:00.000Z';
	const moment = { __isoString: DATE };

	it.each([
		[DATE, '05/03/2024 11:30 AM'],
		[moment, '05/03/2024 11:30 AM'],
		['2024-03-05', '05/03/2024'],
		['2024-03-05T11:30', '05/03/2024 11:30 AM'],
		['05/03/2024', '05/03/2024'],
		['5/3/2024 7:00', '5/3/2024 7:00'],
	])('the date %j is written in the chosen format', (value, text) => {
		expect(entry({ ...range, value, dateFormat: 'DD/MM/YYYY' })).toMatchObject([
			{ sent: { value: text, value2: '31/12/2024' } },
		]);
	});

	it('dates as written are passed on unchanged', () => {
		expect(entry({ ...range, value: '2024-03-05', dateFormat: 'asWritten' })).toMatchObject([
			{ sent: { value: '2024-03-05', value2: '2024-12-31' } },
		]);
		expect(entry({ conditionType: 'range', value: 'Mar/05/2024', value2: 'Apr/05/2024' })).toHaveLength(1);
	});

	it.each([
		{ ...range, value: moment },
		{ ...range, value: DATE },
		{ conditionType: 'before', value: DATE },
	])('a date of n8n without a chosen format is refused by name: %j', (changes) => {
		expect(() => entry(changes)).toThrow(
			"The value of the filter 'Filter Criteria 1: Value' is an n8n date or an ISO 8601 date, which Unifier cannot read",
		);
	});

	it.each<[string, () => unknown]>([
		["'Status' was added but has no value", () => read({ status: undefined })],
		["'Record Number' was added but has no value", () => read({ recordNumber: ' ' })],
		["'Filter Criteria' was added but has no criterion", () => read({ filterCriteria: {} })],
		["'Filter Criteria' was added but has no criterion", () => read({ filterCriteria: { criteria: [] } })],
		["'Filter Criteria' was added but has no criterion", () => read({ filterCriteria: undefined })],
		["'Filter Criteria 1: Element Name' was added but has no value", () => entry({ field: '' })],
		["'Filter Criteria 1: Value' was added but has no value", () => entry({ value: undefined })],
		["'Filter Criteria 1: Value' must be text", () => entry({ value: ['Door'] })],
		["'Filter Criteria 1: Last Value' has no value", () => entry({ conditionType: 'range' })],
		[
			"'Filter Criteria 1: Last Value' was added but has no value",
			() => entry({ conditionType: 'range', value2: '' }),
		],
		["'Filter Criteria 1: Element Name' must be the name of one element", () => entry({ field: 'a;b' })],
		["'Filters' must be an object", () => read({ filterCriteria: { criteria: [7] } })],
		[
			"'Filter Criteria 1: Condition' must be one of eq, like, range, before, after",
			() => entry({ conditionType: 'older' }),
		],
		[
			"'Filter Criteria 1: Date Format' must be one of",
			() => entry({ ...range, value: '1', dateFormat: 'YYYY' }),
		],
		["'Join' must be one of AND, OR", () => read({ join: 'XOR' })],
		["'Join' was added but has no value", () => read({ join: undefined })],
		["'Filter Criteria 1: Value' is not a date", () => entry({ conditionType: 'before', value: '5' })],
		["'Filter Criteria 1: Value' is not a date", () => entry({ conditionType: 'after', value: 'today' })],
		["'Filter Criteria 1: Value' was added", () => entry({ conditionType: 'after', value: '' })],
		[
			"'Filter Criteria 1: Value' is not a date in the format M/D/YY",
			() => entry({ ...range, value: '31/12/2024', dateFormat: 'M/D/YY' }),
		],
		[
			"'Filter Criteria 1: Last Value' is not a date in the format M/D/YY",
			() => entry({ ...range, value: '1/2/24', value2: 'soon', dateFormat: 'M/D/YY' }),
		],
		[
			"'Filter Criteria 1: Value' must be a date and time",
			() => entry({ ...range, value: '2024-02-30', dateFormat: 'M/D/YY' }),
		],
	])('are refused: %s', (message, act) => expect(act).toThrow(message));

	it('a value that was never given is named', () => {
		const criteria = [{ field: 'title', conditionType: 'eq' }];
		expect(() => read({ filterCriteria: { criteria } })).toThrow(
			"The filter 'Filter Criteria 1: Value' has no value",
		);
	});

	it.each([
		['5', '01/02/2024'],
		['1 Feb 2024', '2 Feb 2024'],
		['a', 'b'],
		['31/01/2024', '02/28/2024'],
		['01/02/03', '1,234'],
	])('a range from %s to %s, which nobody can check, is refused', (value, value2) => {
		expect(() => entry({ conditionType: 'range', value, value2 })).toThrow(
			"The range of the filter 'Filter Criteria 1: title' must consist of two numbers or two dates",
		);
	});

	it.each([
		['5', '4.5'],
		['02/01/2024', '01/01/2024'],
		['2024-01-02', '2024-01-01'],
		['Feb/01/2024', 'Jan/31/2024'],
		['05/03/2024 11:00', '05/03/2024 10:00'],
	])('a range from %s to %s, which is backwards, is refused', (value, value2) => {
		expect(() => entry({ conditionType: 'range', value, value2 })).toThrow(
			`The range of the filter 'Filter Criteria 1: title' is reversed: ${value} comes after ${value2}`,
		);
	});

	it('a range that is backwards in the chosen format only is refused then', () => {
		const either = { conditionType: 'range', value: '05/01/2024', value2: '03/02/2024' };
		expect(entry(either)).toHaveLength(1);
		expect(entry({ ...either, dateFormat: 'DD/MM/YYYY' })).toHaveLength(1);
		expect(() => entry({ ...either, dateFormat: 'MM/DD/YYYY' })).toThrow('is reversed');
	});

	it.each([
		['5', '5'],
		['05/03/2024', '05/03/2024'],
	])('a range from %s to %s is one', (value, value2) => {
		expect(entry({ conditionType: 'range', value, value2 })).toHaveLength(1);
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

describe('what says which records are meant', () => {
	const isVague = (filters: unknown) =>
		readRecordCriteria((name) => (name === 'filters' ? filters : undefined), 'UTC').every(
			(criterion) => criterion.isVague === true,
		);
	const like = (value: string) => ({ field: 'title', conditionType: 'like', value });

	it.each(['%', '%%', '%_%', '__'])('is no pattern of wildcards alone: %s', (value) => {
		expect(isVague({ filterCriteria: { criteria: [like(value)] } })).toBe(true);
	});

	it('is none of several where one of them is no matter', () => {
		const criteria = [{ field: 'title', conditionType: 'eq', value: 'Door' }, like('%')];
		expect(isVague({ join: 'OR', filterCriteria: { criteria } })).toBe(true);
		expect(isVague({ join: 'AND', filterCriteria: { criteria } })).toBe(false);
	});

	it('is no date to come before which all records are, alone or joined by OR, as far as the node knows the date', () => {
		const latest = (filters: unknown) =>
			readRecordCriteria((name) => (name === 'filters' ? filters : undefined), 'UTC').map(
				(criterion) => criterion.latest,
			);
		const before = (value: string, more = {}) => {
			return { field: 'end', conditionType: 'before', value, dateFormat: 'MM/DD/YYYY', ...more };
		};
		const [soon, late] = [before('2026-03-01'), before('2099-03-01')];
		const title = { field: 'title', conditionType: 'eq', value: 'Door' };
		expect(latest({ filterCriteria: { criteria: [soon, late, title] } })).toEqual([
			Date.UTC(2026, 2, 1),
			Date.UTC(2099, 2, 1),
			undefined,
		]);
		expect(latest({ join: 'OR', filterCriteria: { criteria: [title, late, soon] } })).toEqual([
			Date.UTC(2099, 2, 1),
		]);
		const others = [before('03/01/2099'), before('2099-03-01', { conditionType: 'after' })];
		expect(latest({ filterCriteria: { criteria: others } })).toEqual([undefined, undefined]);
	});

	it('is a pattern with anything in it, and of a record number the underscore too', () => {
		expect(isVague({ filterCriteria: { criteria: [like('PL%')] } })).toBe(false);
		expect([isVague({ recordNumber: '%' }), isVague({ recordNumber: '%_%' })]).toEqual([true, false]);
	});
});
