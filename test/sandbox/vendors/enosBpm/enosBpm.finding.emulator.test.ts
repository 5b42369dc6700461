import type { Answer } from '../../support.ts';
import { useEnosBpm, VALID } from './client.ts';

const DAY_MS = 86_400_000;
const START = Date.UTC(2024, 0, 1);

describe('EnOS BPM emulator: finding', () => {
	const { vendor, query, ids, read, terminate } = useEnosBpm();
	const { seed, one, configure } = vendor;
	const list = async (token = VALID, pagination: object = {}): Promise<Answer> =>
		await query({ processStatus: 'inProgress', pagination }, token);

	describe('processes that end while a client pages', () => {
		it('counts only those that still run', async () => {
			seed(1, { ids: ['ended'], state: 'terminated', createdTime: START });
			seed(1, { ids: ['running'], createdTime: START + DAY_MS });
			configure({ finishPerPage: 1, dropFilters: ['processStatus'] });
			await ids({});
			configure({ finishPerPage: 0, dropFilters: [] });
			expect(await ids({ processStatus: 'completed' })).toEqual(['running']);
		});
	});

	it('seeds instances at intervals, the last one now unless told otherwise', async () => {
		const before = Date.now();
		const times = async (): Promise<number[]> =>
			(await list(VALID, { sorts: [{ field: 'createdTime' }] })).json.data.processInstances.map(
				(row: { createdTime: number }) => row.createdTime,
			);
		seed(3, { intervalMs: DAY_MS });
		const [first = 0, second = 0, last = 0] = await times();
		expect(last).toBeGreaterThanOrEqual(before);
		expect(last).toBeLessThanOrEqual(Date.now());
		expect([second - first, last - second]).toEqual([DAY_MS, DAY_MS]);
	});

	describe('the right to read', () => {
		it('is not tied to the right to terminate', async () => {
			const id = one();
			const { json } = await list('sandbox-user-token-without-right');
			expect(json.data.processInstances).toMatchObject([{ id, terminable: false }]);
		});

		it.each<[number, object]>([
			[33403, { code: 33403, data: null }],
			[99403, { code: 99403, requestId: expect.any(String), data: null }],
		])('is refused with %i by switch, for lists and single instances', async (refusal, expected) => {
			const id = one();
			configure({ read: refusal });
			expect((await list()).json).toMatchObject(expected);
			expect((await read(id)).json).toMatchObject(expected);
			configure({ errorHttpStatus: 'mapped' });
			expect((await list()).status).toBe(403);
			expect((await terminate(id)).json.data).toBe(true);
		});
	});
});
