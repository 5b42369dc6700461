import type { IDataObject } from 'n8n-workflow';

import { runNode } from '../../../engine/engine';
import type { NodeResult, Path } from '../../../engine/engine';
import { credentialsOf } from '../../../engine/sandboxes';
import { CREDENTIAL, DEFINITION, EightByEightTest } from '../harness';

const OTHER = '60dbe307fe55d99fc083dead';
const UNKNOWN_DEFINITION = '2aa9465e-dec7-4c3e-8fa6-bd168af9eaca';

describe.each<Path>(['wholeInput', 'routing'])('8x8: finding on the real engine (%s)', (path) => {
	const test = new EightByEightTest();

	const run = async (
		operation: string,
		parameters: IDataObject,
		{ key = CREDENTIAL, definition = DEFINITION } = {},
	): Promise<NodeResult> =>
		await runNode({
			node: 'eightByEight',
			path,
			parameters: {
				resource: 'workflow',
				operation,
				definitionId: { __rl: true, mode: 'list', value: definition },
				...parameters,
			},
			credentials: { [CREDENTIAL]: credentialsOf(test.vendor, key) },
		});
	const list = async (filters: IDataObject = {}, change = {}): Promise<NodeResult> =>
		await run('getAll', { returnAll: true, filters }, change);
	const ids = ({ success }: NodeResult): unknown[] => success.map(({ json }) => json['id']);
	const sent = (): string[] =>
		test.vendor.journal.list().map(({ url }) => decodeURIComponent(url.replace(/^.*\/definitions/, '')));

	it('lists what runs or is suspended in all versions, the newest first', async () => {
		const at = (hour: number) => ({ startedAt: `2026-06-24T0${hour}:00:00.00Z` });
		const old = test.seed(2, { version: 1, ...at(1) });
		const halted = test.seed(1, { version: 1, state: 'Suspended', ...at(2) });
		const latest = test.seed(2, { version: 2, ...at(3) });
		for (const state of ['Complete', 'Terminated']) test.seed(1, { state, ...at(4) });
		expect(ids(await list())).toEqual([...latest.reverse(), ...halted, ...old.reverse()]);
		expect(sent()).toEqual([
			`/${DEFINITION}?limit=500`,
			...[2, 1].flatMap((version) =>
				['Runnable', 'Suspended'].map(
					(status) => `/${DEFINITION}/workflows?limit=500&version=${version}&status=${status}`,
				),
			),
		]);
	});

	it.each<[string, unknown, string[]]>([
		['one, as older workflows have it saved', 'Suspended', ['Suspended']],
		['the choice of both that have not ended', ['runningOrSuspended'], ['Runnable', 'Suspended']],
		['several', ['Complete', 'runningOrSuspended'], ['Complete', 'Runnable', 'Suspended']],
		[
			'all',
			['Complete', 'Runnable', 'Suspended', 'Terminated'],
			['Complete', 'Runnable', 'Suspended', 'Terminated'],
		],
		['a text with commas', ' Runnable, Terminated', ['Runnable', 'Terminated']],
		['a list of an expression', '={{ ["Suspended", "Complete"] }}', ['Complete', 'Suspended']],
		['a text of an expression', '={{ "runningOrSuspended" }}', ['Runnable', 'Suspended']],
	])('takes as Status %s', async (_name, status, states) => {
		for (const state of ['Complete', 'Runnable', 'Suspended', 'Terminated']) test.seed(2, { state });
		const { success, error } = await list({ status } as IDataObject);
		expect(error).toBeUndefined();
		expect(success.map(({ json }) => json['status']).sort()).toEqual(
			states.flatMap((state) => [state, state]),
		);
	});

	it.each([
		['running', 'may contain only Runnable, Suspended, Complete, Terminated, runningOrSuspended'],
		['Runnable, Done', 'may contain only'],
		['={{ ["Runnable", "terminated"] }}', 'may contain only'],
		['={{ ["Runnable", ""] }}', 'may contain only'],
		['={{ 7 }}', 'must be text or a list'],
		['={{ [] }}', 'was added but has no value'],
		['={{ $json.missing }}', 'was added but has no value'],
		[' , ', 'was added but has no value'],
	])('refuses the Status %s, and sends nothing', async (status, why) => {
		test.seed(1);
		const { success, error } = await list({ status });
		expect(success).toEqual([]);
		expect(error?.message).toContain("'Status'");
		expect(error?.message).toContain(why);
		expect(sent()).toEqual([]);
	});

	it('leaves out what has ended although 8x8 drops the status', async () => {
		const [id] = test.seed(1);
		test.seed(2, { state: 'Complete' });
		test.configure({ dropFilters: ['status'] });
		expect(ids(await list())).toEqual([id]);
	});

	it('gives the newest of all versions where a limit cuts the list', async () => {
		const at = (minute: number) => `2026-06-24T09:${String(minute).padStart(2, '0')}:00.00Z`;
		const [first] = test.seed(1, { version: 2, startedAt: at(1) });
		const [second] = test.seed(1, { version: 1, startedAt: at(2) });
		const [third] = test.seed(1, { version: 2, startedAt: at(3) });
		const [fourth] = test.seed(1, { version: 1, startedAt: at(4), state: 'Suspended' });
		const newest = async (limit: number): Promise<unknown[]> =>
			ids(await run('getAll', { returnAll: false, limit }));
		expect(await newest(1)).toEqual([fourth]);
		expect(await newest(2)).toEqual([fourth, third]);
		expect(await newest(3)).toEqual([fourth, third, second]);
		expect(await newest(9)).toEqual([fourth, third, second, first]);
		expect(ids(await list())).toEqual([fourth, third, second, first]);
	});

	it('sends each filter as it is meant, the moments in the widest hundredths of a second', async () => {
		const startedAt = '2026-06-24T09:33:06.604Z';
		const [wanted] = test.seed(1, { version: 1, state: 'Suspended', startedAt });
		test.seed(1, { version: 1, state: 'Suspended', startedAt: '2026-06-24T09:33:06.590Z' });
		test.seed(1, { version: 1, state: 'Suspended', startedAt: '2026-06-24T09:33:06.631Z' });
		test.seed(1, { version: 1, state: 'Runnable', startedAt });
		test.seed(1, { version: 2, state: 'Suspended', startedAt });
		const result = await list({
			version: 1,
			status: 'Suspended',
			startTimeFrom: '2026-06-24T11:33:06.604+02:00',
			startTimeTo: '2026-06-24T09:33:06.621Z',
		});
		expect(ids(result)).toEqual([wanted]);
		expect(sent()).toEqual([
			`/${DEFINITION}/workflows?limit=500&version=1&status=Suspended&startTimeFrom=2026-06-24T09:33:06.60Z&startTimeTo=2026-06-24T09:33:06.63Z`,
		]);
	});

	it('keeps to all filters although 8x8 drops them', async () => {
		const startedAt = '2026-06-24T09:33:06.60Z';
		const [wanted] = test.seed(1, { version: 1, startedAt });
		test.seed(1, { version: 2, startedAt });
		test.seed(1, { version: 1, startedAt: '2026-06-24T09:33:06.58Z' });
		test.seed(1, { version: 1, startedAt: '2026-06-24T09:33:06.62Z' });
		test.configure({ dropFilters: ['*'] });
		const filters = { version: 1, startTimeFrom: startedAt, startTimeTo: startedAt };
		expect(ids(await list(filters))).toEqual([wanted]);
	});

	it.each([404, 'empty'])('asks for a definition that is not there (%s)', async (unknownDefinitionList) => {
		test.configure({ unknownDefinitionList });
		const { success, error } = await list({}, { definition: UNKNOWN_DEFINITION });
		expect(success).toEqual([]);
		expect(error?.message).toBe(
			'The workflows could not be listed: its definition does not exist in this account',
		);
	});

	it('does not say that a workflow is missing where its definition is', async () => {
		const { error } = await run('get', { workflowId: test.seedOne() }, { definition: UNKNOWN_DEFINITION });
		expect(error?.message).toContain('could not be read: its definition does not exist in this account');
	});

	it('refuses a definition ID that is none before anything is sent', async () => {
		expect((await list({}, { definition: 'not-a-uuid' })).error?.message).toContain("'Definition'");
		expect(sent()).toEqual([]);
	});

	it('refuses a moment that no calendar has', async () => {
		const { error } = await list({ startTimeFrom: '={{ 9e15 }}' });
		expect(error?.message).toContain("'Start Time From' must be a date and time");
		expect(sent()).toEqual([]);
	});

	it('says so when the account is not enabled', async () => {
		const { error } = await list({}, { key: 'notEnabledAccount' });
		expect(error?.message).toContain('the API key has no access to this account');
		expect(error?.description).toContain('enabled the account for the Automation API');
	});

	it('keeps what is personal to the raw data', async () => {
		const id = test.seedOne();
		const simple = [await list(), await run('get', { workflowId: id })];
		const raw = [
			await run('getAll', { returnAll: true, simplify: false }),
			await run('get', { workflowId: id, simplify: false }),
		];
		expect(JSON.stringify(simple.map(({ run: { data } }) => data))).not.toContain('test_user_name');
		for (const { success } of raw) {
			expect(success).toHaveLength(1);
			expect(success[0]?.json).toMatchObject({
				id,
				workflowId: id,
				definitionId: DEFINITION,
				data: { payload: { user: { name: 'test_user_name' } } },
			});
		}
	});

	it('gets the log of the steps when it is wanted', async () => {
		const id = test.seedOne({ state: 'Complete' });
		const [plain] = (await run('get', { workflowId: id })).success;
		const [logged] = (await run('get', { workflowId: id, includeLogs: true })).success;
		expect(plain?.json).not.toHaveProperty('logs');
		expect(logged?.json).toEqual({
			...plain?.json,
			logs: [
				expect.objectContaining({ stepName: 'step1', status: 'Complete' }),
				expect.objectContaining({ stepName: 'step2', status: 'Complete' }),
			],
		});
		expect(sent()).toEqual([
			`/${DEFINITION}/workflows/${id}`,
			`/${DEFINITION}/workflows/${id}?includeLogs=true`,
		]);
	});

	describe('Include Errors', () => {
		const errors = [
			{ step: 'step1', message: 'Invalid subaccount id.', errorTime: '2026-06-24T09:33:06.600Z' },
			{ step: 'step2', message: 'Unexpected character.', errorTime: '2026-06-24T09:33:07.000Z' },
		];
		const shown = [
			{ step: 'step1', message: 'Invalid subaccount id.', errorTime: '2026-06-24T09:33:06.60Z' },
			{ step: 'step2', message: 'Unexpected character.', errorTime: '2026-06-24T09:33:07.00Z' },
		];

		it('says why each workflow was terminated, and that there is no error where 8x8 has none', async () => {
			const [faulted = ''] = test.seed(1, { state: 'Terminated', errors });
			const running = test.seedOne();
			const { success, error } = await run('get', { workflowId: [faulted, running], includeErrors: true });
			expect(error).toBeUndefined();
			expect(success.map(({ json }) => [json['id'], json['errors']])).toEqual([
				[faulted, shown],
				[running, []],
			]);
			expect(sent().sort()).toEqual(
				[faulted, running]
					.flatMap((id) => [`/${DEFINITION}/workflows/${id}`, `/${DEFINITION}/workflows/${id}/errors`])
					.sort(),
			);
			const [plain] = (await run('get', { workflowId: faulted })).success;
			expect(plain?.json).not.toHaveProperty('errors');
		});

		it('takes a bare error for a list of one, and gives it as it is in the raw data', async () => {
			test.configure({ errorsShape: 'object' });
			const [id = ''] = test.seed(1, { state: 'Terminated', errors: errors.slice(0, 1) });
			const wanted = { workflowId: id, includeErrors: true };
			const [simple] = (await run('get', { ...wanted, includeLogs: true })).success;
			expect(simple?.json).toMatchObject({ errors: shown.slice(0, 1), logs: [{}, {}] });
			const [raw] = (await run('get', { ...wanted, simplify: false })).success;
			expect(raw?.json).toMatchObject({ data: {}, errors: [{ workflowId: id, ...shown[0] }] });
		});

		it.each([
			['the server stays in trouble', { kind: 'html', status: 503, times: 50 }, '8x8 is having trouble'],
			['half an answer comes', { kind: 'cut', times: 50 }, 'the response could not be read'],
			['nothing comes', { kind: 'empty', times: 50 }, 'the response could not be read'],
			[
				'they are those of another workflow',
				{
					kind: 'status',
					status: 200,
					times: 50,
					body: `[{"workflowId":"${OTHER}","step":"a","message":"b","errorTime":"c"}]`,
				},
				'the response could not be read',
			],
			[
				'something else comes',
				{ kind: 'status', status: 200, times: 50, body: '{}' },
				'the response could not be read',
			],
			[
				'8x8 does not find them',
				{
					kind: 'status',
					status: 404,
					times: 50,
					body: '{"code":1300,"message":"Object wasn\'t found","errorId":"1cc1eda1-f5dd-ea11-8288-0263195dd35a","timestamp":"2020-12-22T05:52:01.85Z"}',
				},
				'8x8 found the workflow but not its errors',
			],
		] as const)('fails where %s, and never says that there are none', async (_name, fault, reason) => {
			const [id = ''] = test.seed(1, { state: 'Terminated', errors });
			test.arm({ ...fault, path: '/errors' });
			const { success, errors: failures } = await runNode({
				node: 'eightByEight',
				path,
				parameters: {
					resource: 'workflow',
					operation: 'get',
					definitionId: { __rl: true, mode: 'list', value: DEFINITION },
					workflowId: id,
					includeErrors: true,
				},
				credentials: { [CREDENTIAL]: credentialsOf(test.vendor, CREDENTIAL) },
				onError: 'continueErrorOutput',
			});
			expect(success).toEqual([]);
			expect(failures).toMatchObject([{ json: { details: { id, outcome: 'failed' } } }]);
			expect(failures[0]?.json['error']).toContain(`Workflow ${id} could not be read: ${reason}`);
		});

		it('asks once more where the first answer was no answer', async () => {
			const [id = ''] = test.seed(1, { state: 'Terminated', errors });
			test.arm({ kind: 'html', status: 503, path: '/errors' });
			const { success } = await run('get', { workflowId: id, includeErrors: true });
			expect(success[0]?.json['errors']).toEqual(shown);
		});

		it('is refused where it is neither on nor off', async () => {
			const { error } = await run('get', {
				workflowId: test.seedOne(),
				includeErrors: '={{ $json.missing }}',
			});
			expect(error?.message).toContain("'Include Errors' must be true or false");
			expect(sent()).toEqual([]);
		});
	});

	it.each([
		['half an answer', { kind: 'cut' }],
		['a page', { kind: 'html', status: 200 }],
		['nothing', { kind: 'empty' }],
		['an answer about another workflow', { kind: 'status', status: 200, body: `{"workflowId":"${OTHER}"}` }],
	] as const)('asks once more after %s', async (_name, fault) => {
		const id = test.seedOne();
		test.arm(fault);
		expect((await run('get', { workflowId: id })).success[0]?.json).toMatchObject({ id });
		expect(sent()).toHaveLength(2);
	});

	it('asks once more for a page of a list, and for the versions', async () => {
		const id = test.seedOne();
		for (const fault of [{ kind: 'cut' }, { kind: 'html', status: 200 }] as const) {
			for (const asked of [`/${DEFINITION}?`, '/workflows?']) {
				test.arm({ ...fault, path: asked });
				expect(ids(await list())).toEqual([id]);
			}
		}
	});

	it('stops at the first of many workflows where a login page answers', async () => {
		test.arm({ kind: 'html', status: 200, times: 1_000 });
		const { error } = await run('get', { workflowId: test.seed(20) });
		expect(error?.description).toContain('the response could not be read');
		expect(new Set(sent()).size).toBeLessThanOrEqual(5);
	});

	it('goes on where the answer about one workflow stays unreadable', async () => {
		const [broken, ...others] = test.seed(20) as [string, ...string[]];
		test.arm({ kind: 'cut', path: `/workflows/${broken}`, times: 1_000 });
		const { error } = await run('get', { workflowId: [broken, ...others] });
		expect(error?.message).toContain(broken);
		expect(new Set(sent()).size).toBe(20);
	});

	it('refuses Include Logs that is neither on nor off', async () => {
		const { error } = await run('get', { workflowId: test.seedOne(), includeLogs: '={{ $json.missing }}' });
		expect(error?.message).toContain("'Include Logs' must be true or false");
		expect(sent()).toEqual([]);
	});

	if (path === 'wholeInput') {
		it('misses no running workflow while others finish between the pages', async () => {
			const seeded = test.seed(1_800);
			test.configure({ betweenPages: 'finish', changesPerPage: 40 });
			const listed = new Set(ids(await list({ status: 'Runnable' })));
			const now = test.instances();
			const running = seeded.filter((id) => now[id]?.['status'] === 'Runnable');
			expect(running.length).toBeLessThan(1_800);
			expect(running.filter((id) => !listed.has(id))).toEqual([]);
		});

		it.each(['page', 'item'])(
			'lists those that started at once, where offset counts by %s',
			async (offsetMode) => {
				test.configure({ offsetMode });
				const seeded = test.seed(1_300, { intervalMs: 0 });
				const listed = ids(await list());
				expect(listed).toHaveLength(1_300);
				expect(new Set(listed)).toEqual(new Set(seeded));
			},
		);
	}
});
