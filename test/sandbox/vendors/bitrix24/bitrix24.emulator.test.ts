import { ask } from '../../support.ts';
import { usePortal } from './client.ts';

const TERMINATE = 'bizproc.workflow.terminate';
const ID = '65e5a449e8f135.21284909';
const NOT_FOUND = { error: '', error_description: 'The business process is not found.' };
const EMPTY_ID = { error: 'ERROR_WRONG_WORKFLOW_ID', error_description: 'Empty workflow instance ID' };
const DENIED = { error: 'ACCESS_DENIED', error_description: 'Access denied!' };

describe('Bitrix24 emulator: ending workflows', () => {
	const portal = usePortal();

	it('answers the documented sample with true and the full time block, in the documented key order', async () => {
		portal.seed(1, { ids: [ID] });
		const answer = await portal.call(TERMINATE, { ID, STATUS: 'Terminated by rest app.' });
		expect(answer.status).toBe(200);
		expect(answer.headers.get('content-type')).toMatch(/^application\/json/);
		expect(Object.keys(answer.json)).toEqual(['result', 'time']);
		expect(answer.text.startsWith('{"result":true,"time":{"start":')).toBe(true);
		expect(Object.keys(answer.json.time)).toEqual([
			'start',
			'finish',
			'duration',
			'processing',
			'date_start',
			'date_finish',
			'operating_reset_at',
			'operating',
		]);
		expect(answer.json.time.operating).toBe(0);
		// Whole seconds of a moment while the request was served.
		const { start, finish, operating_reset_at: resetAt } = answer.json.time;
		expect(resetAt - 600).toBeGreaterThanOrEqual(Math.floor(start));
		expect(resetAt - 600).toBeLessThanOrEqual(Math.floor(finish));
		expect(answer.json.time.date_start).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+0[23]:00$/);
		expect(portal.instance(ID)).toMatchObject({ state: 'terminated', title: 'Terminated by rest app.' });
		expect(portal.counter('terminates')).toBe(1);
	});

	it.each([
		['missing', {}],
		['empty', { ID: '' }],
		['"0"', { ID: '0' }],
		['0', { ID: 0 }],
		['null', { ID: null }],
		['an empty list', { ID: [] }],
	])('refuses an ID that is %s', async (_name, body) => {
		portal.seed(1, { ids: [ID] });
		const answer = await portal.call(TERMINATE, body);
		expect(answer.status).toBe(400);
		expect(answer.text).toBe(JSON.stringify(EMPTY_ID));
		expect(portal.instance(ID).state).toBe('running');
	});

	it('answers a second terminate, a finished and an unknown workflow alike: not found', async () => {
		portal.seed(1, { ids: [ID] });
		portal.seed(1, { ids: ['66e412fdc9bd44.36306599'], state: 'completed' });
		expect((await portal.call(TERMINATE, { ID })).status).toBe(200);
		for (const id of [ID, '66e412fdc9bd44.36306599', '66e412fdc9bd44.00000000']) {
			const answer = await portal.call(TERMINATE, { ID: id });
			expect(answer.status).toBe(400);
			expect(answer.text).toBe(JSON.stringify(NOT_FOUND));
		}
		expect(portal.counter('terminates')).toBe(1);
		expect(portal.counter('notFound')).toBe(3);
	});

	it.each(['{"ID":66412345678901.12345678}', '{"ID":["66412345678901.12345678"]}'])(
		'refuses an ID that is no text, and does not find it in the old generation: %s',
		async (body) => {
			portal.seed(1, { ids: ['66412345678901.12345678'] });
			const raw = { method: 'POST', headers: { 'content-type': 'application/json' } };
			for (const generation of ['new', 'docs2026']) {
				portal.configure({ generation });
				const answer = await ask(portal.webhookUrl() + TERMINATE, { ...raw, body });
				expect([answer.status, answer.text]).toEqual([
					400,
					'{"error":"ERROR_WRONG_WORKFLOW_ID","error_description":"Invalid workflow instance ID (string expected)"}',
				]);
			}
			portal.configure({ generation: 'old' });
			const old = await ask(portal.webhookUrl() + TERMINATE, { ...raw, body });
			expect([old.status, old.json]).toEqual([400, body.includes('[') ? EMPTY_ID : NOT_FOUND]);
			expect((await portal.call(TERMINATE, { ID: '66412345678901.12345678' })).status).toBe(200);
		},
	);

	it('ends a workflow also with spaces behind its ID, and trims the status', async () => {
		portal.seed(1, { ids: [ID] });
		expect((await portal.call(TERMINATE, { ID: ` ${ID}` })).json).toEqual(NOT_FOUND);
		expect((await portal.call(TERMINATE, { ID: `${ID} `, STATUS: ' Over\n' })).json.result).toBe(true);
		expect(portal.instance(ID).title).toBe('Over');
	});

	it('speaks the language of the portal', async () => {
		portal.configure({ lang: 'ru' });
		const answer = await portal.call(TERMINATE, { ID });
		expect(answer.text).toBe('{"error":"","error_description":"Бизнес-процесс не найден"}');
	});

	it.each([{}, { STATUS: '' }, { STATUS: ' ' }, { STATUS: null }, { STATUE: 'misspelt' }])(
		'writes its own title without a status: %j',
		async (more) => {
			portal.seed(1, { ids: [ID] });
			await portal.call(TERMINATE, { ID, ...more });
			expect(portal.instance(ID).title).toBe('Execution interrupted.');
		},
	);

	it('deletes open tasks on terminate, keeps the others, and takes all on kill', async () => {
		const [kept = '', killed = ''] = portal.seed(2, { tasks: 2, taskStatus: 1 });
		const [open = ''] = portal.seed(1, { tasks: 3 });
		await portal.call(TERMINATE, { ID: open });
		expect(portal.counter('tasksDeleted')).toBe(3);
		await portal.call(TERMINATE, { ID: kept });
		expect(portal.counter('tasksDeleted')).toBe(3);
		const kill = await portal.call('bizproc.workflow.kill', { ID: killed, STATUS: 'ignored' });
		expect([kill.status, kill.json.result]).toEqual([200, true]);
		expect(portal.counter('tasksDeleted')).toBe(5);
		expect(portal.instance(killed)).toMatchObject({ state: 'killed', title: '' });
		expect(portal.counter('kills')).toBe(1);
		const again = await portal.call('bizproc.workflow.kill', { ID: killed });
		expect([again.status, again.json]).toEqual([400, NOT_FOUND]);
		expect((await portal.call('bizproc.workflow.kill', {})).json).toEqual(EMPTY_ID);
	});

	it.each(['locked', 'stuck'])('ends a %s workflow like any other', async (state) => {
		const [id = ''] = portal.seed(1, { state });
		expect((await portal.call(TERMINATE, { ID: id })).json.result).toBe(true);
		expect(portal.instance(id).state).toBe('terminated');
	});

	it('passes on what the engine throws, with an empty or another code, and the workflow runs on', async () => {
		const [first = ''] = portal.seed(1, { error: 'Activity failed' });
		const [second = ''] = portal.seed(1, { error: 'Broken', errorCode: 'ERROR_CORE' });
		const answers = [
			await portal.call(TERMINATE, { ID: first }),
			await portal.call('bizproc.workflow.kill', { ID: second }),
		];
		expect(answers.map(({ status }) => status)).toEqual([400, 400]);
		expect(answers[0]?.text).toBe('{"error":"","error_description":"Activity failed"}');
		expect(answers[1]?.text).toBe('{"error":"ERROR_CORE","error_description":"Broken"}');
		expect(portal.instance(first).state).toBe('running');
		expect(portal.instance(second).state).toBe('running');
	});

	it('checks in the order method, secret, scope, operating time, administrator, parameters', async () => {
		const wrong = await portal.call('bizproc.workflow.get', {}, 'webhookWrongCode');
		expect([wrong.status, wrong.text]).toEqual([
			404,
			'{"error":"ERROR_METHOD_NOT_FOUND","error_description":"Method not found!"}',
		]);
		const secret = await portal.call(TERMINATE, {}, 'webhookWrongCode');
		expect(secret.json.error).toBe('INVALID_CREDENTIALS');
		const scope = await portal.call(TERMINATE, {}, 'webhookNoScope');
		expect(scope.json.error).toBe('insufficient_scope');
		const admin = await portal.call(TERMINATE, { ID: '' }, 'webhookNotAdmin');
		expect([admin.status, admin.text]).toEqual([403, JSON.stringify(DENIED)]);
		portal.configure({ operatingLimitSeconds: 0, operatingCostSeconds: 1 });
		const [id = ''] = portal.seed(1, {});
		await portal.call(TERMINATE, { ID: id });
		expect((await portal.call(TERMINATE, {})).json.error).toBe('OPERATION_TIME_LIMIT');
	});

	it('lets nobody but an administrator end a workflow', async () => {
		portal.seed(1, { ids: [ID] });
		for (const method of [TERMINATE, 'bizproc.workflow.kill']) {
			const answer = await portal.call(method, { ID }, 'webhookNotAdmin');
			expect([answer.status, answer.json]).toEqual([403, DENIED]);
		}
		portal.configure({ deny: 'notAdmin' });
		expect((await portal.call(TERMINATE, { ID })).json).toEqual(DENIED);
		expect(portal.instance(ID).state).toBe('running');
	});

	describe('input', () => {
		const ended = (): boolean => portal.instance(ID).state === 'terminated';
		beforeEach(() => portal.seed(1, { ids: [ID] }));

		it('takes GET, a form, lower-case parameter names, any case of the method and .json', async () => {
			const base = portal.webhookUrl();
			const again = (): void => {
				expect(ended()).toBe(true);
				portal.fresh();
				portal.seed(1, { ids: [ID] });
			};
			await ask(`${base}${TERMINATE}?ID=${ID}&STATUS=a+b%20c`);
			expect(portal.instance(ID).title).toBe('a b c');
			again();
			await ask(base + TERMINATE, { method: 'POST', body: new URLSearchParams({ ID }) });
			again();
			await portal.call('BizProc.Workflow.TERMINATE.json', { id: ID, status: 'lower' });
			expect(portal.instance(ID).title).toBe('lower');
			again();
			const headers = { 'content-type': 'application/json; charset=utf-8' };
			await ask(base + TERMINATE, { method: 'POST', headers, body: JSON.stringify({ ID }) });
			again();
		});

		it('lets the body override the query', async () => {
			const answer = await portal.call(`${TERMINATE}?ID=${ID}`, { id: 'other' });
			expect(answer.json).toEqual(NOT_FOUND);
			expect((await portal.call(`${TERMINATE}?ID=${ID}`, {})).json.result).toBe(true);
		});

		it.each([
			['application/json', '{"ID":"65e5a449e8f135.21284909"'],
			['application/json', ''],
			['application/json', '{"ID":"65e5a449e8f135.21284909","STATUS":"half a \\ud83d"}'],
			['application/json', '{"ID":"65e5a449e8f135.21284909","more":[{"\\ude42":1}]}'],
			['application/json', '"65e5a449e8f135.21284909"'],
			['application/json', '["65e5a449e8f135.21284909"]'],
			['text/plain', '{"ID":"65e5a449e8f135.21284909"}'],
			['application/vnd.api+json', '{"ID":"65e5a449e8f135.21284909"}'],
			['json', '{"ID":"65e5a449e8f135.21284909"}'],
			['Application/JSON', '{"ID":"65e5a449e8f135.21284909"}'],
		])('reads no parameters from %s %s', async (type, body) => {
			const answer = await ask(portal.webhookUrl() + TERMINATE, {
				method: 'POST',
				headers: { 'content-type': type },
				body,
			});
			expect([answer.status, answer.json]).toEqual([400, EMPTY_ID]);
			expect(ended()).toBe(false);
		});

		it.each(['PUT', 'DELETE', 'PATCH', 'HEAD'])('has no route for %s', async (method) => {
			const answer = await ask(`${portal.webhookUrl()}${TERMINATE}?ID=${ID}`, { method });
			expect(answer.status).toBe(404);
			expect(answer.headers.get('content-type')).toMatch('text/html');
			expect(ended()).toBe(false);
		});

		it.each(['/rest/1/', '/rest/1/sandboxcode1/', '/rest/x/sandboxcode1/profile', '/rest/api/1/a/profile'])(
			'knows no method at %s',
			async (path) => {
				const answer = await portal.post(portal.origin + path, {});
				expect([answer.status, answer.json.error]).toEqual([404, 'ERROR_METHOD_NOT_FOUND']);
			},
		);

		it('shows the web site for any other path', async () => {
			const answer = await portal.post(`${portal.origin}/other`, {});
			expect(answer.status).toBe(404);
			expect(answer.text).toMatch('<html>');
		});
	});

	describe('start', () => {
		const START = 'bizproc.workflow.start';
		const DOCUMENT_ID = ['crm', 'CCrmDocumentLead', 'LEAD_777'];

		it('starts a workflow, which then runs and can be ended', async () => {
			const answer = await portal.call(START, {
				TEMPLATE_ID: 1,
				DOCUMENT_ID,
				PARAMETERS: { Parameter1: 'user_14' },
			});
			expect(answer.status).toBe(200);
			expect(answer.json.result).toMatch(/^[0-9a-f]{13}\d\.\d{8}$/);
			expect(portal.instance(answer.json.result)).toMatchObject({
				state: 'running',
				documentId: 'LEAD_777',
				startedBy: 1,
				parameters: { Parameter1: 'user_14' },
			});
			expect(portal.counter('starts')).toBe(1);
			expect((await portal.call(TERMINATE, { ID: answer.json.result })).json.result).toBe(true);
		});

		it.each([
			[{}, 'ERROR_WRONG_WORKFLOW_ID', 'Empty TEMPLATE_ID'],
			[{ TEMPLATE_ID: 77, DOCUMENT_ID }, 'ERROR_WRONG_WORKFLOW_ID', 'Template not found'],
			[{ TEMPLATE_ID: 1 }, '', 'Wrong DOCUMENT_ID!'],
			[{ TEMPLATE_ID: 1, DOCUMENT_ID: ['crm', 'LEAD_777'] }, '', 'Wrong DOCUMENT_ID!'],
			[{ TEMPLATE_ID: 1, DOCUMENT_ID: ['crm', 'Nothing', 'LEAD_777'] }, '', 'Incorrect document type!'],
			[{ TEMPLATE_ID: 212, DOCUMENT_ID }, '', 'Template type and DOCUMENT_ID mismatch!'],
		])('refuses %j', async (body, error, description) => {
			const answer = await portal.call(START, body);
			expect(answer.status).toBe(400);
			expect(answer.text).toBe(JSON.stringify({ error, error_description: description }));
		});

		it('asks for the right to start only after the parameters', async () => {
			expect((await portal.call(START, {}, 'webhookNotAdmin')).json.error).toBe('ERROR_WRONG_WORKFLOW_ID');
			const answer = await portal.call(START, { TEMPLATE_ID: '1', DOCUMENT_ID }, 'webhookNotAdmin');
			expect([answer.status, answer.json]).toEqual([403, DENIED]);
			expect(portal.counter('starts')).toBe(0);
		});
	});
});
