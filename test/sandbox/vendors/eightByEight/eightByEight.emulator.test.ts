import type { JsonObject } from '../../core/emulator.ts';
import { ask } from '../../support.ts';
import type { Answer } from '../../support.ts';
import { at, DEFINITION, idsIn as ids, useEightByEight } from './client.ts';

const SECOND = '7d0c1a52-93be-4f0e-8a37-2b1f5c64e9d8';
const UNKNOWN = '2aa9465e-dec7-4c3e-8fa6-bd168af9eaca';
const NO_INSTANCE = '60dbe307fe55d99fc083db99';
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

const { vendor: listener, call, get, list, command } = useEightByEight();
const { seed, one, configure, counter, instance: stateOf } = listener;

function expectError(answer: Answer, status: number, code: number, message: string): void {
	expect(answer.status).toBe(status);
	expect(answer.headers.get('content-type')).toMatch(/^application\/json/);
	expect(Object.keys(answer.json)).toEqual(['code', 'message', 'errorId', 'timestamp']);
	expect(answer.json).toMatchObject({ code, message });
	expect(answer.json.errorId).toMatch(UUID);
	expect(answer.json.timestamp).toMatch(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{2}Z$/);
}

function expectEmpty(answer: Answer, status: number): void {
	expect(answer.status).toBe(status);
	expect(answer.text).toBe('');
	expect(answer.headers.get('content-type')).toBeNull();
}

const SAMPLE_SEED: JsonObject = {
	version: 1,
	state: 'Complete',
	startedAt: '2021-06-30T03:20:39.49Z',
	completedAt: '2021-06-30T03:21:25.83Z',
	triggeredAt: '2021-06-30T03:20:39.3857479Z',
};
const sampleInstance = (id: string): string =>
	`{"workflowId":"${id}","data":{"payload":{"umid":"9e09ac86-bd74-5465-851d-1eb5a5fdbb9a","user":{"channelUserId":"test_user_id","name":"test_user_name"},"content":{"text":"Hello, world!"}},"accountId":"test_account_id","subAccountId":"test_subaccount_id","triggeredAt":"2021-06-30T03:20:39.3857479Z"},"definitionId":"5870442f-3ddd-4657-b74c-6e17308f5230","version":1,"status":"Complete","startedAt":"2021-06-30T03:20:39.49Z","completedAt":"2021-06-30T03:21:25.83Z"`;
const sampleReply = (version: number, text: string): string =>
	`{"accountId":"8x8_test_account","subaccountId":"8x8_test_subaccount","trigger":"inbound_chat_apps","status":"enabled","createdAt":"2021-07-12T04:49:30.27Z","definition":{"id":"ae54eaf1-b86d-43c5-8982-2818f9bbe52c","name":"Send automatic reply","version":${version},"steps":[{"id":"step1","stepType":"ChatAppsMessage","inputs":{"subAccountId":"8x8_subaccount_id","user":{"msisdn":"{{data.payload.user.msisdn}}"},"type":"text","content":{"text":"${text}"}}}]}}`;
const SAMPLE_DELAYED =
	'{"accountId":"8x8_test_account","subaccountId":"8x8_test_subaccount","trigger":"inbound_sms","status":"enabled","createdAt":"2021-07-12T04:49:30.27Z","definition":{"id":"ae54eaf1-b86d-43c5-8982-2818f9bbe52d","name":"Send automatic reply with a delay","version":1,"steps":[{"id":"step1","stepType":"Wait","inputs":{"duration":"00:02:00"},"nextStepId":"step2"},{"id":"step2","stepType":"ChatAppsMessage","inputs":{"subAccountId":"8x8_subaccount_id","user":{"msisdn":"{{data.payload.user.msisdn}}"},"type":"text","content":{"text":"Hello, world!"}}}]}}';

describe('documented samples, byte by byte', () => {
	it('instance list', async () => {
		// The newest comes first; the sample's two started at the same instant.
		seed(2, {
			...SAMPLE_SEED,
			ids: ['60dbe307fe55d99fc083db62', '60dbe307fe55d99fc083db61'],
			intervalMs: 0,
		});
		const { text } = await list('?version=1');
		expect(text).toBe(
			`[${sampleInstance('60dbe307fe55d99fc083db61')}},${sampleInstance('60dbe307fe55d99fc083db62')}}]`,
		);
	});

	it('instance, and instance with logs', async () => {
		const id = '60dbe307fe55d99fc083db61';
		seed(1, {
			...SAMPLE_SEED,
			ids: [id],
			logs: [
				{
					id: 'b2c6185b-5bbd-424e-bea0-3d09d5d14566',
					startedAt: '2021-06-30T03:20:39.68Z',
					completedAt: '2021-06-30T03:20:39.69Z',
				},
				{
					id: 'b2c6185b-5bbd-424e-bea0-3d09d5d14567',
					startedAt: '2021-06-30T03:20:56.68Z',
					completedAt: '2021-06-30T03:20:58.69Z',
				},
			],
		});
		expect((await get(at(id))).text).toBe(`${sampleInstance(id)}}`);
		expect((await get(`${at(id)}?includeLogs=true`)).text).toBe(
			`${sampleInstance(id)},"logs":[{"id":"b2c6185b-5bbd-424e-bea0-3d09d5d14566","stepName":"step1","startedAt":"2021-06-30T03:20:39.68Z","completedAt":"2021-06-30T03:20:39.69Z","status":"Complete"},{"id":"b2c6185b-5bbd-424e-bea0-3d09d5d14567","stepName":"step2","startedAt":"2021-06-30T03:20:56.68Z","completedAt":"2021-06-30T03:20:58.69Z","status":"Complete"}]}`,
		);
	});

	it('instance errors: array as on the screenshot, object as in the reference', async () => {
		const id = '60e6b22fc517c0785de3ca22';
		seed(1, {
			ids: [id],
			state: 'Terminated',
			errors: [{ step: 'step1', message: 'Invalid subaccount id.', errorTime: '2021-06-30T03:21:25.83Z' }],
		});
		const sample =
			'{"workflowId":"60e6b22fc517c0785de3ca22","step":"step1","message":"Invalid subaccount id.","errorTime":"2021-06-30T03:21:25.83Z"}';
		expect((await get(`${at(id)}/errors`)).text).toBe(`[${sample}]`);
		configure({ errorsShape: 'object' });
		expect((await get(`${at(id)}/errors`)).text).toBe(sample);
	});

	it('definitions, then the version history after an update', async () => {
		expect((await get('/definitions', { as: 'otherAccount' })).text).toBe(
			`[${sampleReply(1, 'Hello, world!')},${SAMPLE_DELAYED}]`,
		);
		const current = await get('/definitions/ae54eaf1-b86d-43c5-8982-2818f9bbe52c', { as: 'otherAccount' });
		const steps = structuredClone(current.json[0].definition.steps);
		steps[0].inputs.content.text = 'Updated hello, world!';
		seed(0, {
			accountId: '8x8_test_account',
			definition: { id: 'ae54eaf1-b86d-43c5-8982-2818f9bbe52c', version: 2, steps },
		});
		expect(
			(await get('/definitions/ae54eaf1-b86d-43c5-8982-2818f9bbe52c', { as: 'otherAccount' })).text,
		).toBe(`[${sampleReply(2, 'Updated hello, world!')},${sampleReply(1, 'Hello, world!')}]`);
	});

	it('usage as object, and as array by switch', async () => {
		const sample =
			'{"allowedWorkflowCount":50000,"allowedOverage":true,"overagePrice":0.005,"executedWorkflowCount":1200,"countStartedMonth":7,"countStartedYear":2022}';
		expect((await get('/usage')).text).toBe(sample);
		configure({ usageShape: 'array' });
		expect((await get('/usage')).text).toBe(`[${sample}]`);
	});
});

describe('terminate', () => {
	it.each(['Runnable', 'Suspended'])('ends a %s instance and answers 200 without a body', async (state) => {
		const id = one({ state });
		expectEmpty(await command(id, 'terminate'), 200);
		const { json } = await get(at(id));
		expect(json.status).toBe('Terminated');
		expect(json.completedAt).toMatch(/\.\d{2}Z$/);
		expect(stateOf(id)).toMatchObject({ state: 'terminated', status: 'Terminated' });
		expect(ids(await list('?status=Runnable'))).toEqual([]);
		expect(ids(await list('?status=Terminated'))).toEqual([id]);
		expect(counter('terminates')).toBe(1);
	});

	it('a second terminate is accepted and moves the end time', async () => {
		configure({ frozenAt: '2024-01-08T02:10:34.859Z' });
		const id = one();
		await command(id, 'terminate');
		expect((await get(at(id))).json.completedAt).toBe('2024-01-08T02:10:34.85Z');
		configure({ clockOffsetMs: 1000 });
		expectEmpty(await command(id, 'terminate'), 200);
		expect((await get(at(id))).json.completedAt).toBe('2024-01-08T02:10:35.85Z');
		expect(counter('overwrites')).toBe(1);
	});

	it('overwrites a completed instance', async () => {
		const id = one({ state: 'Complete', completedAt: '2021-06-30T03:21:25.83Z' });
		expectEmpty(await command(id, 'terminate'), 200);
		const { json } = await get(at(id));
		expect(json.status).toBe('Terminated');
		expect(json.completedAt).not.toBe('2021-06-30T03:21:25.83Z');
	});

	it.each(['Complete', 'Terminated'])('refuses a %s instance by switch', async (state) => {
		configure({ terminateEnded: 'refuse' });
		const id = one({ state, completedAt: '2021-06-30T03:21:25.83Z' });
		expectEmpty(await command(id, 'terminate'), 400);
		expect((await get(at(id))).json).toMatchObject({ status: state, completedAt: '2021-06-30T03:21:25.83Z' });
		expect(counter('terminates')).toBe(0);
	});

	it('takes IDs in any case', async () => {
		const id = one();
		const answer = await call('PATCH', at(id.toUpperCase(), DEFINITION.toUpperCase()), {
			body: '{"status":"terminate"}',
		});
		expectEmpty(answer, 200);
		expect(stateOf(id)?.status).toBe('Terminated');
	});

	it('answers 204 or 200 with JSON by switch', async () => {
		const [first = '', second = ''] = seed(2);
		configure({ success: 'empty204' });
		expectEmpty(await command(first, 'terminate'), 204);
		configure({ success: 'json200' });
		expect((await command(second, 'terminate')).json).toMatchObject({
			workflowId: second,
			status: 'Terminated',
		});
	});
});

describe('suspend and resume', () => {
	it('suspend halts, resume continues, and neither sets an end time', async () => {
		const id = one();
		expectEmpty(await command(id, 'suspend'), 200);
		expect((await get(at(id))).json).toMatchObject({ status: 'Suspended', completedAt: null });
		expectEmpty(await command(id, 'resume'), 200);
		expect((await get(at(id))).json).toMatchObject({ status: 'Runnable', completedAt: null });
		expect([counter('suspends'), counter('resumes')]).toEqual([1, 1]);
	});

	it.each([
		['Runnable', 'resume'],
		['Suspended', 'suspend'],
		['Complete', 'suspend'],
		['Complete', 'resume'],
		['Terminated', 'suspend'],
		['Terminated', 'resume'],
	])('refuses from %s: %s', async (state, verb) => {
		const id = one({ state });
		const before = stateOf(id);
		expectEmpty(await command(id, verb), 400);
		expect(stateOf(id)).toEqual(before);
		expect(counter('refusals')).toBe(1);
	});

	it('shows a refusal as an error body, or as 200 without effect, by switch', async () => {
		const id = one();
		configure({ refusal: 'error400' });
		expectError(await command(id, 'resume'), 400, 1000, 'Request is invalid.');
		configure({ refusal: 'noEffect' });
		const suspended = one({ state: 'Suspended' });
		expectEmpty(await command(suspended, 'suspend'), 200);
		expect(stateOf(suspended)?.status).toBe('Suspended');
		expect(counter('refusals')).toBe(2);
	});

	it('refuses every command while a step executes, and takes it afterwards', async () => {
		configure({ frozenAt: '2024-01-08T02:10:34.000Z' });
		const id = one({ executingMs: 1500 });
		expectEmpty(await command(id, 'terminate'), 400);
		expect(stateOf(id)?.status).toBe('Runnable');
		configure({ clockOffsetMs: 1500 });
		expectEmpty(await command(id, 'terminate'), 200);
		expect(stateOf(id)?.status).toBe('Terminated');
	});
});

describe('body of the command', () => {
	it.each([
		['no status', '{}'],
		['null', '{"status":null}'],
		['a number', '{"status":1}'],
		['a capitalised verb', '{"status":"Terminate"}'],
		['a state', '{"status":"Terminated"}'],
		['an unknown verb', '{"status":"cancel"}'],
		['a list', '[{"status":"terminate"}]'],
		['broken JSON', '{"status":"terminate"'],
		['form data', 'status=terminate'],
		['nothing', ''],
	])('refuses %s', async (_what, body) => {
		const id = one();
		expectError(await call('PATCH', at(id), { body }), 400, 1000, 'Request is invalid.');
		expect(stateOf(id)?.status).toBe('Runnable');
	});

	it.each(['text/plain', 'application/x-www-form-urlencoded', 'application/jsonp'])(
		'refuses content type %s',
		async (type) => {
			const id = one();
			const answer = await command(id, 'terminate', { headers: { 'content-type': type } });
			expectError(answer, 400, 1000, 'Request is invalid.');
			expect(stateOf(id)?.status).toBe('Runnable');
		},
	);

	it('refuses a request without any body', async () => {
		const id = one();
		expectError(await call('PATCH', at(id)), 400, 1000, 'Request is invalid.');
		expect(stateOf(id)?.status).toBe('Runnable');
	});

	it('refuses JSON without a content type', async () => {
		const id = one();
		const base = `${listener.origin}/api/v1/accounts/test_account_id`;
		const send = async (key: string): Promise<Answer> =>
			await ask(base + at(id), {
				method: 'PATCH',
				headers: { authorization: `Bearer ${key}` },
				// Bytes, because fetch would add a content type to a text.
				body: new TextEncoder().encode('{"status":"terminate"}'),
			});
		expectError(await send('sandbox-api-key-1'), 400, 1000, 'Request is invalid.');
		expectError(await send('sandbox-api-key-wrong'), 401, 1200, 'Unauthorized');
		expect(stateOf(id)?.status).toBe('Runnable');
	});

	it('takes a charset and members it does not know', async () => {
		const id = one();
		const answer = await call('PATCH', at(id), {
			body: '{"status":"terminate","reason":"x"}',
			headers: { 'content-type': 'application/json; charset=utf-8' },
		});
		expectEmpty(answer, 200);
	});
});

describe('authentication', () => {
	it.each([
		['no header', ''],
		['another scheme', 'Basic c2FuZGJveC1hcGkta2V5LTE='],
		['the bare key', 'sandbox-api-key-1'],
		['no space', 'Bearersandbox-api-key-1'],
		['more than a key', 'Bearer sandbox-api-key-1 more'],
		['a key with a tail', 'Bearer sandbox-api-key-1x'],
		['a key in capitals', 'Bearer SANDBOX-API-KEY-1'],
	])('refuses %s', async (_what, authorization) => {
		expectError(await get('/definitions', { headers: { authorization } }), 401, 1200, 'Unauthorized');
		expect(counter('unauthorized')).toBe(1);
	});

	it.each(['foreignAccount', 'subAccountAsAccount', 'notEnabledAccount'] as const)(
		'forbids %s',
		async (as) => {
			expectError(await get('/definitions', { as }), 403, 1201, 'Access forbidden');
			expect(counter('forbidden')).toBe(1);
		},
	);

	it('refuses a key that was disabled meanwhile', async () => {
		expect((await get('/definitions')).status).toBe(200);
		configure({ keyDisabled: true });
		expectError(await get('/definitions'), 401, 1200, 'Unauthorized');
		expect((await get('/definitions', { as: 'otherAccount' })).status).toBe(200);
	});

	it('refuses an account that is not enabled, with 403 or 404 by switch', async () => {
		const id = one();
		configure({ notEnabled: 403 });
		expectError(await command(id, 'terminate'), 403, 1201, 'Access forbidden');
		configure({ notEnabled: 404 });
		expectError(await command(id, 'terminate'), 404, 1300, "Object wasn't found or is already expired");
		configure({ notEnabled: 'account' });
		expectError(await command(id, 'terminate'), 404, 1300, 'The account test_account_id was not found.');
		expect(stateOf(id)?.status).toBe('Runnable');
	});

	it('keeps accounts apart', async () => {
		const id = one();
		expectError(
			await command(id, 'terminate', { as: 'otherAccount' }),
			404,
			1300,
			`Definition ${DEFINITION} not found.`,
		);
		seed(0, { accountId: '8x8_test_account', definition: { id: DEFINITION } });
		expectError(
			await command(id, 'terminate', { as: 'otherAccount' }),
			404,
			1300,
			`Workflow instance ${id} not found.`,
		);
	});
});

describe('order of checks', () => {
	const bad = { body: '{"status":"cancel"}' };

	it('key before definition ID', async () => {
		expect((await call('PATCH', at('x', 'x'), { ...bad, as: 'wrongKey' })).status).toBe(401);
	});

	it('account before definition ID', async () => {
		expect((await call('PATCH', at('x', 'x'), { ...bad, as: 'foreignAccount' })).status).toBe(403);
	});

	it('definition ID before body', async () => {
		const answer = await call('PATCH', at('x', 'x'), bad);
		expectError(answer, 400, 1000, 'Invalid definition id.');
	});

	it('body before definition', async () => {
		const answer = await call('PATCH', at(NO_INSTANCE, UNKNOWN), bad);
		expectError(answer, 400, 1000, 'Request is invalid.');
	});

	it('form of the instance ID before definition', async () => {
		const answer = await call('PATCH', at('x', UNKNOWN), { body: '{"status":"terminate"}' });
		expectError(answer, 400, 1000, 'Invalid workflow instance id.');
	});

	it('definition before instance', async () => {
		const answer = await call('PATCH', at(NO_INSTANCE, UNKNOWN), { body: '{"status":"terminate"}' });
		expectError(answer, 404, 1300, `Definition ${UNKNOWN} not found.`);
	});
});

describe('IDs', () => {
	it.each([
		['GET', '/definitions/x'],
		['DELETE', '/definitions/x'],
		['DELETE', '/definitions/'],
		['GET', '/definitions//workflows'],
		['GET', '/definitions/x/workflows'],
		['POST', '/definitions/x/workflows'],
		['GET', `/definitions/x/workflows/${NO_INSTANCE}`],
		['PATCH', `/definitions/x/workflows/${NO_INSTANCE}`],
		['GET', `/definitions/x/workflows/${NO_INSTANCE}/errors`],
	])('%s %s: a definition ID that is no UUID', async (method, path) => {
		const body = method === 'POST' || method === 'PATCH' ? { body: '{"status":"terminate"}' } : {};
		expectError(await call(method, path, body), 400, 1000, 'Invalid definition id.');
	});

	it.each([
		['GET', ''],
		['PATCH', ''],
		['GET', '/errors'],
	])('%s on a missing instance%s', async (method, tail) => {
		const body = method === 'PATCH' ? { body: '{"status":"terminate"}' } : {};
		expectError(
			await call(method, at(NO_INSTANCE) + tail, body),
			404,
			1300,
			`Workflow instance ${NO_INSTANCE} not found.`,
		);
	});

	it('an instance is not found under another definition', async () => {
		const id = one();
		const answer = await call('PATCH', at(id, SECOND), { body: '{"status":"terminate"}' });
		expectError(answer, 404, 1300, `Workflow instance ${id} not found.`);
		expect(stateOf(id)?.status).toBe('Runnable');
	});

	it('a malformed instance ID is a bad request, or just unknown by switch', async () => {
		expectError(await command('not-an-id', 'terminate'), 400, 1000, 'Invalid workflow instance id.');
		configure({ malformedInstanceId: 404 });
		expectError(await command('not-an-id', 'terminate'), 404, 1300, 'Workflow instance not-an-id not found.');
	});

	it('an unknown definition: 404 or [] in the instance list, always [] in the version list', async () => {
		expectError(await list('', UNKNOWN), 404, 1300, `Definition ${UNKNOWN} not found.`);
		configure({ notFoundText: 'reworded' });
		const reworded = `A workflow definition with the ID ${UNKNOWN} does not exist.`;
		expectError(await list('', UNKNOWN), 404, 1300, reworded);
		configure({ unknownDefinitionList: 'empty' });
		expect((await list('', UNKNOWN)).text).toBe('[]');
		expect((await get(`/definitions/${UNKNOWN}`)).text).toBe('[]');
	});
});

describe('instance list', () => {
	it('is newest first, with two cut fraction digits', async () => {
		const seeded = seed(3, { startedAt: '2024-01-08T02:10:34.999Z', intervalMs: 1000 });
		const { json } = await list();
		expect(json.map((row: JsonObject) => row['workflowId'])).toEqual(seeded.toReversed());
		expect(json[2].startedAt).toBe('2024-01-08T02:10:34.99Z');
		expect(json[2].data.triggeredAt).toBe('2024-01-08T02:10:34.9990000Z');
	});

	it('has IDs that begin with the second of the start, as those of the samples do', async () => {
		seed(1, { startedAt: '2021-06-30T03:20:39.49Z' });
		expect(ids(await list())).toEqual([expect.stringMatching(/^60dbe307[0-9a-f]{16}$/)]);
	});

	it('is ordered by start, also when an older one came later', async () => {
		const [newer] = seed(1, { startedAt: '2024-01-08T02:10:35Z' });
		const [older] = seed(1, { startedAt: '2024-01-08T02:10:34Z' });
		expect(ids(await list())).toEqual([newer, older]);
	});

	it('shows nothing of another account with the same definition ID', async () => {
		const id = one();
		seed(1, { accountId: '8x8_test_account', definition: { id: DEFINITION, version: 2 } });
		expect(ids(await list())).toEqual([id]);
	});

	it('covers the latest version only, unless a version is named', async () => {
		const old = one({ version: 1 });
		const latest = one();
		expect(ids(await list())).toEqual([latest]);
		expect(ids(await list('?version=2'))).toEqual([latest]);
		expect(ids(await list('?version=1'))).toEqual([old]);
		expect((await list('?version=9')).text).toBe('[]');
		expectEmpty(await command(old, 'terminate'), 200);
	});

	it('joins the filters by AND, times inclusive and in milliseconds', async () => {
		const [first = '', second = '', third = ''] = seed(3, {
			startedAt: '2024-01-08T02:10:34.005Z',
			intervalMs: 1000,
		});
		await command(second, 'suspend');
		expect(ids(await list('?status=Suspended'))).toEqual([second]);
		expect(ids(await list('?startTimeFrom=2024-01-08T02:10:35.005Z'))).toEqual([third, second]);
		expect(ids(await list('?startTimeTo=2024-01-08T02:10:35.005Z'))).toEqual([second, first]);
		// The shown time has its last digit cut, so that it lies before the instant it stands for.
		expect(ids(await list('?startTimeTo=2024-01-08T02:10:35.00Z'))).toEqual([first]);
		expect(
			ids(await list('?status=Runnable&startTimeFrom=2024-01-08T02:10:35Z&startTimeTo=2024-01-09')),
		).toEqual([third]);
		expect(ids(await list(`?startTimeFrom=${encodeURIComponent('2024-01-08T03:10:36.005+01:00')}`))).toEqual([
			third,
		]);
	});

	it.each([
		['status=runnable', 1000, 'Invalid value of status.'],
		['status=Running', 1000, 'Invalid value of status.'],
		['status=Runnable&status=Suspended', 1000, 'Invalid value of status.'],
		['startTimeFrom=yesterday', 1000, 'Invalid value of startTimeFrom.'],
		['startTimeTo=2024-13-01T00:00:00Z', 1000, 'Invalid value of startTimeTo.'],
		['limit=0', 1010, 'Value of limit is out of range.'],
		['limit=501', 1010, 'Value of limit is out of range.'],
		['limit=ten', 1010, 'Value of limit is out of range.'],
		['offset=-1', 1010, 'Value of offset is out of range.'],
		['version=0', 1010, 'Value of version is out of range.'],
	])('refuses %s', async (query, code, message) => {
		expectError(await list(`?${query}`), 400, code, message);
	});

	it('gives 100 by default, 500 at most, and clamps by switch', async () => {
		seed(510);
		expect((await list()).json).toHaveLength(100);
		expect((await list('?limit=500')).json).toHaveLength(500);
		configure({ limitOutOfRange: 'clamp' });
		expect((await list('?limit=0')).json).toHaveLength(1);
		expect((await list('?limit=501')).json).toHaveLength(500);
		expect((await list('?limit=ten')).json).toHaveLength(100);
	});

	it.each([
		['page', 2],
		['item', 4],
	])('reads offset as a number of %ss', async (offsetMode, secondJump) => {
		configure({ offsetMode });
		const newestFirst = seed(5).toReversed();
		expect(ids(await list('?limit=2&offset=0'))).toEqual(newestFirst.slice(0, 2));
		expect(ids(await list(`?limit=2&offset=${secondJump}`))).toEqual(newestFirst.slice(4));
		expect(ids(await list('?limit=2&offset=1'))).toEqual(
			offsetMode === 'page' ? newestFirst.slice(2, 4) : newestFirst.slice(1, 3),
		);
		expect((await list('?limit=2&offset=9')).text).toBe('[]');
	});

	it('moves on between two answers by switch', async () => {
		const [oldest = '', middle = '', newest = ''] = seed(3);
		configure({ betweenPages: 'finish' });
		expect(ids(await list('?status=Runnable'))).toEqual([newest, middle, oldest]);
		configure({ betweenPages: 'fault' });
		expect(ids(await list('?status=Runnable'))).toEqual([middle, oldest]);
		configure({ betweenPages: 'start' });
		expect(ids(await list('?status=Runnable'))).toEqual([oldest]);
		configure({ betweenPages: 'none' });
		expect(ids(await list('?status=Runnable'))).toHaveLength(2);
		expect(stateOf(newest)).toMatchObject({ status: 'Complete', errors: 0 });
		expect(stateOf(middle)).toMatchObject({ status: 'Terminated', errors: 1 });
		expect((await get(`${at(middle)}/errors`)).json).toHaveLength(1);
	});
});

describe('logs and errors', () => {
	it('shows all seven step states, unfinished steps without an end', async () => {
		const states = ['Pending', 'Running', 'Complete', 'Sleeping', 'WaitingForEvent', 'Failed', 'Cancelled'];
		const id = one({ logs: states.map((status) => ({ status })) });
		const { json } = await get(`${at(id)}?includeLogs=true`);
		expect(json.logs.map(({ status }: { status: string }) => status)).toEqual(states);
		const ended = json.logs.filter((entry: JsonObject) => entry['completedAt'] !== null);
		expect(ended.map(({ status }: { status: string }) => status)).toEqual([
			'Complete',
			'Failed',
			'Cancelled',
		]);
	});

	it('derives the log from the state, and leaves it out unless asked', async () => {
		const id = one();
		const last = async (): Promise<unknown> => (await get(`${at(id)}?includeLogs=true`)).json.logs.at(-1);
		expect(await last()).toMatchObject({ stepName: 'step2', status: 'WaitingForEvent', completedAt: null });
		await command(id, 'terminate');
		expect(await last()).toMatchObject({ stepName: 'step2', status: 'Cancelled' });
		expect((await get(`${at(id)}?includeLogs=false`)).json).not.toHaveProperty('logs');
		expectError(await get(`${at(id)}?includeLogs=1`), 400, 1000, 'Invalid value of includeLogs.');
	});

	it('a run ended by hand has no errors', async () => {
		const id = one();
		await command(id, 'terminate');
		expect((await get(`${at(id)}/errors`)).text).toBe('[]');
	});
});

describe('definitions', () => {
	const NEW = '0b6d4a9e-1111-4222-8333-444455556666';

	it('lists the latest version of each, paged', async () => {
		const { json } = await get('/definitions');
		expect(json.map((row: any) => [row.definition.id, row.definition.version])).toEqual([
			[DEFINITION, 2],
			[SECOND, 2],
		]);
		expect((await get('/definitions?limit=1')).json).toHaveLength(1);
		expect((await get('/definitions?limit=1&offset=1')).json[0].definition.id).toBe(SECOND);
		expect((await get('/definitions?limit=501')).status).toBe(400);
	});

	it('puts ID and version on top by switch', async () => {
		configure({ definitionShape: 'schema' });
		const { json } = await get(`/definitions/${SECOND}`);
		expect(json.map((row: any) => [row.id, row.version, row.subAccountId])).toEqual([
			[SECOND, 2, 'test_subaccount_id'],
			[SECOND, 1, 'test_subaccount_id'],
		]);
		expect(Object.keys(json[0].definition)).toEqual(['name', 'steps']);
		expect(json[0]).not.toHaveProperty('subaccountId');
	});

	it('leaves disabled ones out unless switched on, while their runs go on', async () => {
		const id = one({ definition: { id: NEW, name: 'Ask for feedback', status: 'disabled' } });
		expect((await get('/definitions')).json).toHaveLength(2);
		expect(ids(await list('', NEW))).toEqual([id]);
		configure({ listDisabled: true });
		const { json } = await get('/definitions');
		expect(
			json.map((row: any) => row.definition.name).filter((name: string) => name === 'Ask for feedback'),
		).toHaveLength(2);
		expect(json[2].status).toBe('disabled');
	});

	it('deletes one version with its runs, the others stay', async () => {
		const old = one({ version: 1 });
		const latest = one();
		expectEmpty(await call('DELETE', `/definitions/${DEFINITION}?version=1`), 202);
		expect((await get(at(old))).status).toBe(404);
		expect((await get(at(latest))).status).toBe(200);
		expect((await get(`/definitions/${DEFINITION}`)).json).toHaveLength(1);
		expectError(
			await call('DELETE', `/definitions/${DEFINITION}?version=1`),
			404,
			1300,
			`Definition ${DEFINITION} not found.`,
		);
		expect(counter('deletes')).toBe(1);
	});

	it('deletes all versions without a version, when the scheduled time has come', async () => {
		configure({ frozenAt: '2024-01-08T02:10:34Z', deleteDelayMs: 5000 });
		const id = one();
		expectEmpty(await call('DELETE', `/definitions/${DEFINITION}`), 202);
		expect((await get(at(id))).status).toBe(200);
		configure({ clockOffsetMs: 5000 });
		expectError(await get(at(id)), 404, 1300, `Definition ${DEFINITION} not found.`);
		expect(listener.emulator.state()['instances']).toEqual({});
		expect((await get(`/definitions/${DEFINITION}`)).text).toBe('[]');
	});
});

describe('start', () => {
	const path = `/definitions/${DEFINITION}/workflows`;
	const trigger = { namespace: 'ChatApps', payload: { subAccountId: 'sub_1', content: { text: 'Hi' } } };

	it('answers 201 without a body, with the path of the new instance', async () => {
		const answer = await call('POST', path, { body: JSON.stringify(trigger) });
		expectEmpty(answer, 201);
		const location = answer.headers.get('location') ?? '';
		expect(location).toMatch(
			new RegExp(`^/api/v1/accounts/test_account_id/definitions/${DEFINITION}/workflows/[0-9a-f]{24}$`),
		);
		const { json } = await get(location.replace('/api/v1/accounts/test_account_id', ''));
		expect(json).toMatchObject({ version: 2, status: 'Runnable', completedAt: null });
		expect(json.data).toMatchObject({ ...trigger, accountId: 'test_account_id', subAccountId: 'sub_1' });
		expect(json.data.triggeredAt).toMatch(/\.\d{7}Z$/);
		expect(counter('starts')).toBe(1);
		expect((await get('/usage')).json.executedWorkflowCount).toBe(1201);
	});

	it('honours the version, and omits an unknown sub-account', async () => {
		await call('POST', `${path}?version=1`, { body: '{}' });
		const { json } = await list('?version=1');
		expect(json).toHaveLength(1);
		expect(Object.keys(json[0].data)).toEqual(['accountId', 'triggeredAt']);
		expectError(
			await call('POST', `${path}?version=3`, { body: '{}' }),
			404,
			1300,
			`Definition ${DEFINITION} not found.`,
		);
	});

	it('gives an absolute location, or none, by switch', async () => {
		configure({ startLocation: 'absolute' });
		const answer = await call('POST', path, { body: '{}' });
		expect(answer.headers.get('location')).toMatch(
			new RegExp(`^${listener.origin}/api/v1/accounts/test_account_id/definitions/`),
		);
		configure({ startLocation: 'none' });
		expect((await call('POST', path, { body: '{}' })).headers.get('location')).toBeNull();
	});

	it.each(['[]', '"x"', '{', ''])('refuses the body %s', async (body) => {
		expectError(await call('POST', path, { body }), 400, 1000, 'Request is invalid.');
		expect(counter('starts')).toBe(0);
	});
});

describe('paths and methods', () => {
	it.each(['/definition', '/workflows', `/definitions/${DEFINITION}/workflows/x/logs`])(
		'%s is unknown: 404 without a body',
		async (path) => {
			expectEmpty(await get(path), 404);
		},
	);

	it('the version of the API belongs to the path', async () => {
		expectEmpty(await ask(`${listener.origin}/accounts/test_account_id/definitions`), 404);
	});

	it.each([
		['POST', at(NO_INSTANCE), 'GET, PATCH'],
		['PUT', at(NO_INSTANCE), 'GET, PATCH'],
		['DELETE', at(NO_INSTANCE), 'GET, PATCH'],
		['PATCH', `/definitions/${DEFINITION}/workflows`, 'GET, POST'],
		['PATCH', `${at(NO_INSTANCE)}/errors`, 'GET'],
		['PATCH', `/definitions/${DEFINITION}`, 'GET, PUT, DELETE'],
		['DELETE', '/definitions', 'GET, POST'],
		['POST', '/usage', 'GET'],
	])('%s %s is not allowed', async (method, path, allow) => {
		const answer = await call(method, path, { body: '{"status":"terminate"}' });
		expectEmpty(answer, 405);
		expect(answer.headers.get('allow')).toBe(allow);
	});

	it.each([
		['POST', '/definitions'],
		['PUT', `/definitions/${DEFINITION}`],
		['POST', '/triggers/http_request'],
		['GET', '/steps/timezones'],
		['GET', '/steps/functions'],
		['GET', '/usage/history'],
	])('%s %s exists at 8x8 and is not played', async (method, path) => {
		expectEmpty(await call(method, path, method === 'GET' ? {} : { body: '{}' }), 501);
	});
});

describe('seeding', () => {
	it('makes distinct IDs of 24 hex digits', () => {
		const made = seed(50);
		expect(new Set(made).size).toBe(50);
		expect(made.every((id) => /^[0-9a-f]{24}$/.test(id))).toBe(true);
	});

	it('tells state, definition and version of each instance', () => {
		const id = one({ state: 'Suspended', definitionId: SECOND, version: 1 });
		expect(stateOf(id)).toMatchObject({
			state: 'suspended',
			status: 'Suspended',
			definitionId: SECOND,
			version: 1,
			completedAt: null,
		});
	});

	it('takes explicit IDs in any case', async () => {
		seed(1, { ids: [NO_INSTANCE.toUpperCase()] });
		expect((await get(at(NO_INSTANCE))).json.workflowId).toBe(NO_INSTANCE);
	});

	it('has its definitions back after a reset', async () => {
		await call('DELETE', `/definitions/${SECOND}`);
		expect((await get('/definitions')).json).toHaveLength(1);
		listener.emulator.reset();
		expect((await get('/definitions')).json).toHaveLength(2);
	});

	it('gives the same IDs after a reset at the same time', () => {
		const fresh = (): string[] => {
			listener.emulator.reset();
			configure({ frozenAt: '2024-01-08T02:10:34Z' });
			return seed(2);
		};
		expect(fresh()).toEqual(fresh());
	});
});
