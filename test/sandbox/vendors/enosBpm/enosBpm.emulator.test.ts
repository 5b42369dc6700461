import vectors from '../../../fixtures/enos-signatures.json';
import type { JsonObject } from '../../core/emulator.ts';
import { ask } from '../../support.ts';
import type { Answer } from '../../support.ts';
import {
	APIM,
	bearer,
	BPM,
	INSTANCES,
	PORTAL,
	REASON,
	signed,
	terminatePath,
	tokenRequest,
	useEnosBpm,
	VALID,
} from './client.ts';
import { encryptionOf, signatureOf } from './signature.ts';

const internalError = { code: 33500, msg: 'Internal service error.', data: null };
const notFound = { code: 33404, msg: 'The process instance ID does not exist.', data: null };
const denied = {
	code: 33403,
	msg: 'The current user does not have the permission to terminate this process instance.',
	data: null,
};

const invalid = { code: 99400, msg: 'Invalid argument.', requestId: expect.any(String), data: null };

const { vendor, get, post, terminate, read, query, login, choose, appToken } = useEnosBpm();
const { one: seedOne, configure, counters, instance: instanceState } = vendor;

describe('terminate', () => {
	it('answers the sample of the page, byte for byte', async () => {
		const answer = await terminate(seedOne());
		expect(answer.status).toBe(200);
		expect(answer.text).toBe('{"code":0,"msg":"","data":true}');
		expect(answer.headers.get('content-type')).toMatch(/^application\/json/);
	});

	it('stores reason, time and user, and moves the instance to the other list', async () => {
		const id = seedOne();
		const before = Date.now();
		await terminate(id, VALID, { deleteReason: '原因 é' });
		const { data } = (await read(id)).json;
		expect(data).toMatchObject({ id, terminateReason: '原因 é', completedTime: null, terminable: false });
		expect(data.terminatedTime).toBeGreaterThanOrEqual(before);
		expect(data.terminatedBy).toMatchObject({ id: 'u10000000000000001', fullName: 'Sandbox User 1' });
		expect((await query({ processStatus: 'inProgress' })).json.data.processInstances).toEqual([]);
		const { processInstances } = (await query({ processStatus: 'terminated' })).json.data;
		expect(processInstances).toEqual([data]);
		expect(instanceState(id)).toMatchObject({ state: 'terminated', terminateReason: '原因 é' });
	});

	it('refuses a second terminate as unknown and keeps the first reason', async () => {
		const id = seedOne();
		await terminate(id);
		expect((await terminate(id, VALID, { deleteReason: 'again' })).json).toEqual(notFound);
		expect(instanceState(id).terminateReason).toBe('your_terminate_reason');
		expect(counters()).toMatchObject({ terminateCalls: 2, terminated: 1 });
	});

	it.each([
		[33404, notFound],
		[33500, internalError],
		['dataFalse', { code: 0, msg: '', data: false }],
		[33403, denied],
		[99400, invalid],
	])('answers finished instances by the switch finishedInstance: %s', async (finishedInstance, expected) => {
		configure({ finishedInstance });
		for (const state of ['terminated', 'completed']) {
			expect((await terminate(seedOne({ state }))).json).toEqual(expected);
		}
		expect(counters()['terminated']).toBe(0);
	});

	it('answers 33404 for an unknown ID and for one of another organization', async () => {
		const foreign = seedOne({ orgId: 'o10000000000002' });
		expect((await terminate('no such id')).json).toEqual(notFound);
		expect((await terminate(foreign)).json).toEqual(notFound);
		expect(instanceState(foreign).state).toBe('running');
	});

	it('answers 33403 to a user without the right, and for an instance nobody may terminate', async () => {
		const id = seedOne();
		const closed = seedOne({ terminable: false });
		expect((await terminate(id, 'sandbox-user-token-without-right')).json).toEqual(denied);
		expect((await terminate(closed)).json).toEqual(denied);
		expect((await read(id, 'sandbox-user-token-without-right')).json.data.terminable).toBe(false);
		expect((await read(closed)).json.data.terminable).toBe(false);
		expect((await read(id)).json.data.terminable).toBe(true);
		expect(counters()['terminated']).toBe(0);
	});

	it.each([
		['denied', denied],
		['dataFalse', { code: 0, msg: '', data: false }],
		[33500, internalError],
		[33404, notFound],
		[99400, invalid],
	])('leaves the instance running while the switch terminate is %s', async (mode, expected) => {
		const id = seedOne();
		configure({ terminate: mode });
		expect((await terminate(id)).json).toEqual(expected);
		expect(instanceState(id).state).toBe('running');
		configure({ terminate: 'normal' });
		expect((await terminate(id)).json.data).toBe(true);
	});

	it.each([
		['the key of the sample', '{"terminateReason":"x"}'],
		['no key', '{}'],
		['no body', ''],
		['an empty text', '{"deleteReason":""}'],
		['null', '{"deleteReason":null}'],
		['a number', '{"deleteReason":5}'],
		['an array', '["x"]'],
		['a JSON text', '"x"'],
		['null as body', 'null'],
		['broken JSON', '{"deleteReason":"x"'],
	])('refuses %s as reason', async (_name, body) => {
		const id = seedOne();
		expect((await terminate(id, VALID, body)).json).toEqual(internalError);
		expect(instanceState(id).state).toBe('running');
	});

	it('ignores unknown body keys', async () => {
		const id = seedOne();
		const body = { deleteReason: 'x', processDefinitionId: 'y', terminateReason: 'z' };
		expect((await terminate(id, VALID, body)).json.data).toBe(true);
		expect(instanceState(id).terminateReason).toBe('x');
	});

	it('takes the key of the sample with reasonKey: both', async () => {
		const id = seedOne();
		configure({ reasonKey: 'both' });
		expect((await terminate(id, VALID, { terminateReason: 'x' })).json.data).toBe(true);
		expect(instanceState(id).terminateReason).toBe('x');
	});

	it('drops a wrong key silently with missingReason: accept, but still refuses a wrong type', async () => {
		const id = seedOne();
		configure({ missingReason: 'accept' });
		expect((await terminate(id, VALID, { deleteReason: 5 })).json).toEqual(internalError);
		expect((await terminate(id, VALID, { terminateReason: 'x' })).json.data).toBe(true);
		expect((await read(id)).json.data.terminateReason).toBeNull();
	});

	it.each([
		['all', 'Why it ends'],
		['beginning', 'Why i'],
		['nothing', null],
	])('keeps %s of the reason with keptReason', async (keptReason, expected) => {
		const id = seedOne();
		configure({ keptReason });
		expect((await terminate(id, VALID, { deleteReason: 'Why it ends' })).json.data).toBe(true);
		expect((await read(id)).json.data.terminateReason).toBe(expected);
		expect((await terminate(seedOne(), VALID, {})).json).toEqual(internalError);
	});

	it.each(['', '&processInstanceId=', '&processInstanceId=a&processInstanceId=b', '&id=a'])(
		'refuses the query action=delete%s',
		async (rest) => {
			seedOne({ ids: ['a'] });
			expect((await post(`${INSTANCES}?action=delete${rest}`, REASON, VALID)).json).toEqual(internalError);
			expect(instanceState('a').state).toBe('running');
		},
	);

	it('terminates an ID with blanks and ampersands', async () => {
		seedOne({ ids: ['a b&c'] });
		expect((await terminate('a b&c')).json.data).toBe(true);
		expect(instanceState('a b&c').state).toBe('terminated');
	});

	it('checks token, then organization, then input, then ID, then right', async () => {
		const id = seedOne();
		const closed = 'sandbox-user-token-without-right';
		expect((await terminate('unknown', 'garbage', '{}')).json.code).toBe(31401);
		expect((await terminate('unknown', 'sandbox-user-token-without-organization', '{}')).json.code).toBe(
			31512,
		);
		expect((await terminate('unknown', closed, '{}')).json.code).toBe(33500);
		expect((await terminate('unknown', closed)).json.code).toBe(33404);
		expect((await terminate(id, closed)).json.code).toBe(33403);
	});

	it('lets exactly one of several simultaneous calls end the instance', async () => {
		const id = seedOne();
		const answers = await Promise.all([1, 2, 3, 4].map(async () => await terminate(id)));
		expect(answers.map(({ json }) => json.code).sort()).toEqual([0, 33404, 33404, 33404]);
	});
});

describe('start, on the same path', () => {
	const definition = '312844b2-ab3d-11ec-8df5-120e04f331d8';

	it.each(['', '?action=Delete', '?action=', '?action=delete&action=delete'])(
		'starts an instance for the query "%s"',
		async (search) => {
			const body = { processDefinitionId: definition, values: { Key: 'Value' }, name: 'Started' };
			const { json } = await post(INSTANCES + search, body, VALID);
			expect(json).toMatchObject({ code: 0, msg: '', data: { name: 'Started', terminable: true } });
			expect(json.data.id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-1[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
			expect(counters()).toMatchObject({ startCalls: 1, started: 1, terminateCalls: 0 });
		},
	);

	it('never terminates without action=delete, and counts the attempt', async () => {
		const id = seedOne();
		const { json } = await post(`${INSTANCES}?processInstanceId=${id}`, REASON, VALID);
		expect(json).toEqual(internalError);
		expect(instanceState(id).state).toBe('running');
		expect(counters()).toMatchObject({ startCalls: 1, started: 0 });
	});

	it.each([
		{ values: {} },
		{ processDefinitionId: definition },
		{ processDefinitionId: definition, values: [] },
		{ processDefinitionId: 'unknown', values: {} },
		{ processDefinitionId: definition, values: {}, name: 5 },
	])('refuses %j', async (body) => {
		expect((await post(INSTANCES, body, VALID)).json).toEqual(internalError);
		expect(counters()['started']).toBe(0);
	});
});

describe('get', () => {
	it('answers the documented fields of a running instance', async () => {
		const id = seedOne({ name: 'Demo', businessKey: 'K1', createdTime: 1648000000000 });
		const { json } = await read(id);
		expect(json).toEqual({
			code: 0,
			msg: '',
			data: {
				id,
				name: 'Demo',
				businessKey: 'K1',
				processDefinitionId: '312844b2-ab3d-11ec-8df5-120e04f331d8',
				processDefinitionName: 'Sandbox Process',
				processDefinitionDescription: null,
				processDefinitionKey: 'sandbox-process',
				processDefinitionCategory: null,
				processDefinitionVersion: 1,
				processDefinitionDeploymentId: null,
				graphicalNotationDefined: true,
				startFormDefined: false,
				tenantId: 'o10000000000001',
				createdTime: 1648000000000,
				completedTime: null,
				terminable: true,
				terminatedTime: null,
				terminateReason: null,
				startedBy: {
					id: 'u10000000000000001',
					firstName: 'Sandbox',
					lastName: 'User 1',
					email: 'sandbox-user-1@sandbox.example',
					fullName: 'Sandbox User 1',
					tenantId: 'o10000000000001',
					groups: [],
					privileges: [],
				},
				terminatedBy: null,
				assignee: null,
				taskName: 'Approve',
				url: null,
			},
		});
		expect(counters()['gets']).toBe(1);
	});

	it.each([
		['epochMs', 1648000000000],
		['digits', '1648000000000'],
		['iso', '2022-03-23T01:46:40.000Z'],
	])('writes times as the switch timestamps says: %s', async (timestamps, expected) => {
		configure({ timestamps });
		const id = seedOne({ createdTime: 1648000000000 });
		expect((await read(id)).json.data).toMatchObject({ createdTime: expected, completedTime: null });
	});

	it('sets completedTime on terminated instances when the switch says so', async () => {
		const id = seedOne({ state: 'terminated' });
		configure({ completedTimeOfTerminated: 'set' });
		const { data } = (await read(id)).json;
		expect(data.completedTime).toBe(data.terminatedTime);
		expect(instanceState(id).state).toBe('terminated');
	});

	it('refuses unknown, foreign and missing IDs', async () => {
		expect((await read('unknown')).json).toEqual(notFound);
		expect((await read(seedOne({ orgId: 'o10000000000002' }))).json).toEqual(notFound);
		expect((await get(INSTANCES, VALID)).json).toEqual(internalError);
		expect((await read('')).json).toEqual(internalError);
	});
});

describe('queryList', () => {
	const names = (answer: Answer): string[] =>
		answer.json.data.processInstances.map(({ name }: { name: string }) => name);

	it('answers the vendor sample request with pagination, total and start', async () => {
		vendor.emulator.seed(7, { name: 'Python_ProcessInstance' });
		const { json } = await query({
			processStatus: 'inProgress',
			processName: 'Python_ProcessInstance',
			pagination: { current: 1, pageSize: 5, sorts: [{ field: 'createdTime', order: 'ASC' }] },
		});
		expect(json.data.processInstances).toHaveLength(2);
		expect(json.data.pagination).toEqual({
			current: 1,
			pageSize: 5,
			sorts: [{ field: 'createdTime', order: 'ASC' }],
			total: 7,
			start: 5,
		});
	});

	it('serves page 0 with 1000 rows by default', async () => {
		vendor.emulator.seed(1001, {});
		const { data } = (await query({ processStatus: 'inProgress' })).json;
		expect(data.processInstances).toHaveLength(1000);
		expect(data.pagination).toMatchObject({ current: 0, pageSize: 1000, total: 1001, start: 0 });
	});

	it('pages live: ended instances move the later ones forward', async () => {
		vendor.emulator.seed(4, { ids: ['a', 'b', 'c', 'd'] });
		const pagination = { current: 1, pageSize: 2 };
		const ids = async (): Promise<string[]> =>
			(await query({ processStatus: 'inProgress', pagination })).json.data.processInstances.map(
				({ id }: { id: string }) => id,
			);
		expect(await ids()).toEqual(['c', 'd']);
		await terminate('a');
		await terminate('b');
		expect(await ids()).toEqual([]);
	});

	it('applies every filter', async () => {
		seedOne({ ids: ['old'], name: 'Old one', createdTime: 1000 });
		seedOne({ ids: ['new'], name: 'New one', createdTime: 3000, startedBy: 'u10000000000000002' });
		seedOne({ ids: ['done'], name: 'Old one', state: 'completed' });
		const found = async (filter: object): Promise<string[]> =>
			names(await query({ processStatus: 'inProgress', ...filter }));
		expect(await found({})).toEqual(['Old one', 'New one']);
		expect(await found({ processName: 'New' })).toEqual(['New one']);
		expect(await found({ processInstanceId: 'old' })).toEqual(['Old one']);
		expect(await found({ processInstanceId: 'ol' })).toEqual([]);
		expect(await found({ startBy: 'u10000000000000002' })).toEqual(['New one']);
		expect(await found({ startedBefore: 3000 })).toEqual(['Old one']);
		expect(await found({ startedAfter: '1000' })).toEqual(['New one']);
		expect(await found({ processStatus: 'completed' })).toEqual(['Old one']);
		configure({ nameMatch: 'exact' });
		expect(await found({ processName: 'New' })).toEqual([]);
		expect(await found({ processName: 'New one' })).toEqual(['New one']);
	});

	it('sorts by name in both directions and both spellings', async () => {
		for (const name of ['b', 'c', 'a']) seedOne({ name });
		const sorted = async (order: string): Promise<string[]> =>
			names(await query({ processStatus: 'inProgress', pagination: { sorts: [{ field: 'name', order }] } }));
		expect(await sorted('asc')).toEqual(['a', 'b', 'c']);
		expect(await sorted('DESC')).toEqual(['c', 'b', 'a']);
	});

	it('ignores the other pagination dialect', async () => {
		vendor.emulator.seed(3, {});
		const { data } = (await query({ processStatus: 'inProgress', pagination: { pageNo: 2, pageSize: 2 } }))
			.json;
		expect(data.processInstances).toHaveLength(2);
		expect(data.pagination.current).toBe(0);
	});

	it('omits total, cuts rows and caps pages by switch', async () => {
		vendor.emulator.seed(3, {});
		configure({ omitTotal: true, listRow: 'firstFields', maxPageSize: 2 });
		const { data } = (await query({ processStatus: 'inProgress', pagination: { pageSize: 50 } })).json;
		expect(data.pagination).toEqual({ current: 0, pageSize: 2, sorts: [], start: 0 });
		expect(data.processInstances).toHaveLength(2);
		expect(data.processInstances[0]).not.toHaveProperty('terminable');
		expect(data.processInstances[0]).not.toHaveProperty('createdTime');
		expect(data.processInstances[0]).toHaveProperty('tenantId');
	});

	it('shows only the chosen organization', async () => {
		seedOne({ name: 'one' });
		seedOne({ name: 'two', orgId: 'o10000000000002' });
		const token = (await login(2)).json.data.accessToken;
		await choose('o10000000000002', token);
		expect(names(await query({ processStatus: 'inProgress' }, token))).toEqual(['two']);
		await choose('o10000000000001', token);
		expect(names(await query({ processStatus: 'inProgress' }, token))).toEqual(['one']);
	});

	it.each([
		{},
		{ processStatus: 'running' },
		{ processStatus: 'inProgress', processName: 5 },
		{ processStatus: 'inProgress', startedBefore: 'yesterday' },
		{ processStatus: 'inProgress', pagination: { current: -1 } },
		{ processStatus: 'inProgress', pagination: { pageSize: 0 } },
		{ processStatus: 'inProgress', pagination: { pageSize: '5' } },
		{ processStatus: 'inProgress', pagination: { sorts: [{ field: 'color' }] } },
		{ processStatus: 'inProgress', pagination: { sorts: [{ field: 'name', order: 'up' }] } },
	])('refuses %j', async (body) => {
		expect((await query(body)).json).toEqual(internalError);
	});
});

describe('display view', () => {
	const view = `${BPM}/work/display-view/SANDBOX_VIEW`;

	it('lists its columns and filters rows by them', async () => {
		seedOne({ ids: ['a'], name: 'Alpha' });
		seedOne({ ids: ['b'], name: 'Beta', state: 'completed' });
		const columns = (await get(`${view}/columns`, VALID)).json.data;
		expect(columns[0]).toMatchObject({
			id: 'a6574b142f8a511eab997105badde4ea0',
			title: 'Process Name',
			displayViewKey: 'SANDBOX_VIEW',
			bindProperty: 'name',
		});
		const rows = async (filter: string): Promise<unknown> =>
			(
				await post(
					`${view}/process-instances/query`,
					{
						pagination: { sorts: [{ field: 'started', order: 'DESC' }] },
						columns: [{ id: columns[1].id, filter }],
					},
					VALID,
				)
			).json.data.processInstances;
		expect(await rows('inProgress')).toEqual([{ id: 'a', name: 'Alpha', processStatus: 'inProgress' }]);
		expect(await rows('completed')).toEqual([{ id: 'b', name: 'Beta', processStatus: 'completed' }]);
	});

	it('refuses an unknown view and an unknown column', async () => {
		const other = `${BPM}/work/display-view/OTHER`;
		expect((await get(`${other}/columns`, VALID)).json.code).toBe(33404);
		expect((await post(`${other}/process-instances/query`, {}, VALID)).json.code).toBe(33404);
		const body = { columns: [{ id: 'unknown' }] };
		expect((await post(`${view}/process-instances/query`, body, VALID)).json.code).toBe(33404);
	});
});

describe('portal', () => {
	it('logs in as the 2.4.4 page shows', async () => {
		const { text, json, status } = await login(2);
		expect(status).toBe(200);
		expect(json.data.accessToken).toMatch(/^APP_PORTAL_S_[0-9A-Za-z]{32}$/);
		expect(text.replace(json.data.accessToken, 'T')).toBe(
			'{"code":0,"data":{"accessToken":"T","mfaType":"NONE","organizations":[' +
				'{"id":"o10000000000001","name":"Sandbox Organization One"},' +
				'{"id":"o10000000000002","name":"Sandbox Organization Two"}],"user":{"id":"u10000000000000002",' +
				'"name":"Sandbox User 2","email":"sandbox-user-2@sandbox.example"}},"message":"OK"}',
		);
		expect(counters()).toMatchObject({ logins: 1, failedLogins: 0 });
	});

	it.each([
		{ account: 'sandbox-account-1', password: 'wrong' },
		{ account: 'unknown', password: 'sandbox-password-1' },
		{ account: 'sandbox-account-1', password: 'sandbox-password-2' },
		{ account: 'sandbox-account-1', password: '' },
		{ account: 'sandbox-account-1' },
		{ account: ['sandbox-account-1'], password: 'sandbox-password-1' },
	])('refuses the login %j', async (body) => {
		expect((await post(`${PORTAL}/login`, body)).json).toEqual({
			code: 31400,
			message: 'The user name or password is wrong or empty',
			data: null,
		});
		expect(counters()['logins']).toBe(0);
	});

	it('locks an account after wrong passwords and unlocks it with time', async () => {
		configure({ loginAttempts: 2, lockMs: 60_000 });
		expect((await login(1, 'wrong')).json.code).toBe(31400);
		expect((await login(1, 'wrong')).json.code).toBe(31400);
		const { json } = await login();
		expect(json).toEqual({ code: 31429, message: expect.stringMatching(/密码/), data: null });
		expect(vendor.emulator.state()['lockedAccounts']).toEqual(['sandbox-account-1']);
		expect((await login(2)).json.code).toBe(0);
		configure({ clockOffsetMs: 60_001 });
		expect((await login(1, 'wrong')).json.code).toBe(31400);
		expect((await login()).json.code).toBe(0);
	});

	it('forgets wrong passwords after a right one', async () => {
		configure({ loginAttempts: 2 });
		await login(1, 'wrong');
		await login();
		await login(1, 'wrong');
		expect((await login()).json.code).toBe(0);
	});

	it('chooses an organization as the page shows and lets BPM calls through then', async () => {
		const id = seedOne();
		const token = (await login()).json.data.accessToken;
		const unselected = { code: 31512, message: 'Organization unselected', data: null };
		expect((await get(`${PORTAL}/session/info`, token)).json).toEqual(unselected);
		expect((await terminate(id, token)).json).toEqual({
			code: 31512,
			msg: 'Organization unselected',
			data: null,
		});
		const before = Date.now();
		const { json } = await choose('o10000000000001', token);
		expect(json).toEqual({
			code: 0,
			message: 'OK',
			data: {
				userId: 'u10000000000000001',
				userName: 'Sandbox User 1',
				currentOrgId: 'o10000000000001',
				currentOrgName: 'Sandbox Organization One',
				accessToken: token,
				refreshToken: expect.any(String),
				refreshTokenExpire: expect.any(Number),
			},
		});
		expect(json.data.refreshTokenExpire).toBeGreaterThanOrEqual(before + 2_592_000_000);
		expect((await get(`${PORTAL}/session/info`, token)).text).toBe(
			'{"code":0,"message":"OK","data":{"userId":"u10000000000000001","userName":"Sandbox User 1",' +
				'"currentOrgId":"o10000000000001","currentOrgName":"Sandbox Organization One"}}',
		);
		expect((await terminate(id, token)).json.data).toBe(true);
		expect(counters()).toMatchObject({ logins: 1, sessionSets: 1, sessionInfos: 2 });
	});

	it('refuses a missing, unknown or foreign organization', async () => {
		const token = (await login()).json.data.accessToken;
		const missing = { code: 31400, message: 'orgId is required', data: null };
		expect((await post(`${PORTAL}/session/set`, {}, token)).json).toEqual(missing);
		expect((await choose('', token)).json).toEqual(missing);
		const unknown = { code: 31404, message: 'Can not find this organization', data: null };
		expect((await choose('o19999999999999', token)).json).toEqual(unknown);
		expect((await choose('o10000000000002', token)).json).toEqual(unknown);
		expect((await choose('o10000000000001', 'garbage')).json.code).toBe(31401);
	});

	it('issues a new token at session/set by switch; the old one stays without organization', async () => {
		configure({ sessionSetToken: 'new' });
		const old = VALID;
		expect((await query({ processStatus: 'inProgress' }, old)).json.code).toBe(0);
		const token = (await choose('o10000000000001', old)).json.data.accessToken;
		expect(token).not.toBe(old);
		expect((await query({ processStatus: 'inProgress' }, token)).json.code).toBe(0);
		expect((await query({ processStatus: 'inProgress' }, old)).json.code).toBe(31512);
	});

	it('rotates refresh tokens', async () => {
		const first = (await choose('o10000000000001', VALID)).json.data.refreshToken;
		const { json } = await get(`${PORTAL}/token/refresh?refreshToken=${first}`);
		expect(json).toEqual({
			code: 0,
			message: 'OK',
			data: {
				userId: 'u10000000000000001',
				userName: 'Sandbox User 1',
				workingOrganizationId: 'o10000000000001',
				workingOrganizationName: 'Sandbox Organization One',
				accessToken: expect.stringMatching(/^APP_PORTAL_S_/),
				refreshToken: expect.any(String),
				refreshTokenExpire: expect.any(Number),
			},
		});
		expect(json.data.refreshToken).not.toBe(first);
		expect((await query({ processStatus: 'inProgress' }, json.data.accessToken)).json.code).toBe(0);
		expect((await get(`${PORTAL}/token/refresh?refreshToken=${first}`)).json.code).toBe(31401);
		expect((await get(`${PORTAL}/token/refresh`)).json).toEqual({
			code: 31400,
			message: 'Refresh Token is required',
			data: null,
		});
	});

	it('kills the token at logout', async () => {
		const id = seedOne();
		expect((await get(`${PORTAL}/logout`, VALID)).text).toBe('{"code":0,"message":"OK","data":true}');
		const { json } = await get(`${PORTAL}/session/info`, VALID);
		expect(json).toEqual({ code: 31401, message: 'Access token is not valid', data: null });
		expect((await terminate(id)).json.code).toBe(31401);
	});

	it('takes the bare token as its own samples show, which the BPM service does not', async () => {
		const headers = { authorization: VALID };
		expect((await get(`${PORTAL}/session/info`, '', headers)).json.code).toBe(0);
		expect((await get(`${INSTANCES}?processInstanceId=${seedOne()}`, '', headers)).json.code).toBe(31401);
	});

	it('plays the older pages by switch', async () => {
		configure({ portalPaths: 'v2.0' });
		const portal = '/app-portal-service';
		expect((await login()).status).toBe(404);
		const body = { account: 'sandbox-account-1', password: 'sandbox-password-1' };
		const { json } = await post(`${portal}/v2.0/login`, body);
		expect(json).toEqual({
			code: 200,
			data: {
				accessToken: expect.stringMatching(/^APP_PORTAL_S_/),
				organizations: [{ id: 'o10000000000001', name: 'Sandbox Organization One' }],
				user: { id: 'u10000000000000001', name: 'Sandbox User 1' },
			},
			message: '',
		});
		const token = json.data.accessToken;
		const set = await post(`${portal}/v2.1/session/set`, { orgId: 'o10000000000001' }, token);
		expect(set.json).toMatchObject({ code: 200, message: '' });
		const path = `${portal}/v2.0/token/refresh?refreshToken=${set.json.data.refreshToken}`;
		expect((await get(path)).json).toMatchObject({ code: 200, data: { currentOrgId: 'o10000000000001' } });
		expect((await get(`${portal}/v2.0/logout`, token)).text).toBe('{"code":200,"message":"","data":null}');
	});

	it('answers code 200 on the newer paths by switch', async () => {
		configure({ portalSuccess: 200 });
		expect((await login()).json.code).toBe(200);
	});

	it('shows or hides mfaType; a token that still waits for a second factor opens nothing', async () => {
		configure({ mfaType: 'absent' });
		expect((await login()).json.data).not.toHaveProperty('mfaType');
		configure({ mfaType: 'TOTP' });
		const { data } = (await login()).json;
		expect(data.mfaType).toBe('TOTP');
		expect((await choose('o10000000000001', data.accessToken)).json.code).toBe(31401);
	});

	it('ends earlier tokens at the next login by switch', async () => {
		await login();
		expect((await get(`${PORTAL}/session/info`, VALID)).json.code).toBe(0);
		configure({ secondLogin: 'endsTokens' });
		await login();
		expect((await get(`${PORTAL}/session/info`, VALID)).json.code).toBe(31401);
	});
});

describe('user tokens on BPM calls', () => {
	it.each([
		[31401, { code: 31401, msg: 'Access token is not valid', data: null }],
		[33401, { code: 33401, msg: 'Access token is not valid', data: null }],
		[
			1203,
			{ status: 1203, msg: 'The access token has expired.', business: 'apim-token-service', data: null },
		],
	])('answers a bad token by the switch expiredUserToken: %s', async (expiredUserToken, expected) => {
		configure({ expiredUserToken });
		expect((await terminate('x', 'sandbox-user-token-expired')).json).toEqual(expected);
	});

	it('answers a bare HTTP 401 by switch', async () => {
		configure({ expiredUserToken: 'http401' });
		const answer = await terminate('x', 'garbage');
		expect([answer.status, answer.text]).toEqual([401, '']);
	});

	it('asks for a login when there is no token', async () => {
		expect((await terminate('x', '')).json).toEqual({ code: 31401, msg: 'Please login first', data: null });
	});

	it('expires tokens by time and by trigger', async () => {
		const id = seedOne();
		configure({ userTokenLifetimeMs: 60_000, clockOffsetMs: 59_000 });
		expect((await read(id)).json.code).toBe(0);
		configure({ clockOffsetMs: 61_000 });
		expect((await read(id)).json.code).toBe(31401);
		configure({ clockOffsetMs: 0 });
		expect((await read(id)).json.code).toBe(0);
		configure({ expireNow: 'userTokens' });
		expect((await read(id)).json.code).toBe(31401);
		expect(vendor.emulator.switches()['expireNow']).toBe('none');
		expect((await login()).json.code).toBe(0);
	});

	it('never accepts a token from before a reset', async () => {
		const old = (await login()).json.data.accessToken;
		vendor.emulator.reset();
		await login();
		expect((await choose('o10000000000001', old)).json.code).toBe(31401);
	});

	it('needs no organization by switch and then shows all of the user', async () => {
		configure({ orgRequired: 'notRequired' });
		const id = seedOne({ orgId: 'o10000000000002' });
		expect((await terminate(id, 'sandbox-user-token-without-organization')).json.data).toBe(true);
	});
});

describe('gateway token service', () => {
	const getToken = async (body: JsonObject): Promise<Answer> => await post(`${APIM}/token/get`, body);
	const failure = (status: number, msg: string): JsonObject => ({
		status,
		msg,
		business: 'apim-token-service',
		data: null,
	});

	it('issues a token as the page shows, the same one with falling expire', async () => {
		const { text, json } = await getToken(tokenRequest());
		expect(text).toBe(
			`{"status":0,"msg":"SUCCESS","business":"apim-token-service","data":{"accessToken":"${json.data.accessToken}","expire":${json.data.expire}}}`,
		);
		expect(json.data.expire).toBeGreaterThan(7190);
		configure({ clockOffsetMs: 7_000_000 });
		const later = (await getToken(tokenRequest())).json.data;
		expect(later.accessToken).toBe(json.data.accessToken);
		expect(later.expire).toBeLessThanOrEqual(200);
		configure({ clockOffsetMs: 7_200_001 });
		expect((await getToken(tokenRequest())).json.data.accessToken).not.toBe(json.data.accessToken);
		expect(counters()['tokenGets']).toBe(3);
	});

	it('takes the timestamp as text too', async () => {
		const body = tokenRequest();
		expect((await getToken({ ...body, timestamp: String(body['timestamp']) })).json.status).toBe(0);
	});

	it('refuses a repeated encryption, an unknown key, a wrong encryption, empty and wrong parameters', async () => {
		const body = tokenRequest();
		await getToken(body);
		expect((await getToken(body)).json).toEqual(
			failure(1001, 'Repeated request with duplicated encryption.'),
		);
		expect((await getToken(tokenRequest('unknown'))).json).toEqual(
			failure(1002, 'The appKey does not exist.'),
		);
		expect((await getToken(tokenRequest('sandbox-app-key-1', 'wrong'))).json).toEqual(
			failure(1003, 'The encryption is not valid.'),
		);
		expect((await getToken({ ...tokenRequest(), appKey: '' })).json).toEqual(
			failure(1202, 'The parameter is empty.'),
		);
		expect((await getToken({ appKey: 'sandbox-app-key-1' })).json.status).toBe(1202);
		expect((await getToken({ ...tokenRequest(), timestamp: '' })).json.status).toBe(1202);
		expect((await getToken({ ...tokenRequest(), timestamp: 'now' })).json).toEqual(
			failure(1004, 'Invalid parameter.'),
		);
		expect((await post(`${APIM}/token/get`, '{')).json.status).toBe(1004);
	});

	it('refreshes its current token only', async () => {
		const old = await appToken();
		const refreshed = await post(`${APIM}/token/refresh`, { ...tokenRequest(), accessToken: old });
		expect(refreshed.json).toMatchObject({ status: 0, msg: 'SUCCESS', data: { expire: 7200 } });
		expect(refreshed.json.data.accessToken).not.toBe(old);
		const again = await post(`${APIM}/token/refresh`, { ...tokenRequest(), accessToken: old });
		expect(again.json).toEqual(failure(1204, 'Failed to refresh the access token.'));
		expect((await post(`${APIM}/token/refresh`, tokenRequest())).json.status).toBe(1202);
	});

	it('misspells its status by switch, in success and failure', async () => {
		configure({ tokenStatusKey: 'stauts' });
		expect((await getToken(tokenRequest())).text).toMatch(/^\{"stauts":0,/);
		expect((await getToken(tokenRequest('unknown'))).json).toMatchObject({ stauts: 1002 });
	});
});

describe('signatures', () => {
	it.each(vectors.signatures)('reproduces vector $name', ({ query: pairs, sha256, ...vector }) => {
		expect(signatureOf({ ...vector, query: pairs as Array<[string, string]> })).toBe(sha256);
	});

	it('pins the published hash and the encryption vector', () => {
		expect(vectors.signatures[0]?.sha256).toBe(
			'59828328f6c1f9771015dc74e4929ae30f518a35a3d2353972c2ea46556fc981',
		);
		for (const { appKey, appSecret, timestamp, sha256 } of vectors.encryptions) {
			expect(encryptionOf(appKey, timestamp, appSecret)).toBe(sha256);
		}
		expect(vectors.encryptions[0]?.sha256).toBe(
			'e47f6e8ccce9be1f56e115de47f84802932c59b11855ec0e7008d5c3737637d6',
		);
	});

	const pairs = (id: string): Array<[string, string]> => [
		['processInstanceId', id],
		['action', 'delete'],
	];
	const failure = (status: number): JsonObject => ({ status, business: 'apim-token-service', data: null });

	it('accepts a call signed over the decoded query and the exact bytes', async () => {
		seedOne({ ids: ['a b&c'] });
		const body = '{ "deleteReason":"原因 é" }';
		const headers = signed(await appToken(), pairs('a b&c'), body);
		expect((await post(terminatePath('a b&c'), body, VALID, headers)).json.data).toBe(true);
		expect(counters()).toMatchObject({ signedCalls: 1, unsignedCalls: 0, refusedSignatures: 0 });
	});

	it('refuses a wrong secret, another body, a replay and a missing header, and does not act', async () => {
		const id = seedOne();
		const token = await appToken();
		const path = terminatePath(id);
		const wrong = signed(token, pairs(id), REASON, '1700000000000', 'sandbox-app-secret-wrong');
		expect((await post(path, REASON, VALID, wrong)).json).toMatchObject(failure(1003));
		const right = signed(token, pairs(id), REASON);
		expect((await post(path, `${REASON} `, VALID, right)).json).toMatchObject(failure(1003));
		const { 'apim-signature': _dropped, ...partial } = right;
		expect((await post(path, REASON, VALID, partial)).json).toMatchObject(failure(1202));
		expect((await post(path, REASON, VALID, { ...right, 'apim-timestamp': 'now' })).json).toMatchObject(
			failure(1004),
		);
		expect(instanceState(id).state).toBe('running');
		expect((await post(path, REASON, VALID, right)).json.data).toBe(true);
		expect((await post(path, REASON, VALID, right)).json).toMatchObject(failure(1001));
		expect(counters()).toMatchObject({ signedCalls: 1, refusedSignatures: 5 });
	});

	it('refuses an expired application token before it looks at the user token', async () => {
		const token = await appToken();
		configure({ expireNow: 'appTokens' });
		const headers = signed(token, pairs('x'), REASON);
		expect((await post(terminatePath('x'), REASON, 'garbage', headers)).json).toMatchObject(failure(1203));
		expect(await appToken()).not.toBe(token);
	});

	it('checks the clock when a tolerance is set', async () => {
		const token = await appToken();
		const call = async (timestamp: number): Promise<Answer> =>
			await get(`${PORTAL}/session/info`, VALID, signed(token, [], '', String(timestamp)));
		configure({ clockToleranceMs: 60_000 });
		expect((await call(Date.now())).json.code).toBe(0);
		expect((await call(Date.now() - 120_000)).json.status).toBe(1003);
	});

	it('asks for signatures by switch, login included, and ignores wrong ones by switch', async () => {
		configure({ signature: 'required' });
		expect((await login()).json).toMatchObject(failure(1202));
		expect((await terminate('x')).json).toMatchObject(failure(1202));
		expect((await post(`${APIM}/token/get`, tokenRequest())).json.status).toBe(0);
		configure({ signedServices: 'bpm' });
		expect((await login()).json.code).toBe(0);
		expect((await terminate('x')).json).toMatchObject(failure(1202));
		configure({ signature: 'ignored' });
		const headers = { 'apim-signature': 'garbage' };
		expect((await get(`${PORTAL}/session/info`, VALID, headers)).json.code).toBe(0);
	});
});

describe('what lists may leave out', () => {
	it('the times at which instances ended, by switch', async () => {
		configure({ listRow: 'withoutEndTimes' });
		const id = seedOne({ state: 'completed' });
		const [row] = (await query({ processStatus: 'completed' })).json.data.processInstances;
		expect(row).toMatchObject({ id, terminable: false, createdTime: expect.any(Number) });
		expect(row).not.toHaveProperty('completedTime');
		expect(row).not.toHaveProperty('terminatedTime');
		expect((await read(id)).json.data.completedTime).toEqual(expect.any(Number));
	});

	it('the array where there are no rows, by switch', async () => {
		configure({ emptyList: 'null' });
		const { data } = (await query({ processStatus: 'completed' })).json;
		expect(data).toMatchObject({ pagination: { total: 0 }, processInstances: null });
		seedOne({ state: 'completed' });
		expect((await query({ processStatus: 'completed' })).json.data.processInstances).toHaveLength(1);
	});

	it('nothing, though Get shows only what the user has started, by switch', async () => {
		configure({ read: 'ownOnly' });
		const [mine, foreign] = [seedOne(), seedOne({ startedBy: 'u10000000000000002' })];
		expect((await query({ processStatus: 'inProgress' })).json.data.processInstances).toHaveLength(2);
		expect((await read(mine)).json.code).toBe(0);
		expect((await read(foreign)).json).toEqual(denied);
	});
});

describe('gateway', () => {
	it('knows no path of the BPM service by switch', async () => {
		configure({ bpm: 'absent' });
		const answer = await terminate(seedOne());
		expect([answer.status, answer.text]).toEqual([404, 'no Route matched with those values']);
		expect((await login()).json.code).toBe(0);
	});

	it.each([
		['/', 404],
		['/enos-bpm-service/v2.0/work/unknown', 404],
		[`${INSTANCES}/`, 404],
		['/app-portal-service/v2.0/login', 405],
		[`${PORTAL}/login`, 405],
		[`${INSTANCES}/queryList`, 405],
	])('answers GET %s with HTTP %i and no JSON', async (path, status) => {
		const answer = await get(path, VALID);
		expect(answer.status).toBe(status);
		expect(answer.json).toBeUndefined();
	});

	it('allows no DELETE on instances', async () => {
		const id = seedOne();
		const answer = await ask(vendor.origin + terminatePath(id), { method: 'DELETE', headers: bearer(VALID) });
		expect(answer.status).toBe(405);
		expect(answer.headers.get('allow')).toMatch(/GET.*POST|POST.*GET/);
		expect(instanceState(id).state).toBe('running');
	});

	it.each(['text/plain', 'application/x-www-form-urlencoded', 'application/json;charset=GBK'])(
		'refuses content type %s',
		async (type) => {
			const id = seedOne();
			const answer = await post(terminatePath(id), REASON, VALID, { 'content-type': type });
			expect([answer.status, answer.json]).toEqual([415, undefined]);
			expect(instanceState(id).state).toBe('running');
		},
	);

	it('accepts application/json without a charset', async () => {
		const headers = { 'content-type': 'application/json' };
		expect((await post(terminatePath(seedOne()), REASON, VALID, headers)).json.data).toBe(true);
	});

	it('maps codes to HTTP statuses by switch', async () => {
		configure({ errorHttpStatus: 'mapped' });
		const id = seedOne();
		const statuses = [
			await terminate('unknown'),
			await terminate(id, 'sandbox-user-token-without-right'),
			await terminate(id, 'garbage'),
			await terminate(id, VALID, '{}'),
			await login(1, 'wrong'),
		].map(({ status }) => status);
		expect(statuses).toEqual([404, 403, 401, 500, 400]);
		expect((await terminate(id)).status).toBe(200);
	});
});

describe('the emulator itself', () => {
	it('seeds with a definition, a name and explicit IDs', async () => {
		const options = { ids: ['x', 'y'], definitionId: 'd1', definitionName: 'Leave Request', name: 'N' };
		expect(vendor.emulator.seed(1, options)).toEqual(['x', 'y']);
		expect((await read('y')).json.data).toMatchObject({
			name: 'N',
			processDefinitionId: 'd1',
			processDefinitionName: 'Leave Request',
			processDefinitionKey: 'leave-request',
		});
	});

	it('offers credentials that behave as their keys say', async () => {
		const all = vendor.emulator.credentials(vendor.origin);
		const code = async (key: string): Promise<number[]> => {
			const data = all[key] ?? {};
			const first = await post(`${PORTAL}/login`, { account: data['account'], password: data['password'] });
			if (first.json.code !== 0) return [first.json.code];
			const token = first.json.data.accessToken;
			const set = await choose(String(data['orgId']), token);
			return [0, set.json.code, (await terminate(seedOne(), token)).json.code];
		};
		expect(all['enosBpmApi']).toEqual({
			baseUrl: vendor.origin,
			authentication: 'login',
			account: 'sandbox-account-1',
			password: 'sandbox-password-1',
			orgId: 'o10000000000001',
		});
		expect(await code('enosBpmApi')).toEqual([0, 0, 0]);
		expect(await code('secondOrganization')).toEqual([0, 0, 33404]);
		expect(await code('noOrganization')).toEqual([0, 31400, 31512]);
		expect(await code('unknownOrganization')).toEqual([0, 31404, 31512]);
		expect(await code('wrongPassword')).toEqual([31400]);
		expect(await code('withoutRight')).toEqual([0, 0, 33403]);
		const pasted = async (key: string): Promise<number> =>
			(await terminate(seedOne(), String(all[key]?.['accessToken']))).json.code;
		expect(await pasted('accessToken')).toBe(0);
		expect(await pasted('accessTokenWithoutRight')).toBe(33403);
		expect(await pasted('accessTokenWithoutOrganization')).toBe(31512);
		expect(await pasted('expiredAccessToken')).toBe(31401);
	});

	it('never gives an ID from before a reset again', () => {
		const before = vendor.emulator.seed(3, {});
		vendor.emulator.reset();
		const after = vendor.emulator.seed(3, {});
		expect(new Set([...before, ...after]).size).toBe(6);
	});

	it('does not act, nor use up a signature, when a connection drops before', async () => {
		const id = seedOne();
		const query: Array<[string, string]> = [
			['action', 'delete'],
			['processInstanceId', id],
		];
		const headers = signed(await appToken(), query, REASON);
		vendor.faults.arm([{ kind: 'reset', path: id }]);
		await expect(post(terminatePath(id), REASON, VALID, headers)).rejects.toThrow();
		expect(instanceState(id).state).toBe('running');
		expect((await post(terminatePath(id), REASON, VALID, headers)).json.data).toBe(true);
	});
});
