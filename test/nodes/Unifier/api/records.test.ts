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
			reason: expect.stringContaining('do not tell whether the day or the month comes first'),
			hint: expect.stringContaining('a day above 12'),
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
		const own = { displayName: 'own', passes: () => false };
		const records = numbered('02/01/2024');
		expect([admitted([range, own], records), admitted([own, range], records)]).toEqual([[], []]);
	});

	it('that fit no order admit nothing', () => {
		const range = within('it', '01/01/2024', '25/12/2024');
		expect(admitted([range], numbered('03/25/2024'))).toMatchObject(UNDECIDED);
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
});
