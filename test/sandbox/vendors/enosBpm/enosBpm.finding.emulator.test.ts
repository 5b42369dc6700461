import type { JsonObject } from '../../core/emulator.ts';
import type { VendorListener } from '../../core/listener.ts';
import { ask, startAlone } from '../../support.ts';
import type { Answer } from '../../support.ts';
import { createEnosBpm } from './index.ts';

const INSTANCES = '/enos-bpm-service/v2.0/work/process-instances';
const DAY_MS = 86_400_000;
const START = Date.UTC(2024, 0, 1);
const USER_TWO = 'u10000000000000002';

describe('EnOS BPM emulator: finding', () => {
	let vendor: VendorListener;

	beforeAll(async () => {
		vendor = await startAlone(createEnosBpm());
	});
	afterAll(async () => await vendor.app.close());
	beforeEach(() => vendor.emulator.reset());

	const configure = (switches: JsonObject): void => vendor.emulator.configure(switches);
	const tokenOf = (key: string): string =>
		String(vendor.emulator.credentials(vendor.origin)[key]?.['accessToken']);
	const send = async (path: string, body?: object, key = 'accessToken'): Promise<Answer> =>
		await ask(vendor.origin + INSTANCES + path, {
			headers: { authorization: `Bearer ${tokenOf(key)}`, 'content-type': 'application/json' },
			...(body && { method: 'POST', body: JSON.stringify(body) }),
		});
	const query = async (filters: object, pagination: object = {}, key?: string): Promise<Answer> =>
		await send('/queryList', { processStatus: 'inProgress', ...filters, pagination }, key);
	const ids = async (filters: object, pagination?: object): Promise<string[]> =>
		(await query(filters, pagination)).json.data.processInstances.map((row: { id: string }) => row.id);

	describe('filters that are overlooked', () => {
		beforeEach(() => {
			vendor.emulator.seed(1, { ids: ['a'], name: 'Leave', createdTime: START });
			vendor.emulator.seed(1, {
				ids: ['b'],
				name: 'Travel',
				createdTime: START + DAY_MS,
				startedBy: USER_TWO,
			});
			vendor.emulator.seed(1, { ids: ['c'], name: 'Travel', createdTime: START + 2 * DAY_MS });
			vendor.emulator.seed(1, { ids: ['d'], name: 'Travel', state: 'completed', createdTime: START });
		});

		it.each<[string, object, string[], string[]]>([
			['processName', { processName: 'Leave' }, ['a'], ['a', 'b', 'c']],
			['startBy', { startBy: USER_TWO }, ['b'], ['a', 'b', 'c']],
			['processInstanceId', { processInstanceId: 'c' }, ['c'], ['a', 'b', 'c']],
			['startedAfter', { startedAfter: START }, ['b', 'c'], ['a', 'b', 'c']],
			['startedBefore', { startedBefore: START + DAY_MS }, ['a'], ['a', 'b', 'c']],
			['processStatus', { processName: 'Travel' }, ['b', 'c'], ['b', 'c', 'd']],
			['*', { processName: 'Leave', startBy: USER_TWO }, [], ['a', 'b', 'c', 'd']],
		])('%s', async (name, filters, read, overlooked) => {
			expect(await ids(filters)).toEqual(read);
			configure({ dropFilters: [name] });
			expect(await ids(filters)).toEqual(overlooked);
		});

		it('leaves the pages as they are asked for', async () => {
			configure({ dropFilters: ['*'] });
			expect(await ids({}, { current: 1, pageSize: 3 })).toEqual(['d']);
		});
	});

	describe('processes that end while a client pages', () => {
		it('completes the oldest found after each answer, so that the next page skips some', async () => {
			const seeded = vendor.emulator.seed(6, { createdTime: START, intervalMs: 1000 });
			const page = async (current: number): Promise<string[]> => await ids({}, { current, pageSize: 2 });
			configure({ finishPerPage: 2 });
			expect(await page(0)).toEqual(seeded.slice(0, 2));
			expect(await page(1)).toEqual(seeded.slice(4, 6));
			configure({ finishPerPage: 0 });
			expect(await ids({})).toEqual(seeded.slice(4));
			expect(await ids({ processStatus: 'completed' })).toEqual(seeded.slice(0, 4));
		});

		it('counts only those that still run', async () => {
			vendor.emulator.seed(1, { ids: ['ended'], state: 'terminated', createdTime: START });
			vendor.emulator.seed(1, { ids: ['running'], createdTime: START + DAY_MS });
			configure({ finishPerPage: 1, dropFilters: ['processStatus'] });
			await ids({});
			configure({ finishPerPage: 0, dropFilters: [] });
			expect(await ids({ processStatus: 'completed' })).toEqual(['running']);
		});

		it('lets alone what was not asked for', async () => {
			vendor.emulator.seed(1, { ids: ['old'], name: 'Leave', createdTime: START });
			vendor.emulator.seed(1, { ids: ['new'], name: 'Travel', createdTime: START + DAY_MS });
			configure({ finishPerPage: 5 });
			await ids({ processName: 'Travel' });
			expect(await ids({})).toEqual(['old']);
		});
	});

	it('seeds instances at intervals, the last one now unless told otherwise', async () => {
		const before = Date.now();
		const times = async (): Promise<number[]> =>
			(await query({}, { sorts: [{ field: 'createdTime' }] })).json.data.processInstances.map(
				(row: { createdTime: number }) => row.createdTime,
			);
		vendor.emulator.seed(3, { intervalMs: DAY_MS });
		const [first = 0, second = 0, last = 0] = await times();
		expect(last).toBeGreaterThanOrEqual(before);
		expect(last).toBeLessThanOrEqual(Date.now());
		expect([second - first, last - second]).toEqual([DAY_MS, DAY_MS]);
		expect(() => vendor.emulator.seed(1, { intervalMs: -1 })).toThrow('intervalMs');
		expect(() => vendor.emulator.seed(1, { ids: ['same', 'same'] })).toThrow('instance same');
	});

	describe('the right to read', () => {
		it('is not tied to the right to terminate', async () => {
			const [id = ''] = vendor.emulator.seed(1, {});
			const { json } = await query({}, {}, 'accessTokenWithoutRight');
			expect(json.data.processInstances).toMatchObject([{ id, terminable: false }]);
		});

		it.each<[number, object]>([
			[33403, { code: 33403, data: null }],
			[99403, { code: 99403, requestId: expect.any(String), data: null }],
		])('is refused with %i by switch, for lists and single instances', async (read, expected) => {
			const [id = ''] = vendor.emulator.seed(1, {});
			configure({ read });
			expect((await query({})).json).toMatchObject(expected);
			expect((await send(`?processInstanceId=${id}`)).json).toMatchObject(expected);
			configure({ errorHttpStatus: 'mapped' });
			expect((await query({})).status).toBe(403);
			const reason = { deleteReason: 'reason' };
			expect((await send(`?action=delete&processInstanceId=${id}`, reason)).json.data).toBe(true);
		});
	});
});
