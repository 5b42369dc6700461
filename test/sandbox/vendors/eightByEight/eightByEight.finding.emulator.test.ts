import { DEFINITION, idsIn, useEightByEight } from './client.ts';

const id = (number: number): string => `0b6d4a9e-1111-4222-8333-${String(number).padStart(12, '0')}`;

describe('8x8 emulator: finding', () => {
	const { vendor, get, list } = useEightByEight();
	const { seed, configure } = vendor;
	const idsOf = async (query: string): Promise<string[]> => idsIn(await list(query));

	describe('workflows that change while a client pages', () => {
		it('starts some, so that the next page repeats some', async () => {
			const newestFirst = seed(4).reverse();
			configure({ offsetMode: 'item', betweenPages: 'start', changesPerPage: 2 });
			expect(await idsOf('?limit=2')).toEqual(newestFirst.slice(0, 2));
			expect(await idsOf('?limit=2&offset=2')).toEqual(newestFirst.slice(0, 2));
		});

		it('ends those of all versions when the version is overlooked', async () => {
			seed(1, { version: 1 });
			configure({ dropFilters: ['version'], betweenPages: 'finish' });
			expect(await idsOf('?status=Runnable')).toHaveLength(1);
			expect(await idsOf('?status=Runnable')).toEqual([]);
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

		it('come in their latest version, or in all of them', async () => {
			const versions = async (): Promise<unknown[]> =>
				(await get('/definitions')).json.map(
					({ definition }: { definition: { name: string; version: number } }) => [
						definition.name,
						definition.version,
					],
				);
			const [delayed, feedback] = ['Send automatic reply with a delay', 'Ask for feedback'];
			expect(await versions()).toEqual([
				[delayed, 2],
				[feedback, 2],
			]);
			configure({ listedVersions: 'all' });
			expect(await versions()).toEqual([
				[delayed, 2],
				[delayed, 1],
				[feedback, 2],
				[feedback, 1],
			]);
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
	});
});
