import { usePortal } from './client.ts';

const INSTANCES = 'bizproc.workflow.instances';
const TEMPLATES = 'bizproc.workflow.template.list';
const TASKS = 'bizproc.task.list';
const USERS = 'user.get';

describe('Bitrix24 emulator: finding', () => {
	const portal = usePortal();
	const { ids } = portal;

	describe('workflows that end while a client pages', () => {
		it('end between the commands of one batch, too', async () => {
			const seeded = portal.seed(120, { startedAt: '2024-05-01T00:00:00Z', intervalMs: 1000 });
			portal.configure({ finishPerPage: 10 });
			const page = (start: number): string => `${INSTANCES}?SELECT[0]=ID&ORDER[ID]=ASC&start=${start}`;
			const cmd = { p0: page(0), p1: page(50), p2: page(100) };
			const { result, result_total: totals } = (await portal.call('batch', { halt: 0, cmd })).json.result;
			expect(totals).toEqual({ p0: 120, p1: 110, p2: 100 });
			expect(result.p0[49]).toEqual({ ID: seeded[49] });
			expect(result.p1[0]).toEqual({ ID: seeded[60] });
			expect(result.p2).toEqual([]);
		});
	});

	it('may refuse the list of templates alone, also within a batch', async () => {
		portal.configure({ templateList: 'refused' });
		expect(await portal.call(TEMPLATES)).toMatchObject({ status: 400, json: { error: 'ACCESS_DENIED' } });
		const cmd = { list: `${INSTANCES}?SELECT[0]=ID`, names: `${TEMPLATES}?FILTER[ID]=1` };
		const { result } = (await portal.call('batch', { halt: 0, cmd })).json;
		expect(result).toMatchObject({
			result: { list: [] },
			result_error: { names: { error: 'ACCESS_DENIED', error_description: 'Access denied!' } },
		});
	});

	describe('seeded workflows', () => {
		it('carry the lock they are given', async () => {
			portal.seed(1, { ownedUntil: '2024-09-13T10:25:01Z' });
			portal.seed(1, { state: 'locked', ownedUntil: null });
			const { json } = await portal.call(INSTANCES, { ORDER: { OWNED_UNTIL: 'ASC' } });
			expect(json.result.map((row: { OWNED_UNTIL: string | null }) => row.OWNED_UNTIL)).toEqual([
				null,
				'2024-09-13T13:25:01+03:00',
			]);
		});

		it('carry none once they have ended', () => {
			const [ended = ''] = portal.seed(1, {
				state: 'terminated',
				ownedUntil: '2024-09-13T10:25:01Z',
			});
			expect(portal.instance(ended)).toMatchObject({ state: 'terminated', ownedUntil: null });
		});

		it('start at intervals', async () => {
			portal.seed(3, { startedAt: '2024-05-01T00:00:00Z', intervalMs: 60_000 });
			const { json } = await portal.call(INSTANCES, { SELECT: ['STARTED'], ORDER: { STARTED: 'ASC' } });
			expect(json.result).toEqual([
				{ STARTED: '2024-05-01T03:00:00+03:00' },
				{ STARTED: '2024-05-01T03:01:00+03:00' },
				{ STARTED: '2024-05-01T03:02:00+03:00' },
			]);
		});

		it('are stuck by a lock of long ago', async () => {
			const [stuck] = portal.seed(1, { state: 'stuck' });
			portal.seed(1, { state: 'locked' });
			const limit = new Date(Date.now() - 300_000).toISOString();
			expect(await ids(INSTANCES, { FILTER: { '<OWNED_UNTIL': limit } })).toEqual([stuck]);
		});
	});

	describe('templates', () => {
		it('are found by a part of the name in any case, page by page', async () => {
			portal.seed(0, {
				templates: Array.from({ length: 60 }, (_, index) => ({
					id: 2000 + index,
					name: `Vacation ${index}`,
				})),
			});
			const search = { SELECT: ['ID', 'NAME'], FILTER: { NAME: '%vacation%' }, ORDER: { ID: 'ASC' } };
			const first = await portal.call(TEMPLATES, search);
			expect(first.json.result[0]).toEqual({ ID: '2000', NAME: 'Vacation 0' });
			expect([first.json.result.length, first.json.next, first.json.total]).toEqual([50, 50, 60]);
			const second = await portal.call(TEMPLATES, { ...search, start: 50 });
			expect([second.json.result.length, second.json.next]).toEqual([10, undefined]);
			expect(await ids(TEMPLATES, { FILTER: { NAME: 'vacation' } })).toEqual([]);
		});

		it('carry what they are given; those of automation rules are not listed but run', async () => {
			const more = {
				moduleId: 'lists',
				entity: 'BizprocDocument',
				documentType: 'iblock_9',
				systemCode: 'x',
			};
			portal.seed(1, { templates: [{ id: 70, name: 'Robots', robot: true }], templateId: 70 });
			portal.seed(0, { templates: [{ id: 71, name: 'Holiday', ...more }] });
			const SELECT = ['NAME', 'MODULE_ID', 'ENTITY', 'DOCUMENT_TYPE', 'SYSTEM_CODE'];
			const { json } = await portal.call(TEMPLATES, { SELECT, FILTER: { '>=ID': 70, '<=ID': 71 } });
			expect(json.result).toEqual([
				{
					MODULE_ID: 'lists',
					ENTITY: 'BizprocDocument',
					DOCUMENT_TYPE: 'iblock_9',
					NAME: 'Holiday',
					SYSTEM_CODE: 'x',
				},
			]);
			expect(await ids(INSTANCES, { FILTER: { TEMPLATE_ID: 70 } })).toHaveLength(1);
		});

		it('given as a number take only IDs that are free', async () => {
			portal.seed(0, { templates: [{ id: 1010, name: 'Kept' }] });
			portal.seed(0, { templates: 3 });
			expect(await ids(TEMPLATES, { FILTER: { '>ID': 1000 } })).toHaveLength(4);
			expect(await ids(TEMPLATES, { FILTER: { NAME: 'Kept' } })).toEqual(['1010']);
		});
	});

	describe('users', () => {
		const KEY = 'webhookWithUsers';
		const users = async (body: object, key = KEY): Promise<string[]> => await ids(USERS, body, key);

		it('are listed with the documented fields, the flag as a boolean', async () => {
			const { json } = await portal.call(USERS, {}, KEY);
			expect(json.total).toBe(4);
			expect(json.result).toContainEqual({
				ID: '4',
				ACTIVE: false,
				NAME: 'Sandbox',
				LAST_NAME: 'Inactive',
			});
		});

		it.each<[unknown, string[]]>([
			[false, ['4']],
			[0, ['4']],
			['0', ['4']],
			['N', ['4']],
			[true, ['1', '2', '5']],
			['Y', ['1', '2', '5']],
			['false', ['1', '2', '5']],
		])('are filtered by ACTIVE %j as PHP reads it', async (ACTIVE, expected) => {
			expect(await users({ FILTER: { ACTIVE } })).toEqual(expected);
			expect(await users({ ACTIVE })).toEqual(expected);
		});

		it('are found by name and ID, and sorted as texts name it', async () => {
			portal.seed(0, { users: [{ id: 77, name: 'Ivana', lastName: 'Doe', active: false }] });
			expect(await users({ FILTER: { NAME: 'iva%' } })).toEqual(['77']);
			expect(await users({ FILTER: { '>ID': 4 } })).toEqual(['5', '77']);
			const sorted = await portal.call(USERS, { sort: 'LAST_NAME', order: 'desc' }, KEY);
			expect(sorted.json.result.map((row: { LAST_NAME: string }) => row.LAST_NAME)).toEqual([
				'Trainee',
				'Inactive',
				'Employee',
				'Doe',
				'Administrator',
			]);
		});

		it('come 50 to a page', async () => {
			portal.seed(0, {
				users: Array.from({ length: 60 }, (_, index) => ({ id: 100 + index, active: false })),
			});
			const body = { FILTER: { ACTIVE: false }, SORT: 'ID', ORDER: 'ASC' };
			const first = await portal.call(USERS, body, KEY);
			expect([first.json.result.length, first.json.next, first.json.total]).toEqual([50, 50, 61]);
			const second = await portal.call(USERS, { ...body, start: 50 }, KEY);
			expect([second.json.result.length, second.json.next]).toEqual([11, undefined]);
		});

		it('need a scope of users, which an administrator of processes may lack', async () => {
			const { status, json } = await portal.call(USERS, {});
			expect([status, json.error]).toEqual([403, 'insufficient_scope']);
			expect((await portal.call(INSTANCES, {}, KEY)).status).toBe(200);
		});

		it('answer a filter that the sandbox does not play as nothing of the vendor', async () => {
			const answer = await portal.call(USERS, { FILTER: { '%NAME': 'a' } }, KEY);
			expect([answer.status, answer.json.error]).toEqual([501, 'SANDBOX_NOT_PLAYED']);
		});

		it('lead from a dismissed employee to the workflows', async () => {
			const [own] = portal.seed(1, { tasks: 2, taskUserId: 4 });
			portal.seed(1, { tasks: 1, taskUserId: 2 });
			const [dismissed = ''] = await users({ FILTER: { ACTIVE: false } });
			const FILTER = { USER_ID: dismissed, STATUS: 0 };
			const { json } = await portal.call(TASKS, { FILTER, SELECT: ['WORKFLOW_ID'] }, KEY);
			expect(json.result).toEqual([{ WORKFLOW_ID: own }, { WORKFLOW_ID: own }]);
		});
	});
});
