import { showInstance, stateOf, timeOf } from '../../../../nodes/EnosBpm/api/instance';
import { instanceList } from '../../../../nodes/EnosBpm/api/instances';
import type { InstanceQuery, SentFilter } from '../../../../nodes/EnosBpm/api/instances';
import { readData } from '../../../../nodes/EnosBpm/api/responses';
import { FILTERS } from '../../../../nodes/EnosBpm/processInstance/filters';
import type { ApiResponse } from '../../../../nodes/core/http/messages';
import type { PageRequest, PageResult } from '../../../../nodes/core/queries/list';
import { RowOrder } from '../../../../nodes/core/queries/sorting';
import type { JsonRecord } from '../../../../nodes/core/util/json';
import { criteriaOf } from '../../core/criteriaOf';
import { INSTANCE as SAMPLE } from '../samples';

const INSTANCE: JsonRecord = {
	...SAMPLE,
	startedBy: {
		id: 'u10000000000000001',
		fullName: 'Demo User',
		email: 'demo@user.example',
		privileges: ['all'],
	},
};

/** What a user asks for, with the default status. */
const queryOf = (filters: SentFilter = {}, isSimple = true): InstanceQuery => ({
	criteria: criteriaOf(FILTERS, { processStatus: 'inProgress', ...filters }),
	isSimple,
});
const ANY = queryOf();

const answer = (body: unknown, status = 200): ApiResponse => ({
	status,
	headers: {},
	text: typeof body === 'string' ? body : JSON.stringify(body),
});
const passed = (row: JsonRecord, filters: SentFilter = {}): string[] =>
	queryOf(filters)
		.criteria.filter(({ passes }) => !passes(row))
		.map(({ displayName }) => displayName);

describe('the request', () => {
	const bodyOf = (query: InstanceQuery): unknown => {
		const { request } = instanceList.pages(query, undefined).next().value as PageRequest;
		expect([request.method, request.path]).toEqual([
			'POST',
			'/enos-bpm-service/v2.0/work/process-instances/queryList',
		]);
		return JSON.parse(request.body ?? '');
	};
	const pagination = { current: 0, pageSize: 1000, sorts: [{ field: 'createdTime', order: 'asc' }] };

	it('names the status always, and nothing that was not asked for', () => {
		expect(bodyOf(ANY)).toEqual({ processStatus: 'inProgress', pagination });
		const { request } = instanceList.pages(ANY, undefined).next().value as PageRequest;
		expect(request.contentType).toBe('application/json;charset=UTF-8');
	});

	it('has every filter under the vendor’s name, times in epoch milliseconds', () => {
		const filters: SentFilter = {
			processStatus: 'terminated',
			processName: 'Demo',
			startBy: 'u1',
			startedAfter: 1,
			startedBefore: 2,
		};
		expect(bodyOf(queryOf(filters, false))).toEqual({ ...filters, pagination });
	});

	it('asks for further pages by their number, counted from 0', () => {
		const walk = instanceList.pages(ANY, undefined);
		walk.next();
		const rows = Array.from({ length: 1000 }, (_, id) => ({ id }));
		const turn: PageResult = { rows, newRows: 1000, seen: 1000, total: 2500 };
		const next = walk.next(turn).value as PageRequest;
		expect(JSON.parse(next.request.body ?? '')).toMatchObject({ pagination: { current: 2 } });
	});
});

describe('the answer', () => {
	const read = (body: unknown, status?: number) =>
		(instanceList.pages(ANY, undefined).next().value as PageRequest).read(answer(body, status));

	it('rows and total', () => {
		const data = { pagination: { current: 0, total: 7, start: 0 }, processInstances: [INSTANCE] };
		expect(read({ code: 0, msg: '', data })).toEqual({
			kind: 'found',
			value: { rows: [INSTANCE], total: 7 },
		});
	});

	it('no total', () => {
		expect(read({ code: 0, msg: '', data: { processInstances: [] } })).toEqual({
			kind: 'found',
			value: { rows: [] },
		});
	});

	it('no rows at all, in place of a list of none', () => {
		const data = (total: unknown) => ({ pagination: { total }, processInstances: null });
		expect(read({ code: 0, msg: '', data: data(0) })).toEqual({
			kind: 'found',
			value: { rows: [], total: 0 },
		});
		for (const total of [1, undefined, null, '0']) {
			expect(read({ code: 0, msg: '', data: data(total) }).kind).toBe('failed');
		}
	});

	it.each([
		['data of another form', { code: 0, msg: '', data: [] }],
		['no data', { code: 0, msg: '', data: null }],
		['no code', { data: { processInstances: [] } }],
		['success in another envelope', { status: 0, data: { processInstances: [] } }],
		['cut off', '{"code":0,"data":{"processInst'],
		['empty', ''],
		['a page', '<html><body>Sign in</body></html>'],
	])('%s is no list', (_what, body) => {
		expect(read(body).kind).toBe('failed');
	});

	it.each([
		[33403, 'this account may not read it', undefined],
		[33404, 'it does not exist in this organization', 'notFound'],
		[99403, 'the application lacks the permission for this API', 'stopsRun'],
		[1002, "the gateway does not know the 'App Key'", 'stopsRun'],
		[4711, 'EnOS refused with a code that its documentation does not list', undefined],
	])('code %i', (code, reason, flag) => {
		const reading = read({ code, msg: 'Words.', data: null });
		expect(reading).toMatchObject({
			kind: 'failed',
			error: { reason, code: String(code), vendorMessage: 'Words.', httpStatus: 200 },
		});
		const { notFound, stopsRun } = (reading as { error: { notFound?: true; stopsRun?: true } }).error;
		expect([notFound && 'notFound', stopsRun && 'stopsRun'].filter(Boolean)).toEqual(flag ? [flag] : []);
	});

	it.each([33500, 1001, 1005, 99500, 500, 503, 504])('code %i may be gone a little later', (code) => {
		expect(read({ code, msg: '', data: null })).toMatchObject({
			kind: 'tryAgain',
			error: { hint: 'Nothing was changed. Run the node again later.' },
		});
	});

	it('code 429 wants fewer requests', () => {
		expect(read({ status: 429, msg: '' })).toMatchObject({ kind: 'tryAgain', throttled: true });
	});

	it.each([31401, 33401, 31512, 1203, 4011])('code %i is the end of the session', (code) => {
		expect(read({ code, msg: '' })).toMatchObject({
			kind: 'sessionExpired',
			error: { code: String(code), stopsRun: true },
		});
	});

	it('HTTP 401 too, and a gateway in trouble is asked again', () => {
		expect(read('', 401).kind).toBe('sessionExpired');
		expect(read('<html>Bad Gateway</html>', 502)).toMatchObject({
			kind: 'tryAgain',
			error: {
				reason: 'the EnOS BPM server could not handle the request (HTTP 502)',
				vendorMessage: '<html>Bad Gateway</html>',
			},
		});
		expect(read('<html>Not Found</html>', 404)).toMatchObject({
			kind: 'failed',
			error: { stopsRun: true, httpStatus: 404 },
		});
	});
});

describe('rows that do not tell', () => {
	const { detail } = instanceList;
	const first = { id: INSTANCE['id'], name: 'Demo' };

	it('are read one by one', () => {
		expect(detail?.isNeeded(first, ANY)).toBe(true);
		expect(detail?.isNeeded(INSTANCE, ANY)).toBe(false);
		for (const field of ['createdTime', 'terminable', 'startedBy']) {
			const { [field]: _, ...rest } = INSTANCE;
			expect([field, detail?.isNeeded(rest, ANY)]).toEqual([field, true]);
		}
		expect(detail?.request(first)).toEqual({
			method: 'GET',
			path: '/enos-bpm-service/v2.0/work/process-instances?processInstanceId=54366b8f-ab3d-11ec-8df5-120e04f331d8',
		});
		expect(detail?.read(first, answer({ code: 0, msg: '', data: INSTANCE }))).toEqual({
			kind: 'found',
			value: INSTANCE,
		});
	});

	it.each<[NonNullable<SentFilter['processStatus']>, string]>([
		['completed', 'completedTime'],
		['terminated', 'terminatedTime'],
	])('are read also where %s ones lack %s', (processStatus, field) => {
		const { completedTime: _completed, terminatedTime: _terminated, ...rest } = INSTANCE;
		expect(detail?.isNeeded(rest, ANY)).toBe(false);
		expect(detail?.isNeeded(rest, queryOf({ processStatus }))).toBe(true);
		expect(detail?.isNeeded({ ...rest, [field]: 1 }, queryOf({ processStatus }))).toBe(false);
	});

	it('and are hidden where the account may not read them, which is no fault of the list', () => {
		const error = { reason: '' };
		expect(detail?.isHidden?.({ ...error, code: '33403' })).toBe(true);
		expect(detail?.isHidden?.({ ...error, code: '99403' })).toBe(false);
		expect(detail?.isHidden?.(error)).toBe(false);
	});

	it('and have vanished where EnOS does not know them any more', () => {
		expect(detail?.read(first, answer({ code: 33404, msg: '' }))).toEqual({
			kind: 'found',
			value: undefined,
		});
		expect(detail?.read(first, answer({ code: 0, msg: '', data: { ...INSTANCE, id: 'another' } })).kind).toBe(
			'failed',
		);
	});
});

describe('what the filters admit', () => {
	it('is what has the state, derived from the times', () => {
		expect(passed(INSTANCE)).toEqual([]);
		expect(passed({ ...INSTANCE, completedTime: 1_648_000_000_001 })).toEqual(['Process Status']);
		const terminated = { ...INSTANCE, completedTime: 5, terminatedTime: '2022-03-23T01:46:40Z' };
		expect(stateOf(terminated)).toBe('terminated');
		expect(passed(terminated, { processStatus: 'terminated' })).toEqual([]);
	});

	it('is what the other filters say, which EnOS is not asked for', () => {
		const passedBy = (name: string, value: unknown, row: JsonRecord): boolean | undefined => {
			const [criterion] = criteriaOf(FILTERS, { [name]: value });
			expect(criterion).not.toHaveProperty('sent');
			return criterion?.passes(row);
		};
		expect(passedBy('processDefinition', 'Demo', INSTANCE)).toBe(true);
		expect(passedBy('processDefinition', 'demo', INSTANCE)).toBe(true);
		expect(passedBy('processDefinition', 'dem', INSTANCE)).toBe(false);
		expect(passedBy('processDefinition', 'Demo', { processDefinitionName: 'Demo' })).toBe(true);
		expect(passedBy('processDefinition', 'Demo', { id: 'x' })).toBeUndefined();
		expect(passedBy('nameContains', 'EM', INSTANCE)).toBe(true);
		expect(passedBy('nameContains', 'me', INSTANCE)).toBe(false);
		expect(passedBy('nameContains', 'me', {})).toBeUndefined();
		expect(passedBy('terminable', true, INSTANCE)).toBe(true);
		expect(passedBy('terminable', false, INSTANCE)).toBe(false);
		expect(passedBy('terminable', false, { ...INSTANCE, terminable: null })).toBeUndefined();
	});

	it('is the name itself and not a part of it', () => {
		expect(passed(INSTANCE, { processName: 'Demo' })).toEqual([]);
		expect(passed(INSTANCE, { processName: 'Dem' })).toEqual(['Process Name']);
	});

	it('is the starter by ID', () => {
		expect(passed(INSTANCE, { startBy: 'u10000000000000001' })).toEqual([]);
		expect(passed(INSTANCE, { startBy: 'Demo User' })).toEqual(['Started By']);
	});

	it.each([
		['a number', 1_648_000_000_000],
		['digits', '1648000000000'],
		['ISO 8601', '2022-03-23T01:46:40.000Z'],
	])('is between the times, both ends included, whatever their format (%s)', (_what, createdTime) => {
		const row = { ...INSTANCE, createdTime };
		const at = 1_648_000_000_000;
		expect(timeOf(createdTime)).toBe(at);
		expect(passed(row, { startedAfter: at, startedBefore: at })).toEqual([]);
		expect(passed(row, { startedAfter: at + 1 })).toEqual(['Started After']);
		expect(passed(row, { startedBefore: at - 1 })).toEqual(['Started Before']);
	});

	it('EnOS was asked for, every time', () => {
		const all = { processName: 'a', startBy: 'b', startedAfter: 1, startedBefore: 2 };
		expect(queryOf(all).criteria.map(({ sent }) => sent !== undefined)).toEqual(Array(5).fill(true));
	});

	it('is nothing that does not tell', () => {
		const bare = { id: 'x' };
		expect(
			passed(bare, { processName: 'Demo', startBy: 'u1', startedAfter: 0, startedBefore: 9e12 }),
		).toEqual(['Process Name', 'Started By', 'Started After', 'Started Before']);
		for (const createdTime of [null, '', 'soon', 0]) {
			expect(passed({ ...INSTANCE, createdTime }, { startedBefore: 9e12 })).toEqual(['Started Before']);
		}
	});
});

describe('what the user sees', () => {
	it('has the order of the starts, the oldest first', async () => {
		const at = (createdTime: unknown) => ({ ...INSTANCE, createdTime });
		const query = { criteria: [], isSimple: true };
		const sorted = await new RowOrder(instanceList.sorting, undefined, query).sorted(
			[3, '1970-01-01T00:00:00.002Z', null, '1'].map(at),
		);
		expect(sorted.map(({ createdTime }) => createdTime)).toEqual(['1', '1970-01-01T00:00:00.002Z', 3, null]);
		expect([instanceList.idOf(INSTANCE), instanceList.idOf({ id: 7 })]).toEqual([INSTANCE['id'], undefined]);
	});

	it('of one that has ended: how and when', () => {
		const ended = {
			...INSTANCE,
			completedTime: '1648000000001',
			terminatedTime: 1_648_000_000_002,
			terminateReason: 'Stuck',
		};
		expect(showInstance(ended, true)).toMatchObject({
			state: 'terminated',
			completedTime: '2022-03-23T01:46:40.001Z',
			terminatedTime: '2022-03-23T01:46:40.002Z',
			terminateReason: 'Stuck',
		});
	});

	it('simplified: no profiles of people, times in ISO 8601', () => {
		expect(showInstance(INSTANCE, true)).toEqual({
			id: INSTANCE['id'],
			processInstanceId: INSTANCE['id'],
			name: 'Demo',
			state: 'inProgress',
			terminable: true,
			processDefinitionId: INSTANCE['processDefinitionId'],
			processDefinitionName: 'Demo',
			taskName: 'Approve',
			startedBy: 'u10000000000000001',
			startedByName: 'Demo User',
			createdTime: '2022-03-23T01:46:40.000Z',
			completedTime: null,
			terminatedTime: null,
			terminateReason: null,
		});
	});

	it('simplified: what is not there is null', () => {
		const { id: _, ...rest } = showInstance({ id: 'x', createdTime: '9'.repeat(17) }, true);
		expect(rest).toEqual({
			...Object.fromEntries(Object.keys(rest).map((key) => [key, null])),
			processInstanceId: 'x',
			name: '',
			state: 'inProgress',
		});
	});

	it('else as it came, with its derived state', () => {
		expect(showInstance(INSTANCE, false)).toEqual({
			...INSTANCE,
			processInstanceId: INSTANCE['id'],
			state: 'inProgress',
		});
	});
});

it('says of a refusal what helps, and what the vendor’s support asks for', () => {
	const body = { code: 33403, msg: 'No.', requestId: 'r-1', data: null };
	expect(readData(answer(body), () => undefined)).toEqual({
		kind: 'failed',
		error: {
			reason: 'this account may not read it',
			hint: 'Check the account and the organization in the credential.',
			cause: { kind: 'configuration' },
			code: '33403',
			vendorMessage: 'No.',
			httpStatus: 200,
			extra: { requestId: 'r-1' },
		},
	});
	expect(readData(answer({ code: 99400, msg: '' }), () => undefined)).toMatchObject({
		error: { hint: 'Check the ID and the filters.' },
	});
});

it('shows the start of an answer that is not EnOS’s, and nothing of one that is', () => {
	const wordsOf = (body: unknown) =>
		(readData(answer(body), () => undefined) as { error: { vendorMessage?: string } }).error.vendorMessage;
	expect(wordsOf('<html><h1>Sign in</h1></html>')).toBe('<html><h1>Sign in</h1></html>');
	expect(wordsOf('')).toBeUndefined();
	expect(wordsOf({ code: 0, data: { name: 'Somebody' } })).toBeUndefined();
});

it('an answer about another instance is none', () => {
	expect(readData(answer({ code: 0, data: 5 }), () => undefined).kind).toBe('failed');
});
