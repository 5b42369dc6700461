import { inDefinition, instanceList } from '../../../../nodes/EightByEight/api/instances';
import type { InstanceListQuery, ListParameters } from '../../../../nodes/EightByEight/api/instances';
import { workflowFilters } from '../../../../nodes/EightByEight/workflow/filters';
import { RateLimitedClient } from '../../../../nodes/core/http/client';
import { HostRateLimiter } from '../../../../nodes/core/http/rateLimiter';
import type { FilterValue } from '../../../../nodes/core/n8n/parameters/filters';
import { RowFilter } from '../../../../nodes/core/queries/criteria';
import { collect } from '../../../../nodes/core/queries/collect';
import type { Listed } from '../../../../nodes/core/queries/collect';
import type { JsonRecord } from '../../../../nodes/core/util/json';
import { VirtualClock } from '../../core/virtualClock';
import { DEFINITION, definitionRow, instancesOf, ModelAccount } from '../modelAccount';
import type { Manner, ModelInstance } from '../modelAccount';

const LIST = `/definitions/${DEFINITION}/workflows`;

/** What a test changes: the values of filters, and the other parameters. */
type Change = Omit<ListParameters, 'statuses'> & { status?: string[] } & Partial<
		Pick<InstanceListQuery, 'definitionId' | 'isSimple'>
	>;

/** One state takes one list for each version, and those tests that are about pages count them. */
const RUNNING: Change = { status: ['Runnable'] };

/** Any value is taken as it is: what fits which filter is tested with the filters. */
const valueOf = (displayName: string, value: any): FilterValue => {
	const given = () => value;
	return {
		displayName,
		text: given,
		choice: given,
		choices: given,
		count: given,
		flag: given,
		moment: given,
	};
};

const query = (change: Change = {}): InstanceListQuery => {
	const { definitionId = DEFINITION, isSimple = true, ...given } = change;
	const values = { status: ['runningOrSuspended'], ...given };
	const criteria = workflowFilters.flatMap((filter) => {
		const { name, displayName } = filter.field;
		return name in values ? filter.criteria(valueOf(displayName, values[name as keyof typeof values])) : [];
	});
	return { definitionId, criteria: [inDefinition(definitionId), ...criteria], isSimple };
};

async function list(account: ModelAccount, change: Change = {}, limit?: number): Promise<Listed> {
	const clock = new VirtualClock();
	const transport = {
		send: async (request: { path: string }) =>
			await Promise.resolve({ kind: 'response' as const, response: account.answer(request) }),
	};
	const client = new RateLimitedClient(
		transport,
		new HostRateLimiter(clock),
		{ inFlight: 5, rates: [] },
		clock,
	);
	const answer = await clock.finish(collect(query(change), limit, instanceList, client));
	if (answer.kind === 'failed') throw new Error(answer.error.reason);
	return answer.value;
}

const ids = ({ rows }: Listed): unknown[] => rows.map(({ id }) => id);
const idsOf = (instances: ModelInstance[]): string[] => instances.map(({ workflowId }) => workflowId);
const listRequests = ({ requests }: ModelAccount): string[] =>
	requests.filter((path) => path.startsWith(LIST));

describe('the versions', () => {
	it('are asked for first, and each is listed, the latest first', async () => {
		const old = instancesOf(2, { version: 2 });
		const latest = instancesOf(1, { version: 11, startedMs: Date.UTC(2026, 0, 2) });
		const account = new ModelAccount(
			[...old, ...latest],
			[2, 11].map((version) => definitionRow(version)),
		);
		expect(ids(await list(account, RUNNING))).toEqual([...idsOf(old), ...idsOf(latest)].reverse());
		expect(account.requests).toEqual([
			`/definitions/${DEFINITION}?limit=500`,
			`${LIST}?limit=500&version=11&status=Runnable`,
			`${LIST}?limit=500&version=2&status=Runnable`,
		]);
	});

	it('are read where the schema has them, too', async () => {
		const versions = [
			{ id: DEFINITION, version: 2 },
			{ id: DEFINITION, version: 1 },
		];
		const account = new ModelAccount(instancesOf(1), versions);
		expect(ids(await list(account, RUNNING))).toHaveLength(1);
		expect(listRequests(account)).toHaveLength(2);
	});

	it.each(['page', 'item'] as const)('are all read when they fill more than a page (%s)', async (offset) => {
		const versions = Array.from({ length: 1_100 }, (_, index) => definitionRow(1_100 - index));
		const account = new ModelAccount([], versions, { offset });
		await list(account, RUNNING);
		expect(listRequests(account)).toHaveLength(1_100);
		expect(account.requests.length - listRequests(account).length).toBeLessThanOrEqual(4);
	});

	it('are not asked for when one is wanted, and that one is sent to 8x8', async () => {
		const old = instancesOf(2, { version: 1 });
		const account = new ModelAccount([...old, ...instancesOf(3, { version: 2 })], []);
		expect(ids(await list(account, { ...RUNNING, version: 1 }))).toEqual(idsOf(old).reverse());
		expect(account.requests).toEqual([`${LIST}?limit=500&version=1&status=Runnable`]);
	});

	it.each([{ definition: { version: '7' } }, {}, { definition: { version: 1.5 } }])(
		'that cannot be read are refused: %j',
		async (odd) => {
			const account = new ModelAccount(instancesOf(1), [definitionRow(1), odd]);
			await expect(list(account)).rejects.toThrow('the versions of the definition could not be read');
			expect(listRequests(account)).toEqual([]);
		},
	);

	it('of a definition that does not exist are none, and the list says so', async () => {
		const missing = 'its definition does not exist in this account';
		await expect(list(new ModelAccount([], []))).rejects.toThrow(missing);
		await expect(list(new ModelAccount([], []), { version: 1 })).rejects.toThrow(missing);
		const known = new ModelAccount([], [definitionRow(1)]);
		expect(ids(await list(known, { version: 1 }))).toEqual([]);
	});
});

describe('the pages', () => {
	const one = [definitionRow(1)];

	it('go to 8x8 with every filter', async () => {
		const account = new ModelAccount([], one);
		await list(account, {
			version: 3,
			status: ['Suspended'],
			startTimeFrom: Date.UTC(2021, 5, 24, 9, 33, 6, 600),
			startTimeTo: Date.UTC(2021, 5, 25),
		});
		expect(account.requests).toEqual([
			`${LIST}?limit=500&version=3&status=Suspended&startTimeFrom=2021-06-24T09%3A33%3A06.60Z&startTimeTo=2021-06-25T00%3A00%3A00.00Z`,
			`/definitions/${DEFINITION}?limit=500`,
		]);
	});

	it('follow each other by time, with the hundredth of a second that was cut off', async () => {
		const instances = instancesOf(1_200, { intervalMs: 3 });
		const account = new ModelAccount(instances, one);
		expect(new Set(ids(await list(account, RUNNING)))).toEqual(new Set(idsOf(instances)));
		const [first, second] = listRequests(account);
		expect(first).not.toContain('startTimeTo');
		// The 500th from the end started at 2.100 s.
		expect(second).toBe(
			`${LIST}?limit=500&version=1&status=Runnable&startTimeTo=2026-01-01T00%3A00%3A02.11Z`,
		);
		expect(listRequests(account)).toHaveLength(3);
	});

	it('never reach beyond the end that the user wants', async () => {
		const startTimeTo = Date.UTC(2026, 0, 1) + 5_000;
		const account = new ModelAccount(instancesOf(1_200), one);
		await list(account, { ...RUNNING, version: 1, startTimeTo });
		const ends = listRequests(account).map(
			(path) => new URL(`https://host.example${path}`).searchParams.get('startTimeTo') ?? '',
		);
		expect(ends).toHaveLength(2);
		for (const end of ends) expect(Date.parse(end)).toBeLessThanOrEqual(startTimeTo);
	});

	it('never reach beyond it where more than a page started at that very moment', async () => {
		const startTimeTo = Date.UTC(2026, 0, 1);
		const account = new ModelAccount(
			[...instancesOf(600, { intervalMs: 0 }), ...instancesOf(600, { startedMs: startTimeTo + 10 })],
			one,
		);
		expect(ids(await list(account, { ...RUNNING, startTimeTo }))).toHaveLength(600);
		for (const path of listRequests(account)) {
			expect(path).toContain('&startTimeTo=2026-01-01T00%3A00%3A00.00Z');
		}
	});

	it('miss none of those that stay while others vanish in between', async () => {
		const instances = instancesOf(1_700);
		const gone = new Set<string>();
		const account = new ModelAccount(instances, one, {
			meanwhile: (rows) => {
				const newest = rows.slice(-150);
				for (const { workflowId } of newest) gone.add(workflowId);
				return rows.slice(0, -150);
			},
		});
		const listed = new Set(ids(await list(account, RUNNING)));
		expect(gone.size).toBeGreaterThan(300);
		expect(idsOf(instances).filter((id) => !gone.has(id) && !listed.has(id))).toEqual([]);
	});

	it.each<[string, Manner]>([
		['pages', { offset: 'page' }],
		['rows', { offset: 'item' }],
	])(
		'are asked for by offset where more than a page started at once, and it counts %s',
		async (_, manner) => {
			const instances = [
				...instancesOf(300),
				...instancesOf(1_300, { intervalMs: 0, startedMs: Date.UTC(2026, 1, 1) }).map((row) => ({
					...row,
					workflowId: `b${row.workflowId.slice(1)}`,
				})),
			];
			const account = new ModelAccount(instances, one, manner);
			const listed = ids(await list(account, RUNNING));
			expect(listed).toHaveLength(1_600);
			expect(new Set(listed)).toEqual(new Set(idsOf(instances)));
			expect(listRequests(account).length).toBeLessThanOrEqual(12);
		},
	);

	it.each(['page', 'item'] as const)(
		'are asked for by offset where 8x8 overlooks the time, and again because of what vanishes (%s)',
		async (offset) => {
			const instances = instancesOf(1_700);
			const gone = new Set<string>();
			const account = new ModelAccount(instances, one, {
				offset,
				overlooks: ['startTimeTo'],
				// The first two requests find out that the time is overlooked.
				meanwhile: (rows) => {
					if (listRequests(account).length < 2 || gone.size >= 60) return rows;
					for (const { workflowId } of rows.slice(-20)) gone.add(workflowId);
					return rows.slice(0, -20);
				},
			});
			const listed = new Set(ids(await list(account, RUNNING)));
			expect(gone.size).toBe(60);
			expect(idsOf(instances).filter((id) => !gone.has(id) && !listed.has(id))).toEqual([]);
		},
	);

	it('come to an end where new ones of the same time turn up all the while', async () => {
		const account = new ModelAccount(instancesOf(1_300, { intervalMs: 0 }), one, {
			meanwhile: (rows) => [
				...rows,
				...instancesOf(5, { intervalMs: 0 }).map((row, index) => ({
					...row,
					workflowId: `d${rows.length}-${index}`,
				})),
			],
		});
		expect(ids(await list(account, RUNNING)).length).toBeGreaterThanOrEqual(1_300);
		expect(listRequests(account).length).toBeLessThan(30);
	});

	it('end at once where 8x8 overlooks the version and all are known', async () => {
		const instances = [...instancesOf(700, { version: 2 }), ...instancesOf(700, { version: 1 })];
		const account = new ModelAccount(
			instances,
			[2, 1].map((version) => definitionRow(version)),
			{
				overlooks: ['version'],
			},
		);
		expect(ids(await list(account, RUNNING))).toHaveLength(1_400);
		const [before, after] = ['2', '1'].map(
			(version) => listRequests(account).filter((path) => path.includes(`version=${version}`)).length,
		);
		expect([before, after]).toEqual([3, 1]);
	});

	it('come to an end where 8x8 overlooks both time and offset', async () => {
		const account = new ModelAccount(instancesOf(600), one, { overlooks: ['startTimeTo', 'offset'] });
		expect(ids(await list(account, RUNNING))).toHaveLength(500);
		expect(listRequests(account).length).toBeLessThanOrEqual(3);
	});

	it('are all read from a server that gives a hundred at most', async () => {
		const account = new ModelAccount(instancesOf(350), one, { cap: 100 });
		expect(ids(await list(account, RUNNING))).toHaveLength(350);
	});

	it.each(['page', 'item'] as const)(
		'are all read from a server that begins with the oldest (%s)',
		async (offset) => {
			const account = new ModelAccount(instancesOf(1_200), one, { oldestFirst: true, offset });
			expect(ids(await list(account, RUNNING))).toHaveLength(1_200);
		},
	);

	it.each([
		[7, [7]],
		[500, [500]],
		[501, [500, 500]],
	])('are no larger than the limit %i needs', async (limit, sizes) => {
		const account = new ModelAccount(instancesOf(1_200), one);
		expect(ids(await list(account, RUNNING, limit))).toHaveLength(limit);
		expect(listRequests(account).map((path) => Number(/limit=(\d+)/.exec(path)?.[1]))).toEqual(sizes);
	});

	it('go on in full ones when the limit is not reached, because 8x8 overlooks a filter', async () => {
		const wanted = instancesOf(3, { status: 'Suspended', startedMs: 1.5e12 });
		const others = instancesOf(40).map((row) => ({ ...row, workflowId: `c${row.workflowId.slice(1)}` }));
		const account = new ModelAccount([...wanted, ...others], one, { overlooks: ['status'] });
		const { rows, notes } = await list(account, { status: ['Suspended'] }, 2);
		expect(rows).toHaveLength(2);
		expect(listRequests(account)).toHaveLength(2);
		expect(notes).toEqual([expect.stringContaining("'Status'")]);
	});

	it('go on in full ones also where all started at once', async () => {
		const wanted = instancesOf(3, { intervalMs: 0, status: 'Suspended' });
		const others = instancesOf(40, { intervalMs: 0 }).map((row) => ({
			...row,
			workflowId: `c${row.workflowId.slice(1)}`,
		}));
		const account = new ModelAccount([...others, ...wanted], one, { overlooks: ['status'] });
		const startTimeTo = Date.UTC(2026, 0, 1);
		expect((await list(account, { status: ['Suspended'], startTimeTo }, 3)).rows).toHaveLength(3);
		expect(listRequests(account).map((path) => Number(/limit=(\d+)/.exec(path)?.[1]))).toEqual([3, 500]);
	});

	it.each([1, 3, 5, 50])('are the newest of all versions with the limit %i, one for each', async (limit) => {
		const instances = [
			...instancesOf(4, { version: 2, intervalMs: 2_000 }),
			...instancesOf(4, { version: 1, intervalMs: 3_000 }),
		];
		const account = new ModelAccount(
			instances,
			[2, 1].map((version) => definitionRow(version)),
		);
		const byStart = [...instances].sort((a, b) => b.startedMs - a.startedMs);
		expect(ids(await list(account, RUNNING, limit))).toEqual(idsOf(byStart).slice(0, limit));
		expect(listRequests(account)).toEqual(
			[2, 1].map((version) => `${LIST}?limit=${limit}&version=${version}&status=Runnable`),
		);
	});
});

/** The sample of "List instances", as far as it matters here. */
const SAMPLE: JsonRecord = {
	workflowId: '60dbe307fe55d99fc083db61',
	data: { payload: { user: { name: 'test_user_name' } }, accountId: 'test_account_id' },
	definitionId: DEFINITION,
	version: 1,
	status: 'Complete',
	startedAt: '2021-06-30T03:20:39.49Z',
	completedAt: '2021-06-30T03:21:25.83Z',
};
const STARTED = Date.UTC(2021, 5, 30, 3, 20, 39, 490);

describe('the checks', () => {
	const admits = (change: Change, row: JsonRecord = SAMPLE): boolean =>
		query({ status: ['Complete'], ...change }).criteria.every(({ passes }) => passes(row));

	it.each<[string, Change, boolean]>([
		['no filter', {}, true],
		['the status', { status: ['Complete'] }, true],
		['another status', { status: ['Terminated'] }, false],
		['the version', { version: 1 }, true],
		['another version', { version: 2 }, false],
		['its start as the earliest', { startTimeFrom: STARTED }, true],
		['a later start', { startTimeFrom: STARTED + 10 }, false],
		['its start as the latest', { startTimeTo: STARTED }, true],
		['an earlier start', { startTimeTo: STARTED - 10 }, false],
		['another definition', { definitionId: DEFINITION.replace('5', '6') }, false],
		['the definition in capitals', { definitionId: DEFINITION.toUpperCase() }, true],
	])('know %s', (_, change, isAdmitted) => {
		expect(admits(change)).toBe(isAdmitted);
	});

	it.each<[string, Change]>([
		['status', { status: ['Complete'] }],
		['version', { version: 1 }],
		['startedAt', { startTimeFrom: 0 }],
		['startedAt', { startTimeTo: STARTED + 1e9 }],
	])('do not pass a row without %s', (field, change) => {
		const { [field]: _gone, ...row } = SAMPLE;
		expect(admits(change)).toBe(true);
		expect(admits(change, row)).toBe(false);
	});

	it('bear the labels of what 8x8 was asked for', () => {
		const all = query({ version: 1, status: ['Complete'], startTimeFrom: 0, startTimeTo: 0 });
		const labels = all.criteria.map(({ displayName, sent }) => [displayName, sent !== undefined]);
		expect(labels).toEqual([
			...['Definition', 'Version', 'Status', 'Start Time From', 'Start Time To'].map((name) => [name, true]),
			// The exact end; 8x8 is asked for the whole hundredth of a second.
			['Start Time To', false],
		]);
	});

	it('take the end to the millisecond, though 8x8 is asked for the whole hundredth of a second', () => {
		const at = (ms: number) => new Date(Date.UTC(2021, 5, 30, 3, 20, 39, ms)).toISOString();
		const { criteria } = query({
			status: ['Complete'],
			startTimeTo: Date.UTC(2021, 5, 30, 3, 20, 39, 494),
		});
		const filter = new RowFilter(criteria);
		expect(filter.admits({ ...SAMPLE, startedAt: at(490) })).toBe(true);
		expect(filter.admits({ ...SAMPLE, startedAt: at(500) })).toBe(false);
		expect(filter.ignored.size).toBe(0);
	});

	it('compare states as 8x8 writes them', () => {
		expect(admits({ status: ['Complete'] }, { ...SAMPLE, status: 'complete' })).toBe(false);
	});

	it('pass a row that does not name its definition', () => {
		const { definitionId: _gone, ...row } = SAMPLE;
		expect(admits({}, row)).toBe(true);
	});
});

describe('a row', () => {
	it('comes simplified without what is personal', () => {
		expect(instanceList.show(SAMPLE, query())).toEqual({
			id: '60dbe307fe55d99fc083db61',
			workflowId: '60dbe307fe55d99fc083db61',
			definitionId: DEFINITION,
			version: 1,
			status: 'Complete',
			startedAt: '2021-06-30T03:20:39.49Z',
			completedAt: '2021-06-30T03:21:25.83Z',
		});
	});

	it('comes as it is otherwise, with the parameters of the commands', () => {
		const { definitionId: _gone, ...row } = SAMPLE;
		expect(instanceList.show({ ...row, id: 7 }, query({ isSimple: false }))).toEqual({
			...SAMPLE,
			id: '60dbe307fe55d99fc083db61',
		});
	});

	it('keeps the log of the steps, and the definition that 8x8 names', () => {
		const logs = [{ id: 'b2c6185b', stepName: 'step1', status: 'Complete' }];
		const definitionId = DEFINITION.toUpperCase();
		const shown = instanceList.show({ ...SAMPLE, definitionId, logs }, query());
		expect(shown).toMatchObject({ logs, definitionId });
		expect(Object.keys(shown)).toHaveLength(8);
	});

	it('has null for what 8x8 leaves out', () => {
		expect(instanceList.show({ workflowId: 'a', completedAt: null }, query())).toMatchObject({
			version: null,
			status: null,
			startedAt: null,
			completedAt: null,
		});
	});

	it('is known by its workflow ID, and a foreign one by nothing', () => {
		expect(instanceList.idOf(SAMPLE)).toBe('60dbe307fe55d99fc083db61');
		expect(instanceList.idOf({})).toBeUndefined();
	});
});
