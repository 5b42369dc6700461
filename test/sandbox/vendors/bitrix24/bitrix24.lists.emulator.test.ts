import { ask } from '../../support.ts';
import { usePortal } from './client.ts';

const INSTANCES = 'bizproc.workflow.instances';
const TEMPLATES = 'bizproc.workflow.template.list';
const TASKS = 'bizproc.task.list';

describe('Bitrix24 emulator: lists', () => {
	const portal = usePortal();
	const ids = async (FILTER: unknown, more: object = {}): Promise<string[]> =>
		(await portal.call(INSTANCES, { SELECT: ['ID'], ORDER: { ID: 'ASC' }, FILTER, ...more })).json.result.map(
			(row: { ID: string }) => row.ID,
		);

	describe('instances', () => {
		it('prints the documented row: numbers as text, null lock, ATOM dates in two offsets', async () => {
			const common = { moduleId: 'crm' };
			portal.seed(1, {
				...common,
				ids: ['66e412fdc9bd44.36306599'],
				documentId: 'LEAD_1',
				entity: 'CCrmDocumentLead',
				startedAt: '2024-09-13T10:25:01+00:00',
				templateId: 1,
				startedBy: 0,
			});
			portal.seed(1, {
				...common,
				ids: ['658c4d3d6a2906.51542462'],
				documentId: 'DEAL_1633',
				entity: 'CCrmDocumentDeal',
				startedAt: '2023-12-27T19:13:49+02:00',
				templateId: 212,
				startedBy: 57,
			});
			const select = 'DOCUMENT_ID,ENTITY,ID,STARTED,MODULE_ID,OWNED_UNTIL,TEMPLATE_ID,STARTED_BY'.split(',');
			const answer = await portal.call(INSTANCES, { select, order: { STARTED: 'DESC' } });
			expect(answer.status).toBe(200);
			expect(answer.text.slice(0, answer.text.indexOf(',"time"'))).toBe(
				'{"result":[{"DOCUMENT_ID":"LEAD_1","ENTITY":"CCrmDocumentLead","ID":"66e412fdc9bd44.36306599",' +
					'"STARTED":"2024-09-13T13:25:01+03:00","MODULE_ID":"crm","OWNED_UNTIL":null,"TEMPLATE_ID":"1",' +
					'"STARTED_BY":"0"},{"DOCUMENT_ID":"DEAL_1633","ENTITY":"CCrmDocumentDeal",' +
					'"ID":"658c4d3d6a2906.51542462","STARTED":"2023-12-27T19:13:49+02:00","MODULE_ID":"crm",' +
					'"OWNED_UNTIL":null,"TEMPLATE_ID":"212","STARTED_BY":"57"}],"total":2',
			);
			const documented = await portal.call(INSTANCES, {
				filter: { '>STARTED_BY': 0 },
				select: ['STARTED_BY'],
			});
			expect(documented.json.result).toEqual([{ STARTED_BY: '57' }]);
		});

		it('lists running workflows only; a terminated one leaves at once', async () => {
			const [first = '', second = ''] = portal.seed(2, {});
			portal.seed(1, { state: 'terminated' });
			expect((await ids({})).sort()).toEqual([first, second].sort());
			await portal.call('bizproc.workflow.terminate', { ID: first });
			expect(await ids({})).toEqual([second]);
			expect((await portal.call('bizproc.workflow.instance.list', {})).json.total).toBe(1);
		});

		it('answers an empty list with the total', async () => {
			const answer = await portal.call(INSTANCES, { SELECT: ['ID'], FILTER: { ID: '0' } });
			expect(answer.text).toMatch(/^\{"result":\[\],"total":0,"time":\{/);
		});

		it('makes IDs of the documented shape, some of digits only, some with an e, some by automation', async () => {
			const made = portal.seed(9, {});
			for (const id of made) expect(id).toMatch(/^[0-9a-f]{13}\d\.\d{8}$/);
			expect(made.filter((id) => /^[\d.]+$/.test(id))).toHaveLength(3);
			expect(made.filter((id) => /\de\d/.test(id))).toHaveLength(3);
			const rows = await portal.call(INSTANCES, { SELECT: ['TEMPLATE_ID', 'STARTED_BY'] });
			expect(rows.json.result.filter((row: any) => row.STARTED_BY === '0')).toHaveLength(3);
			const listed = await portal.call(TEMPLATES, {});
			expect(listed.json.result.map((row: any) => row.ID)).not.toContain('900');
			expect(rows.json.result.map((row: any) => row.TEMPLATE_ID)).toContain('900');
		});

		it('pages by 50 with next while rows remain, in the order result, next, total, time', async () => {
			portal.seed(120, {});
			const seen = new Set<string>();
			let start: number | undefined = 0;
			const nexts: unknown[] = [];
			while (start !== undefined) {
				const answer = await portal.call(INSTANCES, { SELECT: ['ID'], ORDER: { ID: 'ASC' }, start });
				expect(answer.json.total).toBe(120);
				for (const { ID } of answer.json.result) seen.add(ID);
				start = answer.json.next;
				nexts.push(start);
				const keys = Object.keys(answer.json);
				expect(keys).toEqual(start ? ['result', 'next', 'total', 'time'] : ['result', 'total', 'time']);
			}
			expect(nexts).toEqual([50, 100, undefined]);
			expect(seen.size).toBe(120);
			const odd = await portal.call(INSTANCES, { start: 7 });
			expect([odd.json.result.length, odd.json.next]).toEqual([50, 57]);
		});

		it('gives the offset as the total behind the end', async () => {
			portal.seed(60, {});
			for (const start of [60, 100, 1000]) {
				const { result, total, next } = (await portal.call(INSTANCES, { start })).json;
				expect([result, total, next]).toEqual([[], start, undefined]);
			}
			expect((await portal.call(INSTANCES, { start: 59 })).json.total).toBe(60);
		});

		it('matches no class name by a mask, because backslashes are lost, but by both ends of a range', async () => {
			const entity = 'Bitrix\\Crm\\Integration\\BizProc\\Document\\Quote';
			const [quote] = portal.seed(1, { entity });
			portal.seed(1, {});
			expect(await ids({ ENTITY: entity })).toEqual([]);
			expect(await ids({ ENTITY: entity.replaceAll('\\', '\\\\') })).toEqual([quote]);
			expect(await ids({ '>=ENTITY': entity, '<=ENTITY': entity })).toEqual([quote]);
		});

		it('ignores START in upper case', async () => {
			portal.seed(60, {});
			expect((await portal.call(INSTANCES, { START: 50 })).json.result).toHaveLength(50);
			expect((await portal.call(INSTANCES, { start: '50' })).json.result).toHaveLength(10);
		});

		it('has its quirks with start -1', async () => {
			portal.seed(60, {});
			const full = await portal.call(INSTANCES, { start: -1 });
			expect([full.json.result.length, full.json.total, 'next' in full.json]).toEqual([50, 0, false]);
			const none = await portal.call(INSTANCES, { start: -1, FILTER: { ID: '0' } });
			expect([none.json.result, none.json.total, none.json.next]).toEqual([[], 0, -1]);
			portal.configure({ generation: 'old' });
			const old = await portal.call(INSTANCES, { start: -1 });
			expect([old.status, old.json.error]).toEqual([500, 'INTERNAL_SERVER_ERROR']);
		});

		it('falls back to default fields and order, and takes names in any case', async () => {
			const made = portal.seed(3, { startedAt: '2024-09-13T10:00:00Z' });
			const plain = await portal.call(INSTANCES, { SELECT: ['NOTHING'], ORDER: { NOTHING: 'ASC' } });
			expect(Object.keys(plain.json.result[0])).toEqual(['ID', 'MODIFIED', 'OWNED_UNTIL']);
			expect(plain.json.result.map((row: any) => row.ID)).toEqual([...made].reverse());
			const lower = await portal.call(INSTANCES, { SELECT: ['id', 'x'], ORDER: { id: 'upwards' } });
			expect(lower.json.result).toEqual([...made].sort().map((ID) => ({ ID })));
		});
	});

	describe('filters', () => {
		let all: string[];
		beforeEach(() => {
			all = [
				...portal.seed(1, {
					ids: ['66e412fdc9bd40.00000001'],
					documentId: 'DEAL_1',
					templateId: 212,
				}),
				...portal.seed(1, {
					ids: ['66e412fdc9bd40.00000002'],
					templateId: 1,
					documentId: 'DEALX1',
					startedBy: 0,
				}),
				...portal.seed(1, {
					ids: ['66e412fdc9bd40.00000003'],
					documentId: '777',
					startedBy: 57,
					state: 'locked',
					startedAt: '2025-06-01T00:30:00+03:00',
				}),
			];
		});
		const pick = (...numbers: number[]): string[] => numbers.map((number) => all[number - 1] ?? '');

		it.each<[string, unknown, number[]]>([
			['equality by LIKE mask', { DOCUMENT_ID: 'DEAL_1' }, [1, 2]],
			['a mask in any case', { DOCUMENT_ID: 'deal%' }, [1, 2]],
			['a backslash as a protection', { DOCUMENT_ID: 'DEAL\\_1' }, [1]],
			['a backslash as lost', { DOCUMENT_ID: 'DE\\AL_1' }, [1, 2]],
			['a backslash at the end', { DOCUMENT_ID: 'DEAL_1\\' }, []],
			['not LIKE', { '!DOCUMENT_ID': 'DEAL_1' }, [3]],
			['digits exactly', { DOCUMENT_ID: '777' }, [3]],
			['a list exactly', { DOCUMENT_ID: ['DEAL_1', '777'] }, [1, 3]],
			['a list of integers', { STARTED_BY: [57, '0'] }, [2, 3]],
			['empty as null', { OWNED_UNTIL: '' }, [1, 2]],
			['not empty', { '!OWNED_UNTIL': '' }, [3]],
			['integer zero', { STARTED_BY: 0 }, [2]],
			['an integer as text', { TEMPLATE_ID: '212' }, [1]],
			['>', { '>ID': '66e412fdc9bd40.00000001' }, [2, 3]],
			['<=', { '<=ID': '66e412fdc9bd40.00000002' }, [1, 2]],
			['an ISO date', { '>=STARTED': '2025-05-31T21:30:00Z' }, [3]],
			['both of two', { DOCUMENT_ID: 'DEAL%', '!STARTED_BY': 0 }, [1]],
			['an unreadable date', { '<STARTED': 'yesterday' }, []],
			['no filter object', 'ID=1', [1, 2, 3]],
		])('reads %s', async (_name, filter, expected) => {
			expect(await ids(filter)).toEqual(pick(...expected));
		});

		it.each(['old', 'new'])(
			'drops other operators, other cases and unknown fields silently (%s)',
			async (generation) => {
				portal.configure({ generation });
				for (const key of [
					'=DOCUMENT_ID',
					'!=DOCUMENT_ID',
					'document_id',
					'%DOCUMENT_ID',
					'UNKNOWN',
					'@ID',
				]) {
					expect(await ids({ [key]: 'DEAL_1' })).toEqual(all);
				}
			},
		);

		it('knows = and != and any case in the generation of 2026', async () => {
			portal.configure({ generation: 'docs2026' });
			expect(await ids({ '=DOCUMENT_ID': 'DEAL_1' })).toEqual(pick(1));
			expect(await ids({ '!=document_id': 'DEAL_1' })).toEqual(pick(2, 3));
			expect(await ids({ '@DOCUMENT_ID': 'DEAL_1' })).toEqual(all);
		});

		it.each<[string, number[]]>([
			['<STARTED', []],
			['<=STARTED', []],
			['STARTED', []],
			['>STARTED', [1, 2, 3]],
			['>=STARTED', [1, 2, 3]],
			['!STARTED', [1, 2, 3]],
		])('loses the date of %s in the old generation, of no other field', async (name, expected) => {
			portal.configure({ generation: 'old' });
			for (const date of ['2025-06-01T00:30:00+03:00', '2000-01-01T00:00:00Z', '2100-01-01']) {
				expect(await ids({ [name]: date })).toEqual(pick(...expected));
			}
			expect(await ids({ '<MODIFIED': '2000-01-01T00:00:00Z' })).toEqual([]);
			expect(await ids({ '<MODIFIED': '2100-01-01T00:00:00Z' })).toEqual(all);
		});

		it('compares STARTED as a moment in the others', async () => {
			expect(await ids({ '>=STARTED': '2025-06-01T00:30:00-05:00' })).toEqual([]);
			expect(await ids({ '>=STARTED': '2025-05-31T21:30:00Z', '<=STARTED': '2025-05-31T21:30:00Z' })).toEqual(
				pick(3),
			);
		});

		it('takes no moment that is behind the year 9999 on its own clock', async () => {
			for (const operator of ['<', '<=', '>', '>=']) {
				expect(await ids({ [`${operator}STARTED`]: '9999-12-31T23:59:59Z' })).toEqual([]);
			}
			expect(await ids({ '<STARTED': '9999-12-31T21:59:59Z' })).toEqual(all);
		});

		it('lists everything when half a surrogate pair has cost the parameters', async () => {
			expect(await ids({ DOCUMENT_ID: 'DEAL_1' })).toEqual(pick(1, 2));
			const answer = await portal.call(INSTANCES, { FILTER: { DOCUMENT_ID: '\ud83d' } });
			expect(answer.json.total).toBe(3);
		});

		it('reads the filter from a query as well', async () => {
			const url = `${portal.webhookUrl()}${INSTANCES}?SELECT[0]=ID&FILTER[ID]=${all[0]}`;
			expect((await ask(url)).json.result).toEqual([{ ID: all[0] }]);
		});
	});

	describe('template.list', () => {
		it('gives IDs by default and the documented fields on demand', async () => {
			expect((await portal.call(TEMPLATES, {})).json.result).toEqual(
				['1', '27', '30', '212', '379', '525'].map((ID) => ({ ID })),
			);
			const answer = await portal.call(TEMPLATES, {
				SELECT: ['ID', 'NAME', 'USER_ID', 'SYSTEM_CODE'],
				FILTER: { SYSTEM_CODE: 'rest%' },
				ORDER: { ID: 'DESC' },
			});
			expect(answer.text.slice(0, answer.text.indexOf(',"time"'))).toBe(
				'{"result":[{"ID":"525","NAME":"Display Time","USER_ID":"1","SYSTEM_CODE":"rest_app_5"},' +
					'{"ID":"379","NAME":"App template","USER_ID":"1","SYSTEM_CODE":"rest_app_5"}],"total":2',
			);
		});

		it('pages, and refuses others than administrators with its own status', async () => {
			portal.seed(0, { templates: 50 });
			const page = await portal.call(TEMPLATES, {});
			expect([page.json.next, page.json.total]).toEqual([50, 56]);
			const denied = await portal.call(TEMPLATES, {}, 'webhookNotAdmin');
			expect([denied.status, denied.json.error]).toEqual([400, 'ACCESS_DENIED']);
			portal.configure({ authStatus: 'code' });
			expect((await portal.call(TEMPLATES, {}, 'webhookNotAdmin')).status).toBe(403);
		});
	});

	describe('task.list', () => {
		it('prints the default fields, the newest task first', async () => {
			portal.seed(1, {
				ids: ['67e3db8e581121.72266518'],
				documentId: 'LEAD_5',
				templateId: 1,
				tasks: 2,
			});
			const answer = await portal.call(TASKS, {});
			expect(answer.json.result.map((row: any) => row.ID)).toEqual(['880', '879']);
			expect(answer.json.result[1]).toEqual({
				ENTITY: 'CCrmDocumentLead',
				DOCUMENT_ID: 'LEAD_5',
				ID: '879',
				WORKFLOW_ID: '67e3db8e581121.72266518',
				DOCUMENT_NAME: 'Document LEAD_5',
				NAME: 'Approve LEAD_5',
				DOCUMENT_URL: '/crm/lead/details/5/',
			});
			const select = ['ID', 'WORKFLOW_ID', 'DOCUMENT_NAME', 'NAME'];
			const narrow = await portal.call(TASKS, { select, filter: { ID: 879 } });
			expect(Object.keys(narrow.json.result[0])).toEqual(select);
		});

		it('floors start to a page and gives the next page as a multiple of 50', async () => {
			portal.seed(60, { tasks: 2 });
			const first = await portal.call(TASKS, { start: 49 });
			expect([first.json.next, first.json.total]).toEqual([50, 120]);
			const second = await portal.call(TASKS, { start: 99 });
			expect(second.json.next).toBe(100);
			expect((await portal.call(TASKS, { start: 100 })).json.next).toBeUndefined();
			expect((await portal.call(TASKS, { START: 100 })).json.next).toBe(50);
		});

		it('shows own and subordinate tasks, to an administrator all, and drops odd keys silently', async () => {
			for (const taskUserId of [1, 2, 5]) portal.seed(1, { tasks: 1, taskUserId });
			const users = async (FILTER: object, key?: string): Promise<string[]> =>
				(
					await portal.call(TASKS, { SELECT: ['USER_ID'], FILTER, ORDER: { ID: 'ASC' } }, key)
				).json.result.map((row: any) => row.USER_ID);
			expect(await users({ USER_ID: 2, STATUS: 0 })).toEqual(['2']);
			expect(await users({ '=USER_ID': 2 })).toEqual(['1', '2', '5']);
			expect(await users({}, 'webhookNotAdmin')).toEqual(['2', '5']);
			const other = await portal.call(TASKS, { FILTER: { USER_ID: 1 } }, 'webhookNotAdmin');
			expect([other.status, other.json.error]).toEqual([400, 'ACCESS_DENIED']);
		});

		it('loses the open tasks of a terminated workflow, and in the cloud the others after a day', async () => {
			const [id = ''] = portal.seed(1, { tasks: 1, taskStatus: 1 });
			const total = async (): Promise<number> => (await portal.call(TASKS, {})).json.total;
			await portal.call('bizproc.workflow.terminate', { ID: id });
			expect(await total()).toBe(1);
			portal.configure({ clockOffsetMs: 25 * 3_600_000 });
			expect(await total()).toBe(0);
			portal.configure({ edition: 'selfHosted' });
			expect(await total()).toBe(1);
		});
	});
});
