import { RowFilter } from '../../../../nodes/core/queries/criteria';
import { recordList } from '../../../../nodes/Unifier/api/records';
import type { RecordQuery } from '../../../../nodes/Unifier/api/records';
import { readRecordCriteria } from '../../../../nodes/Unifier/bpRecord/filters';

type RecordCriterion = RecordQuery['criteria'][number];

const query = (changes: Partial<RecordQuery> = {}): RecordQuery => ({
	bpName: 'Punchlist',
	projectNumber: 'PRJ-004',
	criteria: [],
	elements: [],
	isSimple: true,
	...changes,
});
const filteredBy = (filters: object) =>
	readRecordCriteria((name) => (name === 'filters' ? filters : undefined), 'UTC');
const entry = (criterion: object): RecordCriterion =>
	filteredBy({ filterCriteria: { criteria: [criterion] } })[0]!;
const is = (field: string, value: string, conditionType: 'eq' | 'like' = 'eq') =>
	entry({ field, conditionType, value });
const within = (field: string, value: string, value2: string) =>
	entry({ field, conditionType: 'range', value, value2 });

const stepsOf = (one: RecordQuery) => {
	const walk = recordList.pages(one, undefined);
	const first = walk.next();
	if (first.done) throw new Error('Nothing was asked for');
	return { step: first.value, end: () => walk.next({ rows: [], newRows: 0, seen: 0 }) };
};
const answer = (data: unknown) => ({
	status: 200,
	headers: {},
	text: JSON.stringify({ data, message: ['success'], status: 200 }),
});

/** The numbers of the records that pass all checks, or why there is no list. */
const admitted = (criteria: RecordCriterion[], records: unknown[]): unknown => {
	const one = query({ criteria });
	const reading = stepsOf(one).step.read(answer(records));
	if (reading.kind !== 'found') return reading;
	const checks = one.criteria;
	return reading.value.rows
		.filter((row) => checks.every(({ passes }) => passes(row)))
		.map((row) => recordList.idOf(row));
};
/** What the user is told about the rows that these criteria leave out. */
const judged = (criteria: RecordCriterion[], records: unknown[]) => {
	const reading = stepsOf(query({ criteria })).step.read(answer(records));
	if (reading.kind !== 'found') throw new Error('No list');
	const filter = new RowFilter(criteria);
	for (const row of reading.value.rows) filter.admits(row);
	return {
		ignored: [...filter.ignored],
		unjudged: [...filter.unjudged],
		nearMisses: [...filter.nearMisses.values()].flatMap((misses) => [...misses]),
	};
};
const numbered = (...values: unknown[]): object[] =>
	values.map((value, index) => ({ record_no: String(index), it: value }));

describe('the request', () => {
	it('is one, without line items', () => {
		const { step, end } = stepsOf(query());
		expect(step.request).toEqual({
			method: 'POST',
			path: '/ws/rest/service/v1/bp/records/PRJ-004',
			body: JSON.stringify({ bpname: 'Punchlist', lineitem: 'no', record_fields: 'status' }),
		});
		expect(end().done).toBe(true);
	});

	it('joins all criteria by AND, and reads what it filters by', () => {
		const criteria = [
			is('status', 'Active'),
			within('uuu_file_issue_date', '12-07-2017 07:54:00', '20-07-2018'),
		];
		const { step } = stepsOf(query({ projectNumber: '', criteria, elements: ['title', 'status'] }));
		expect(step.request.path).toBe('/ws/rest/service/v1/bp/records');
		expect(JSON.parse(step.request.body!)).toEqual({
			bpname: 'Punchlist',
			lineitem: 'no',
			record_fields: 'status;uuu_file_issue_date;title',
			filter_criteria: {
				join: 'AND',
				filter: [
					{ field: 'status', value: 'Active', condition_type: 'eq' },
					{
						field: 'uuu_file_issue_date',
						value: '12-07-2017 07:54:00',
						value2: '20-07-2018',
						condition_type: 'range',
					},
				],
			},
		});
	});
});

describe('records are checked again', () => {
	it.each<[string, RecordCriterion, unknown[], string[]]>([
		[
			'a text exactly',
			is('it', 'Open'),
			['Open', ' Open ', 'open', 'Opened', '', null, undefined, {}],
			['0', '1'],
		],
		['a number by value', is('it', '5'), [5, '5.0', '05', '50', true], ['0', '1']],
		['a pattern', is('it', 'do%', 'like'), ['Door', 'window', 'a door', null], ['0']],
		['a part of a text', is('it', 'oo', 'like'), ['Door', 'Roof', 'window'], ['0', '1']],
		[
			'a range of numbers',
			within('it', '5', '7.5'),
			[5, '7.50', 4.999, 7.51, '6 m', null, 5.333333333333333333],
			['0', '1', '6'],
		],
		[
			'a range of clear dates',
			within('it', '2024-01-01', '2024-12-31'),
			['2024/05/01', '2023/05/01', 7, 'soon', null],
			['0'],
		],
	])('%s', (_, criterion, values, numbers) => {
		expect(admitted([criterion], numbered(...values))).toEqual(numbers);
	});

	it.each(['record_no', 'status'])('%s is a name, not a number', (field) => {
		const records = ['7', '7.0', '07', 7].map((value, index) => ({
			record_no: String(index),
			[field]: value,
		}));
		expect(admitted([is(field, '7')], records)).toEqual(field === 'status' ? ['0', '3'] : ['7', '7']);
	});

	it('by all criteria together', () => {
		const records = [
			{ record_no: 'A', status: 'Active', size: 5 },
			{ record_no: 'B', status: 'Active', size: 50 },
			{ record_no: 'C', status: 'Closed', size: 5 },
			{ record_no: 'D', size: 5 },
		];
		expect(admitted([is('status', 'Active'), within('size', '1', '9')], records)).toEqual(['A']);
	});

	it('and each check is one that Unifier was to apply', () => {
		const checks = filteredBy({ status: 'Active' });
		expect(checks).toMatchObject([{ displayName: 'Status', sent: { field: 'status', value: 'Active' } }]);
	});
});

describe('dates whose day and month may be swapped', () => {
	const UNDECIDED = {
		kind: 'failed',
		error: {
			reason: expect.stringContaining('show whether the day or the month comes first'),
			hint: expect.stringMatching(/choose the 'Date Format'.*a day above 12/),
		},
	};

	it('are told apart by an end of the range', () => {
		expect(
			admitted([within('it', '01/02/2024', '28/02/2024')], numbered('02/01/2024', '03/02/2024')),
		).toEqual(['1']);
		expect(
			admitted([within('it', '01/02/2024', '02/28/2024')], numbered('02/01/2024', '03/02/2024')),
		).toEqual(['0']);
	});

	it('are told apart by any other record of the list', () => {
		const range = within('it', '01/02/2024', '06/02/2024');
		expect(admitted([range], numbered('02/01/2024', '03/02/2024', '25/12/2023'))).toEqual(['1']);
	});

	it('need not be told apart where both orders say the same', () => {
		const range = within('it', '01/01/2024', '05/05/2024');
		expect(admitted([range], numbered('02/03/2024', '06/07/2024'))).toEqual(['0']);
	});

	it('are not guessed: the user reads what to do', () => {
		expect(admitted([within('it', '01/02/2024', '06/02/2024')], numbered('02/01/2024'))).toMatchObject(
			UNDECIDED,
		);
	});

	it('do not matter for a record that another filter excludes', () => {
		const criteria = [within('it', '01/02/2024', '06/02/2024'), is('status', 'Active')];
		expect(admitted(criteria, [{ record_no: 'A', it: '02/01/2024', status: 'Closed' }])).toEqual([]);
	});

	it('do not matter for a record that a check of the node alone excludes', () => {
		const range = within('it', '01/02/2024', '06/02/2024');
		const own = entry({ field: 'other', conditionType: 'before', value: '2020-01-01' });
		const records = [{ record_no: '0', it: '02/01/2024', other: '2024-01-01' }];
		expect([admitted([range, own], records), admitted([own, range], records)]).toEqual([[], []]);
	});

	it('that fit no order admit nothing', () => {
		const range = within('it', '01/01/2024', '25/12/2024');
		expect(admitted([range], numbered('03/25/2024'))).toMatchObject(UNDECIDED);
	});
});

describe('before and after', () => {
	const seen = (conditionType: 'before' | 'after', value: string, more: object = {}) =>
		entry({ field: 'it', conditionType, value, ...more });

	it('are read but not asked for', () => {
		const { step } = stepsOf(query({ criteria: [seen('before', '2024-01-31'), is('title', 'Door')] }));
		expect(JSON.parse(step.request.body!)).toMatchObject({
			record_fields: 'status;it;title',
			filter_criteria: {
				join: 'AND',
				filter: [{ field: 'title', value: 'Door', condition_type: 'eq' }],
			},
		});
		const alone = stepsOf(query({ criteria: [seen('after', '2024-01-31')] })).step;
		expect(JSON.parse(alone.request.body!)).not.toHaveProperty('filter_criteria');
	});

	it('are tested here', () => {
		const rows = numbered('2024/01/30', '2024/01/31', '2024/02/01 10:00', null, 'soon');
		expect(admitted([seen('before', '2024-01-31')], rows)).toEqual(['0']);
		expect(admitted([seen('after', '2024-01-31')], rows)).toEqual(['2']);
		expect(admitted([seen('after', '2023-01-01'), seen('before', '2024-01-31')], rows)).toEqual(['0']);
	});

	it('know the order of day and month by the chosen format', () => {
		const rows = numbered('02/01/2024', '01/02/2024', '25/01/2024');
		expect(admitted([seen('before', '2024-01-10', { dateFormat: 'DD/MM/YYYY' })], rows)).toEqual(['0']);
		// The last one is no date in it.
		const other = seen('before', '2024-01-10', { dateFormat: 'M/D/YYYY' });
		expect(admitted([other], rows)).toEqual(['1']);
		expect(judged([other], rows).unjudged).toEqual([['Filter Criteria 1: it', 1]]);
		expect(admitted([seen('before', '10/01/2024')], numbered('06/02/2024'))).toMatchObject({
			error: {
				reason: expect.stringContaining(
					"'Filter Criteria 1: it' (10/01/2024) nor those in the records show whether the day or the month comes first",
				),
			},
		});
	});

	it('with years of two digits may need it all the more', () => {
		expect(admitted([seen('before', '10/11/12')], numbered('11/10/12'))).toMatchObject({
			error: { reason: expect.stringContaining('the day, the month or the year comes first') },
		});
		expect(admitted([seen('before', '10/11/12')], numbered('99/10/12'))).toEqual(['0']);
	});

	it('blame nobody for a record without a date', () => {
		const { ignored, unjudged } = judged(
			[seen('before', '2024-01-31')],
			numbered('2024-02-01', null, 'soon'),
		);
		expect([ignored, unjudged]).toEqual([[], [['Filter Criteria 1: it', 2]]]);
	});
});

describe('criteria joined by OR', () => {
	const either = (...criteria: object[]) => filteredBy({ join: 'OR', filterCriteria: { criteria } });
	const DOOR = { field: 'title', value: 'Door' };
	const SMALL = { field: 'size', conditionType: 'range', value: '1', value2: '5' };
	const OLD = { field: 'it', conditionType: 'before', value: '2024-01-31' };
	const ROWS = [
		{ record_no: 'A', status: 'Active', title: 'Door', size: 9, it: '2024-06-01' },
		{ record_no: 'B', status: 'Active', title: 'Gate', size: 3, it: '2024-06-01' },
		{ record_no: 'C', status: 'Active', title: 'Gate', size: 9, it: '2024-01-01' },
		{ record_no: 'D', status: 'Closed', title: 'Door', size: 3, it: null },
		{ record_no: 'E', status: 'Active', title: 'Gate', size: 9, it: null },
	];

	it('are asked for alone, and the others are tested here', () => {
		const criteria = [...filteredBy({ status: 'Active' }), ...either(DOOR, SMALL)];
		const own = filteredBy({ status: 'Active', join: 'OR', filterCriteria: { criteria: [DOOR, SMALL] } });
		const { step } = stepsOf(query({ criteria: own }));
		expect(JSON.parse(step.request.body!)).toMatchObject({
			record_fields: 'status;title;size',
			filter_criteria: {
				join: 'OR',
				filter: [
					{ field: 'title', value: 'Door', condition_type: 'eq' },
					{ field: 'size', value: '1', value2: '5', condition_type: 'range' },
				],
			},
		});
		expect(admitted(own, ROWS)).toEqual(['A', 'B']);
		expect(admitted(criteria, ROWS)).toEqual(['A', 'B']);
	});

	it('with one that cannot be asked for are not asked for', () => {
		const { step } = stepsOf(query({ criteria: either(DOOR, OLD) }));
		expect(JSON.parse(step.request.body!)).not.toHaveProperty('filter_criteria');
		expect(admitted(either(DOOR, OLD), ROWS)).toEqual(['A', 'C', 'D']);
	});

	it('show that Unifier ignored them, where it was asked', () => {
		expect(judged(either(DOOR, SMALL), ROWS).ignored).toEqual([['Filter Criteria', 2]]);
		// What has no date might have met the condition.
		const unasked = judged(either(DOOR, OLD), ROWS);
		expect([unasked.ignored, unasked.unjudged]).toEqual([[], [['Filter Criteria', 1]]]);
	});

	it('need dates that tell day and month only where the others do not decide', () => {
		const old = { ...OLD, value: '05/03/2024' };
		const row = { record_no: 'A', title: 'Door', it: '06/01/2024' };
		expect(admitted(either(DOOR, old), [row])).toEqual(['A']);
		expect(admitted(either(DOOR, old), [{ ...row, title: 'Gate' }])).toMatchObject({
			error: { reason: expect.stringContaining("the dates in the filter 'Filter Criteria' (05/03/2024)") },
		});
		expect(
			admitted(
				[...filteredBy({ status: 'Active' }), ...either(DOOR, old)],
				[{ ...row, title: 'Gate', status: 'Closed' }],
			),
		).toEqual([]);
	});
});

describe('an element that no record has', () => {
	const absent = (filters: object, rows: unknown[]) => admitted(filteredBy(filters), rows);
	const by = (field: string) => ({ filterCriteria: { criteria: [{ field, value: 'x' }] } });

	it('is refused by its name', () => {
		expect(absent(by('titel'), [{ record_no: 'A', title: 'x' }, 'y'])).toEqual({
			kind: 'failed',
			error: {
				reason: "no record has the element 'titel' that the filter 'Filter Criteria 1: titel' names",
				hint: expect.stringContaining('case-sensitive'),
			},
		});
		expect(absent({ status: 'Active' }, [{ record_no: 'A' }])).toMatchObject({ kind: 'failed' });
		const criteria = [
			{ field: 'title', value: 'x' },
			{ field: 'titel', value: 'x' },
		];
		expect(
			absent({ join: 'OR', filterCriteria: { criteria } }, [{ record_no: 'A', title: 'x' }]),
		).toMatchObject({
			error: { reason: expect.stringContaining("'titel' that the filter 'Filter Criteria' names") },
		});
	});

	it('is not one that a single record has, or has without a value, or of which there are no records', () => {
		expect(absent(by('title'), [{ record_no: 'A' }, { record_no: 'B', title: null }])).toEqual([]);
		expect(absent(by('title'), [])).toEqual([]);
	});
});

describe('a record that is nearly meant', () => {
	it.each<[string, RecordCriterion, unknown[], unknown[]]>([
		[
			'differs in case',
			is('it', 'Open'),
			['open', 'OPEN', 'closed'],
			[['whose value differs only in letter case', 2]],
		],
		[
			'is a number with separators',
			within('it', '1000', '2000'),
			['1,234', 1234, '1.234,5', '12 m'],
			[['whose value is a number with separators', 2]],
		],
		[
			'is the same with separators',
			is('it', '1234.5'),
			['1,234.50', '1,235'],
			[['whose value is a number with separators', 1]],
		],
		['is another name', is('record_no', '1234'), [1], []],
		['is like it', is('it', 'open%', 'like'), ['1,234'], []],
	])('%s', (_, criterion, values, misses) => {
		expect(judged([criterion], numbered(...values)).nearMisses).toEqual(misses);
	});

	it('by its status or its number in other case, but not as a number', () => {
		const rows = [
			{ record_no: 'pl-1', status: 'active' },
			{ record_no: '1,234', status: '1,234' },
		];
		expect(judged(filteredBy({ status: 'Active' }), rows)).toMatchObject({
			ignored: [['Status', 1]],
			nearMisses: [['whose value differs only in letter case', 1]],
		});
		expect(judged(filteredBy({ recordNumber: 'PL-1' }), rows)).toMatchObject({
			ignored: [['Record Number', 1]],
		});
		expect(judged(filteredBy({ recordNumber: '1234' }), rows)).toMatchObject({
			ignored: [['Record Number', 2]],
		});
	});

	it('is not what only the underscore of the pattern excludes', () => {
		const rows = [{ record_no: 'PL_01' }, { record_no: 'PL-01' }, { record_no: 'CON_1' }];
		const criteria = filteredBy({ recordNumber: 'PL_0%' });
		expect(admitted(criteria, rows)).toEqual(['PL_01']);
		expect(judged(criteria, rows)).toEqual({ ignored: [['Record Number', 1]], unjudged: [], nearMisses: [] });
	});
});

describe('a record as the user sees it', () => {
	const shown = (record: object, changes: Partial<RecordQuery>) => {
		const reading = stepsOf(query(changes)).step.read(answer([record]));
		if (reading.kind !== 'found') throw new Error('No list');
		return recordList.show(reading.value.rows[0]!, query(changes));
	};
	// A record of the sample of "Get BP Record".
	const RECORD = {
		uveCOIAmoutCA: 0,
		uuu_contact_company: 'v-00101',
		record_no: 'VEN-0023',
		status: 'Active',
	};

	it('simplified has what was asked for', () => {
		expect(shown(RECORD, { elements: ['uveCOIAmoutCA', 'title'] })).toEqual({
			id: 'VEN-0023',
			recordNumber: 'VEN-0023',
			bpName: 'Punchlist',
			projectNumber: 'PRJ-004',
			status: 'Active',
			uveCOIAmoutCA: 0,
			title: null,
		});
	});

	it('not simplified has all that Unifier gave', () => {
		expect(shown(RECORD, { isSimple: false, projectNumber: '' })).toEqual({
			...RECORD,
			id: 'VEN-0023',
			recordNumber: 'VEN-0023',
			bpName: 'Punchlist',
			projectNumber: '',
		});
	});

	it.each([true, false])(
		'keeps the names that commands take from elements of the same name, simplified: %p',
		(isSimple) => {
			const json = shown({ ...RECORD, id: 17, bpName: 'x' }, { isSimple, elements: ['id', 'bpName'] });
			expect(json).toMatchObject({ id: 'VEN-0023', bpName: 'Punchlist' });
		},
	);
});

it('a record without a number cannot be acted upon', () => {
	expect(admitted([], [{ status: 'Active' }, { record_no: 12 }, 'x'])).toEqual([undefined, '12', undefined]);
	// These have lost digits.
	expect(admitted([], [{ record_no: 2 ** 53 }, { record_no: 1.5 }])).toEqual([undefined, undefined]);
});
