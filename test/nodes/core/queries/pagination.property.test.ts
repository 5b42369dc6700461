import fc from 'fast-check';

import { idsOf, ListVendor, rowsOf } from './listVendor';

/** What happens between two pages: rows at these places vanish, and so many come at the end. */
const turn = fc.record({
	vanish: fc.array(fc.nat(60), { maxLength: 6 }),
	come: fc.nat(4),
});

it('lists each row that was there all along, once, whatever goes and comes between the pages', async () => {
	await fc.assert(
		fc.asyncProperty(
			fc.nat(60),
			fc.integer({ min: 1, max: 9 }),
			fc.integer({ min: 1, max: 4 }),
			fc.array(turn, { maxLength: 80 }),
			async (count, pageSize, pagesPerRequest, turns) => {
				const rows = rowsOf(count);
				const before = rows.map(({ id }) => id);
				let next = 0;
				const vendor = new ListVendor(rows, {
					pageSize,
					pagesPerRequest,
					meanwhile: (all, page) => {
						// What goes before the first page was never there.
						const { vanish = [], come = 0 } = page === 1 ? {} : (turns.shift() ?? {});
						for (const index of vanish) if (index < all.length) all.splice(index, 1);
						for (let n = 0; n < come; n += 1) all.push({ id: `new${next++}` });
					},
				});
				const listed = idsOf(await vendor.list());
				const stayed = new Set(rows.map(({ id }) => id));
				expect(before.filter((id) => stayed.has(id) && !listed.includes(id))).toEqual([]);
				expect(new Set(listed).size).toBe(listed.length);
			},
		),
		{ numRuns: 300 },
	);
});
