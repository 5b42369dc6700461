import type { IDataObject } from 'n8n-workflow';

import { runNode } from '../../../engine/engine';
import { credentialsOf, requestsTo, useVendor } from '../../../engine/sandboxes';
import { createEnosBpm } from '../../../sandbox/vendors/enosBpm/index.ts';
import { TYPE } from '../harness';

const HOUR = 3_600_000;
const NOON = Date.UTC(2026, 6, 1, 12);

describe('what only lists of EnOS have', () => {
	const vendor = useVendor(createEnosBpm);

	const run = async (filters: IDataObject = {}, more: IDataObject = {}) =>
		await runNode({
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
	const list = async (filters: IDataObject = {}, more: IDataObject = {}) => {
		const { success, error } = await run(filters, more);
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

	it.each(['completed', 'terminated'])(
		'%s ones whose row lacks the time of their end are read one by one',
		async (state) => {
			const ids = vendor.emulator.seed(3, { state });
			vendor.emulator.seed(2, {});
			vendor.emulator.configure({ listRow: 'withoutEndTimes' });
			const rows = await list({ processStatus: state });
			expect(rows.map(({ id, state: shown }) => [id, shown])).toEqual(ids.map((id) => [id, state]));
			expect(looks()).toHaveLength(3);
		},
	);

	it('those in progress are what EnOS lists as such, where rows lack both times', async () => {
		const ids = vendor.emulator.seed(3, {});
		vendor.emulator.configure({ listRow: 'withoutEndTimes' });
		expect((await list()).map(({ id }) => id)).toEqual(ids);
		expect(looks()).toEqual([]);
	});

	it('a row that may not be read is left out, and a note says so', async () => {
		const [mine] = vendor.emulator.seed(1, {});
		vendor.emulator.seed(2, { startedBy: 'u10000000000000002' });
		vendor.emulator.configure({ listRow: 'firstFields', read: 'ownOnly' });
		const { success, error, run: result } = await run();
		const hints = result.data.resultData.runData['Node']?.at(-1)?.hints?.map(({ message }) => message);
		expect(error).toBeUndefined();
		expect(success.map(({ json }) => json['id'])).toEqual([mine]);
		expect(hints).toEqual([
			expect.stringMatching(
				/^EnOS BPM lists 2 process instances that this account is not allowed to read in full\. They were left out\.$/,
			),
		]);
	});

	it('a list without rows may be null', async () => {
		vendor.emulator.configure({ emptyList: 'null' });
		expect(await list()).toEqual([]);
	});

	it.each<[string, IDataObject]>([
		['the name of the definition', { processDefinition: 'Pump Repair' }],
		['the key of the definition', { processDefinition: 'pump-repair' }],
		['a part of the name, in any case', { nameContains: 'PUMP 7' }],
		['what can be terminated', { terminable: true, processDefinition: 'Pump Repair' }],
	])('%s is a filter, tested here and not sent', async (_name, filters) => {
		const [wanted] = vendor.emulator.seed(1, {
			definitionId: 'd-1',
			definitionName: 'Pump Repair',
			name: 'Repair of pump 7',
		});
		vendor.emulator.seed(1, { name: 'Repair of fan 8' });
		vendor.emulator.seed(1, { definitionId: 'd-1', name: 'Repair of pump 9', terminable: false });
		const rows = await list(filters);
		const first = rows.map(({ id }) => id);
		expect(first[0]).toBe(wanted);
		expect(first).toHaveLength('processDefinition' in filters && !('terminable' in filters) ? 2 : 1);
		const { pagination: _pagination, ...sent } = queries()[0] ?? {};
		expect(sent).toEqual({ processStatus: 'inProgress' });
	});

	it('what cannot be terminated is listed on request', async () => {
		vendor.emulator.seed(2, {});
		const [fixed] = vendor.emulator.seed(1, { terminable: false });
		expect((await list({ terminable: false })).map(({ id }) => id)).toEqual([fixed]);
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
