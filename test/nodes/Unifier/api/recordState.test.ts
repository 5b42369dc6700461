import { recordState } from '../../../../nodes/Unifier/api/recordState';
import { saidBy } from '../../core/stateAnswers';
import { readProjectNumber } from '../../../../nodes/Unifier/bpRecord/fields';

const settings = { bpName: 'Vendors', projectNumber: '', applyRules: true };
const targets = (...ids: string[]) => ids.map((id) => ({ id, item: 0, settings }));

const read = (ids: string[], body: unknown, status = 200) =>
	saidBy(
		recordState.read(targets(...ids), {
			status,
			headers: {},
			text: typeof body === 'string' ? body : JSON.stringify(body),
		}),
	);

const ENDED = { state: 'ended', vendorState: 'Terminated' };
const ABSENT = { state: 'absent' };

describe('the question', () => {
	it('about one record is "Get BP Record", without line items', () => {
		const { method, path, body } = recordState.request(targets('VEN-0023'));
		expect([method, body]).toEqual(['GET', undefined]);
		const [service, query] = path.split('?input=');
		expect(service).toBe('/ws/rest/service/v1/bp/record');
		expect(decodeURIComponent(query!)).toBe('{"bpname":"Vendors","record_no":"VEN-0023","lineitem":"no"}');
	});

	it('about several is "Fetch BP Record List" with a filter for each', () => {
		expect(recordState.request(targets('VEN-1', 'VEN, "2"'))).toEqual({
			method: 'POST',
			path: '/ws/rest/service/v1/bp/records',
			body: JSON.stringify({
				bpname: 'Vendors',
				lineitem: 'no',
				record_fields: 'record_no;status',
				filter_criteria: {
					join: 'OR',
					filter: [
						{ field: 'record_no', value: 'VEN-1', condition_type: 'eq' },
						{ field: 'record_no', value: 'VEN, "2"', condition_type: 'eq' },
					],
				},
			}),
		});
	});

	it('names the project in the path, in such a way that no part of it is taken for another', () => {
		const own = { ...settings, projectNumber: "AM-CO630/620A#?%(1)'" };
		const [one, two] = targets('a', 'b').map((target) => ({ ...target, settings: own }));
		const encoded = 'AM-CO630%2F620A%23%3F%25%281%29%27';
		expect(recordState.request([one!]).path).toMatch(
			new RegExp(`^/ws/rest/service/v1/bp/record/${encoded}\\?input=`),
		);
		expect(recordState.request([one!, two!]).path).toBe(`/ws/rest/service/v1/bp/records/${encoded}`);
	});

	it.each(['.', '..', ' .. '])('is never about a project %p, which would climb to the company', (value) => {
		expect(() => readProjectNumber(value)).toThrow(/'Project'/);
	});

	it('comes last, and for 10,000 records 100 times', () => {
		expect([recordState.when, recordState.absentMeans, recordState.targetsPerRequest]).toEqual([
			'last',
			'notFound',
			100,
		]);
	});
});

describe('one record', () => {
	it.each<[unknown, object | string]>([
		[{ status: 200, data: [{ record_no: 'VEN-1', status: 'Terminated' }] }, ENDED],
		[
			{ status: '200', data: [{ status: ' TERMINATED ' }] },
			{ state: 'ended', vendorState: 'TERMINATED' },
		],
		[{ status: 200, data: [{ record_no: 'VEN-1', status: 'Active' }] }, { vendorState: 'Active' }],
		[
			{ status: 200, data: [{ record_no: 'VEN-1', status: 'Not terminated' }] },
			{ vendorState: 'Not terminated' },
		],
		[
			{ status: 200, data: [{ record_no: 'VEN-1', status: 'Terminated soon' }] },
			{ vendorState: 'Terminated soon' },
		],
		[{ status: 200, data: [{ record_no: 'VEN-1' }] }, {}],
		[{ status: 200, data: [{ record_no: 'VEN-1', status: null }] }, {}],
		[{ status: 200, data: [{ record_no: 'VEN-2', status: 'Terminated' }] }, {}],
		[{ status: 200, data: [{ status: 'Terminated' }, { status: 'Terminated' }] }, {}],
		[{ status: 200, data: [] }, {}],
		[{ status: 200, data: { status: 'Terminated' } }, 'tryAgain'],
		[{ status: 200 }, 'tryAgain'],
		[{ status: 657, data: [], message: ['Invalid record_no'] }, ABSENT],
		[{ status: 12756, data: [] }, ABSENT],
		[{ status: 602, data: [] }, 'failed'],
		[{ status: 603, data: [{ record_no: 'VEN-1', status: 'Terminated' }] }, 'failed'],
		['<html></html>', 'failed for all'],
		['{"status":657', 'tryAgain'],
		['', 'failed for all'],
	])('%j is %j', (body, report) => {
		expect(read(['VEN-1'], body)).toEqual(typeof report === 'string' ? report : [report]);
	});

	it('may have a number of digits', () => {
		const body = { status: 200, data: [{ record_no: 17, status: 'Terminated' }] };
		expect(read(['17'], body)).toEqual([ENDED]);
		expect(read(['18'], body)).toEqual([{}]);
	});
});

describe('several records', () => {
	const row = (record_no: unknown, status: unknown = 'Terminated') => ({ record_no, status });
	const list = (...data: unknown[]) => ({ status: 200, data, message: ['success'] });

	it.each<[string, unknown, object[] | string]>([
		['each by its row', list(row('B', 'Open'), row('A')), [ENDED, { vendorState: 'Open' }, ABSENT]],
		['numbers as they are', list(row('A'), row(' B ')), [ENDED, ENDED, ABSENT]],
		['numbers of digits', list(row('A'), row(17)), [ENDED, {}, {}]],
		['without a status', list(row('A', '')), [{}, ABSENT, ABSENT]],
		['nothing at all', list(), [{}, {}, {}]],
		['somebody else', list(row('A'), row('Z')), [ENDED, {}, {}]],
		['only somebody else', list(row('Z')), [{}, {}, {}]],
		['a row without a number', list(row('A'), { status: 'Open' }), [ENDED, {}, {}]],
		['a row that is none', list(row('A'), null), [ENDED, {}, {}]],
		['a number in other letters', list(row('A'), row('b')), [ENDED, {}, {}]],
		['a number twice', list(row('A'), row('A', 'Open'), row('B')), [{}, ENDED, ABSENT]],
		['no list', { status: 200, data: { 0: row('A') } }, 'tryAgain'],
		['a refusal', { status: 811, data: [row('A')] }, 'failed'],
		['a code of one record', { status: 657, data: [] }, 'failed'],
	])('%s', (_name, body, reports) => {
		expect(read(['A', 'B', 'C'], body)).toEqual(reports);
	});
});

it('is asked again when Unifier is in trouble', () => {
	for (const ids of [['A'], ['A', 'B']]) {
		expect(read(ids, { status: 500, data: [{ record_no: 'A', status: 'Terminated' }] })).toBe('tryAgain');
	}
});

it.each([
	[300, 'failed'],
	[304, 'failed'],
	[401, 'sessionExpired'],
	[404, 'failed for all'],
	[408, 'tryAgain'],
	[429, 'tryAgain'],
	[500, 'tryAgain'],
	[502, 'tryAgain'],
])('HTTP %i leaves it open: %s', (status, said) => {
	const body = { status: 200, data: [{ record_no: 'A', status: 'Terminated' }] };
	expect(read(['A'], body, status)).toBe(said);
	expect(read(['A', 'B'], body, status)).toBe(said);
});

it('says nothing against the command where the user may not read, and names the right to do so', () => {
	const response = { status: 403, headers: {}, text: '' };
	expect(recordState.read(targets('A'), response)).toEqual({
		kind: 'failed',
		error: {
			reason: 'the integration user may not read records',
			hint: 'Give the integration user Get access for Business Process Services.',
			cause: { kind: 'configuration' },
			httpStatus: 403,
		},
	});
});
