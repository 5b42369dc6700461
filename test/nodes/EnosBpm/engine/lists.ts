import type { IDataObject } from 'n8n-workflow';

import { runNode } from '../../../engine/engine';
import { credentialsOf, requestsTo, useVendor } from '../../../engine/sandboxes';
import { createEnosBpm } from '../../../sandbox/vendors/enosBpm/index.ts';
import { TYPE } from '../harness';

const HOUR = 3_600_000;
const NOON = Date.UTC(2026, 6, 1, 12);

describe('what only lists of EnOS have', () => {
	const vendor = useVendor(createEnosBpm);

	const list = async (filters: IDataObject = {}, more: IDataObject = {}) => {
		const { success, error } = await runNode({
			node: 'enosBpm',
			parameters: {
				resource: 'processInstance',
				operation: 'getAll',
				returnAll: true,
				filters,
				...more,
			},
			credentials: { [TYPE]: credentialsOf(vendor, TYPE) },
		});
		expect(error).toBeUndefined();
		return success.map(({ json }) => json);
	};
	const queries = () =>
		requestsTo(vendor, 'POST', 'queryList').map(({ body }) => JSON.parse(body) as IDataObject);
	const looks = () => requestsTo(vendor, 'GET', 'work/process-instances');

	it('thin rows are read one by one, and filtered by what they say then', async () => {
		const [mine] = vendor.emulator.seed(1, { startedBy: 'u10000000000000002' });
		vendor.emulator.seed(4, { startedBy: 'u10000000000000001' });
		vendor.emulator.configure({ listRow: 'firstFields', dropFilters: ['startBy'] });
		const rows = await list({ startBy: 'u10000000000000002' });
		expect(rows).toEqual([expect.objectContaining({ id: mine, state: 'inProgress', terminable: true })]);
		expect(looks()).toHaveLength(5);
	});

	it('with a limit, no more thin rows are read than it takes', async () => {
		vendor.emulator.seed(30, {});
		vendor.emulator.configure({ listRow: 'firstFields' });
		expect(await list({}, { returnAll: false, limit: 6 })).toHaveLength(6);
		expect(looks()).toHaveLength(6);
	});

	it.each(['epochMs', 'digits', 'iso'])('times are understood as %s', async (timestamps) => {
		const [old] = vendor.emulator.seed(1, { createdTime: NOON - HOUR });
		vendor.emulator.seed(1, { createdTime: NOON + HOUR });
		vendor.emulator.configure({ timestamps });
		const rows = await list({ startedBefore: '2026-07-01T12:00:00Z' });
		expect(rows).toEqual([expect.objectContaining({ id: old, createdTime: '2026-07-01T11:00:00.000Z' })]);
		expect(queries().at(-1)).toMatchObject({ startedBefore: NOON });
	});

	it('a server that caps its pages and does not tell the total is read to its end', async () => {
		const seeded = vendor.emulator.seed(25, {});
		vendor.emulator.configure({ omitTotal: true, maxPageSize: 10 });
		expect((await list()).map(({ id }) => id).sort()).toEqual([...seeded].sort());
	});

	it('what has ended is listed on request, with its state', async () => {
		vendor.emulator.seed(2, {});
		const [ended] = vendor.emulator.seed(1, { state: 'terminated' });
		const [done] = vendor.emulator.seed(1, { state: 'completed' });
		for (const [processStatus, id] of [
			['terminated', ended],
			['completed', done],
		]) {
			expect(await list({ processStatus: processStatus! })).toEqual([
				expect.objectContaining({ id, state: processStatus, terminable: false }),
			]);
		}
	});

	it('oldest come first', async () => {
		vendor.emulator.seed(5, { intervalMs: HOUR });
		const times = (await list()).map(({ createdTime }) => createdTime);
		expect(times).toEqual([...times].sort());
	});

	it('the list is no place for the profiles of people', async () => {
		vendor.emulator.seed(1, {});
		expect(JSON.stringify(await list())).not.toMatch(/@|privileges|groups/);
	});
});
