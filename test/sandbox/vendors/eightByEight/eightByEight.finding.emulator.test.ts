import type { JsonObject } from '../../core/emulator.ts';
import type { VendorListener } from '../../core/listener.ts';
import { ask, startAlone } from '../../support.ts';
import type { Answer } from '../../support.ts';
import { createEightByEight } from './index.ts';

const DEFINITION = '5870442f-3ddd-4657-b74c-6e17308f5230';
const id = (number: number): string => `0b6d4a9e-1111-4222-8333-${String(number).padStart(12, '0')}`;

describe('8x8 emulator: finding', () => {
	let listener: VendorListener;

	beforeAll(async () => {
		listener = await startAlone(createEightByEight());
	});
	afterAll(async () => await listener.app.close());
	beforeEach(() => listener.emulator.reset());

	const configure = (switches: JsonObject): void => listener.emulator.configure(switches);
	const seed = (count: number, options: JsonObject = {}): string[] => listener.emulator.seed(count, options);
	const get = async (path: string): Promise<Answer> => {
		const data = listener.emulator.credentials(listener.origin)['eightByEightAutomationApi'] ?? {};
		const { baseUrl, accountId, apiKey } = data as Record<string, string>;
		return await ask(`${baseUrl}/api/v1/accounts/${accountId}${path}`, {
			headers: { authorization: `Bearer ${apiKey}` },
		});
	};
	const list = async (query = ''): Promise<string[]> =>
		(await get(`/definitions/${DEFINITION}/workflows${query}`)).json.map(
			(row: { workflowId: string }) => row.workflowId,
		);

	describe('filters that are overlooked', () => {
		let all: Record<'older' | 'suspended' | 'newest', string>;

		beforeEach(() => {
			const at = (startedAt: string, more: JsonObject = {}): string =>
				seed(1, { startedAt, ...more })[0] ?? '';
			all = {
				older: at('2024-01-01T00:00:00Z', { version: 1 }),
				suspended: at('2024-01-02T00:00:00Z', { state: 'Suspended' }),
				newest: at('2024-01-03T00:00:00Z'),
			};
		});

		it.each<[string, string, Array<keyof typeof all>, Array<keyof typeof all>]>([
			['status', '?status=Suspended', ['suspended'], ['newest', 'suspended']],
			['startTimeFrom', '?startTimeFrom=2024-01-03', ['newest'], ['newest', 'suspended']],
			['startTimeTo', '?startTimeTo=2024-01-02', ['suspended'], ['newest', 'suspended']],
			['version', '?version=1', ['older'], ['newest', 'suspended', 'older']],
			['version', '?version=2', ['newest', 'suspended'], ['newest', 'suspended', 'older']],
			['version', '?version=7', [], ['newest', 'suspended', 'older']],
			['version', '?version=1&status=Suspended', [], ['suspended']],
			['*', '?version=1&status=Suspended', [], ['newest', 'suspended', 'older']],
		])('%s in %s', async (name, query, obeyed, overlooked) => {
			expect(await list(query)).toEqual(obeyed.map((key) => all[key]));
			configure({ dropFilters: [name] });
			expect(await list(query)).toEqual(overlooked.map((key) => all[key]));
		});

		it('leaves limit and offset as they are asked for', async () => {
			configure({ dropFilters: ['*'], offsetMode: 'item' });
			expect(await list('?version=1&limit=1&offset=2')).toEqual([all.older]);
		});
	});

	describe('workflows that change while a client pages', () => {
		it.each([
			['page', 1],
			['item', 2],
		])(
			'ends the newest, so that the next page skips some (offset counts %ss)',
			async (offsetMode, offset) => {
				const newestFirst = seed(6).reverse();
				configure({ offsetMode, betweenPages: 'finish', changesPerPage: 2 });
				expect(await list('?status=Runnable&limit=2')).toEqual(newestFirst.slice(0, 2));
				expect(await list(`?status=Runnable&limit=2&offset=${offset}`)).toEqual(newestFirst.slice(4, 6));
			},
		);

		it('starts some, so that the next page repeats some', async () => {
			const newestFirst = seed(4).reverse();
			configure({ offsetMode: 'item', betweenPages: 'start', changesPerPage: 2 });
			expect(await list('?limit=2')).toEqual(newestFirst.slice(0, 2));
			expect(await list('?limit=2&offset=2')).toEqual(newestFirst.slice(0, 2));
		});

		it('ends those of all versions when the version is overlooked', async () => {
			seed(1, { version: 1 });
			configure({ dropFilters: ['version'], betweenPages: 'finish' });
			expect(await list('?status=Runnable')).toHaveLength(1);
			expect(await list('?status=Runnable')).toEqual([]);
		});

		it.each([0, 1.5, '2'])('refuses %j changes', (changesPerPage) => {
			expect(() => configure({ changesPerPage })).toThrow('changesPerPage');
		});
	});

	describe('definitions', () => {
		const names = async (query: string): Promise<string[]> =>
			(await get(`/definitions${query}`)).json.map(
				(row: { definition: { name: string } }) => row.definition.name,
			);
		const many = Array.from({ length: 250 }, (_, index) => ({ id: id(index), name: `Definition ${index}` }));

		it.each([
			['page', 100, [1, 2, 3]],
			['item', 100, [100, 200, 300]],
		] as const)('come page by page where offset counts %ss', async (offsetMode, limit, offsets) => {
			seed(0, { definitions: many });
			configure({ offsetMode });
			const pages = [await names(`?limit=${limit}`)];
			for (const offset of offsets) pages.push(await names(`?limit=${limit}&offset=${offset}`));
			expect(pages.map(({ length }) => length)).toEqual([100, 100, 52, 0]);
			expect(pages.flat().slice(2)).toEqual(many.map(({ name }) => name));
		});

		it('may share a name, be disabled, and have runs in old versions', async () => {
			const twin = { name: 'Twin' };
			seed(0, {
				definitions: [
					{ id: id(1), ...twin },
					{ id: id(2), ...twin, version: 1 },
					{ id: id(2), ...twin, version: 3 },
					{ id: id(3), name: 'Off', status: 'disabled' },
				],
			});
			const [old] = seed(1, { definitionId: id(2), version: 1 });
			const listed = (await names('')).slice(2);
			expect(listed).toEqual(['Twin', 'Twin']);
			expect((await get(`/definitions/${id(2)}/workflows`)).json).toEqual([]);
			expect((await get(`/definitions/${id(2)}/workflows?version=1`)).json).toMatchObject([
				{ workflowId: old },
			]);
			configure({ listDisabled: true });
			expect((await names('')).slice(2)).toEqual(['Twin', 'Twin', 'Off']);
		});

		it.each<JsonObject>([
			{ definitions: [{ name: 'without an ID' }] },
			{ definitions: {} },
			{ definitions: [{ id: id(1), colour: 'red' }] },
		])('refuse the seed %j', (options) => {
			expect(() => seed(0, options)).toThrow('8x8 seed option definitions cannot be');
		});
	});

	it('keeps the data it is given beside what every workflow has', async () => {
		const payload = { user: { msisdn: '+0000000000', name: 'Jane Doe' } };
		const [workflow = ''] = seed(1, { data: { payload, orderId: 7 } });
		const { json } = await get(`/definitions/${DEFINITION}/workflows/${workflow}`);
		expect(json.data).toEqual({
			payload,
			orderId: 7,
			accountId: 'test_account_id',
			subAccountId: 'test_subaccount_id',
			triggeredAt: expect.stringMatching(/\.\d{7}Z$/),
		});
		expect(() => seed(1, { data: 'text' })).toThrow('data cannot be "text"');
	});
});
