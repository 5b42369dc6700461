import { inDefinition, instanceList } from '../../../../nodes/EightByEight/api/instances';
import { RateLimitedClient } from '../../../../nodes/core/http/client';
import { HostRateLimiter } from '../../../../nodes/core/http/rateLimiter';
import { workflowFilters } from '../../../../nodes/EightByEight/workflow/filters';
import { collect } from '../../../../nodes/core/queries/collect';
import fc from 'fast-check';
import { criteriaOf } from '../../core/criteriaOf';
import { VirtualClock } from '../../core/virtualClock';
import { DEFINITION, definitionRow, instancesOf, ModelAccount } from '../modelAccount';
import type { Manner, ModelInstance } from '../modelAccount';

const LIVE = ['Runnable', 'Suspended'];
const ALL = [...LIVE, 'Complete', 'Terminated'];
const LIST = `/definitions/${DEFINITION}/workflows`;

interface Got {
	ids: unknown[];
	/** The queries of the lists of instances. */
	lists: string[];
	notes: string[];
}

/** What a list gives, and what it asked for. */
async function get(
	instances: ModelInstance[],
	versions: number[],
	{ limit, manner, status = ['runningOrSuspended'], ...values }: Record<string, any> & { manner?: Manner },
): Promise<Got> {
	const account = new ModelAccount(
		instances,
		versions.map((version) => definitionRow(version)),
		manner,
	);
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
	const criteria = [inDefinition(DEFINITION), ...criteriaOf(workflowFilters, { status, ...values })];
	const query = { definitionId: DEFINITION, isSimple: true, criteria };
	const outcome = await clock.finish(collect(query, limit, instanceList, client));
	if (outcome.kind === 'failed') throw new Error(outcome.error.reason);
	return {
		ids: outcome.value.rows.map(({ id }) => id),
		lists: account.requests.filter((path) => path.startsWith(LIST)).map((path) => path.slice(LIST.length)),
		notes: outcome.value.notes,
	};
}

/** The IDs in the promised order, each start at another moment. */
const newest = (instances: ModelInstance[], states = LIVE): string[] =>
	instances
		.filter(({ status }) => states.includes(status))
		.sort((a, b) => b.startedMs - a.startedMs)
		.map(({ workflowId }) => workflowId);

const DAY = 86_400_000;
const START = Date.UTC(2026, 0, 1);

it('asks for one status at a time, and for none where all are wanted', async () => {
	const instances = ALL.flatMap((status, index) =>
		instancesOf(1, { status, startedMs: START + index * DAY }),
	);
	const several = await get(instances, [1], { status: ['Suspended', 'Complete'] });
	expect(several.lists).toEqual([
		'?limit=500&version=1&status=Suspended',
		'?limit=500&version=1&status=Complete',
	]);
	expect(several.ids).toEqual(newest(instances, ['Suspended', 'Complete']));
	const all = await get(instances, [1], { status: ['runningOrSuspended', 'Complete', 'Terminated'] });
	expect(all.lists).toEqual(['?limit=500&version=1']);
	expect(all.ids).toEqual(newest(instances, ALL));
});

it('asks each further version once for all statuses when as many newer ones are known as are wanted', async () => {
	const instances = [
		...instancesOf(5, { version: 3, startedMs: START + DAY }),
		...instancesOf(5, { version: 2, startedMs: START }),
		...instancesOf(1, { version: 1, status: 'Suspended', startedMs: START + 2 * DAY }),
		...instancesOf(3, { version: 1, status: 'Complete', startedMs: START + 3 * DAY }),
	];
	const { ids, lists, notes } = await get(instances, [3, 2, 1], { limit: 4 });
	expect(ids).toEqual(newest(instances).slice(0, 4));
	expect(lists).toEqual([
		'?limit=4&version=3&status=Runnable',
		'?limit=4&version=3&status=Suspended',
		'?limit=500&version=2&startTimeFrom=2026-01-02T00%3A00%3A00.01Z',
		'?limit=500&version=1&startTimeFrom=2026-01-02T00%3A00%3A00.01Z',
	]);
	// What has ended was not asked for by a status, so nobody is to blame for it.
	expect(notes).toEqual([]);
});

it('asks by status after all where so many ended since then that one page is not enough', async () => {
	const instances = [
		...instancesOf(2, { version: 2, startedMs: START }),
		...instancesOf(700, { version: 1, status: 'Complete', startedMs: START + DAY }),
		...instancesOf(1, { version: 1, startedMs: START + DAY - 1000 }),
	];
	const { ids, lists } = await get(instances, [2, 1], { limit: 2 });
	expect(ids).toEqual(newest(instances).slice(0, 2));
	expect(lists.slice(2)).toEqual([
		'?limit=500&version=1&startTimeFrom=2026-01-01T00%3A00%3A00.00Z',
		'?limit=2&version=1&status=Runnable',
		'?limit=2&version=1&status=Suspended',
	]);
});

it('goes on below where it looked when rows are left out and more are needed', async () => {
	const instances = [
		...instancesOf(2, { version: 2, startedMs: START + DAY, intervalMs: 1 }),
		...instancesOf(3, { version: 1, startedMs: START }),
	];
	// 8x8 is asked for the whole hundredth of a second, and its second half is not wanted.
	const startTimeTo = START + DAY;
	instances[1]!.startedMs = startTimeTo + 10;
	const { ids } = await get(instances, [2, 1], {
		limit: 2,
		startTimeTo,
		manner: { overlooks: ['startTimeTo'] },
	});
	expect(ids).toEqual(newest(instances).slice(1, 3));
});

it('reads from each list only the pages that may have what is wanted', async () => {
	const instances = [
		...instancesOf(2_000, { version: 2, startedMs: START + DAY }),
		...instancesOf(2_000, { version: 1, startedMs: START }),
	];
	const { ids, lists } = await get(instances, [2, 1], { limit: 1_200, status: ['Runnable'] });
	expect(ids).toEqual(newest(instances).slice(0, 1_200));
	const of = (version: number): number => lists.filter((path) => path.includes(`version=${version}`)).length;
	expect([of(2), of(1)]).toEqual([3, 1]);
});

it('misses none of those that somebody suspends or resumes in bulk between two pages of a status', async () => {
	const instances = instancesOf(1_000);
	let lists = 0;
	const { ids } = await get(instances, [1], {
		manner: {
			// All are suspended once the first page of those that run was read.
			meanwhile: (rows) => ((lists += 1) === 1 ? rows.map((row) => ({ ...row, status: 'Suspended' })) : rows),
		},
	});
	expect(new Set(ids)).toEqual(new Set(newest(instances)));
});

it('reads on no list that repeats what another has, because 8x8 ignores what it is asked for', async () => {
	const instances = [
		...instancesOf(600, { version: 2, startedMs: START + DAY }),
		...instancesOf(600, { version: 1 }),
	];
	const { ids, lists } = await get(instances, [2, 1], { manner: { overlooks: ['version', 'status'] } });
	expect(ids).toEqual(newest(instances));
	expect(lists.length).toBeLessThanOrEqual(3 + 3);
});

it('puts a list in order that 8x8 gives in another one', async () => {
	const instances = [
		...instancesOf(30, { version: 2, intervalMs: 2_000 }),
		...instancesOf(30, { version: 1, intervalMs: 3_000 }),
	];
	const { ids } = await get(instances, [2, 1], { limit: 20, manner: { oldestFirst: true } });
	expect(ids).toEqual(newest(instances).slice(0, 20));
});

it('gives the first of the whole list for any limit, in the promised order', async () => {
	const instance = fc.record({
		version: fc.integer({ min: 1, max: 4 }),
		status: fc.constantFrom(...ALL),
		second: fc.integer({ min: 0, max: 3_000 }),
	});
	await fc.assert(
		fc.asyncProperty(
			fc.uniqueArray(instance, { maxLength: 60, selector: ({ second }) => second }),
			fc.option(fc.integer({ min: 1, max: 40 }), { nil: undefined }),
			fc.constantFrom<Manner>({}, { offset: 'item' }, { cap: 100 }),
			async (given, limit, manner) => {
				const instances = given.map(({ version, status, second }, index) => ({
					workflowId: `w${index}`,
					version,
					status,
					startedMs: START + second * 1000,
				}));
				const { ids, lists } = await get(instances, [4, 3, 2, 1], { limit, manner });
				expect(ids).toEqual(newest(instances).slice(0, limit));
				expect(lists.length).toBeLessThanOrEqual(4 * 3);
			},
		),
		{ numRuns: 300 },
	);
});
