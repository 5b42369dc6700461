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
			async (count, pageSize, pagesPerRequest, allTurns) => {
				const rows = rowsOf(count);
				const turns = [...allTurns];
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
				const answer = await vendor.list();
				// Where as many come as go, its count may seem wrong.
				if (answer.kind === 'failed') {
					expect(answer.error.reason).toContain('but stopped listing after');
					return;
				}
				const listed = idsOf(answer);
				const stayed = new Set(rows.map(({ id }) => id));
				expect(before.filter((id) => stayed.has(id) && !listed.includes(id))).toEqual([]);
				expect(new Set(listed).size).toBe(listed.length);
			},
		),
		{ numRuns: 300 },
	);
});

it('never passes half a list for a whole one, whatever the vendor says about its length', async () => {
	await fc.assert(
		fc.asyncProperty(
			fc.nat(60),
			fc.integer({ min: 1, max: 9 }),
			fc.integer({ min: 1, max: 4 }),
			fc.option(fc.nat(100), { nil: undefined }),
			fc.option(fc.integer({ min: 1, max: 80 }), { nil: undefined }),
			fc.uniqueArray(fc.nat(8), { maxLength: 2 }),
			fc.boolean(),
			async (count, pageSize, pagesPerRequest, falseTotal, limit, blank, stuck) => {
				const rows = rowsOf(count);
				const vendor = new ListVendor(rows, {
					pageSize,
					pagesPerRequest,
					stuck,
					isBlank: (page) => blank.includes(page),
					...(falseTotal !== undefined && { falseTotal }),
				});
				const answer = await vendor.list({}, limit);
				expect(vendor.requests.length).toBeLessThan(3 * count + 130);
				if (answer.kind === 'failed') return;
				const { rows: listed, notes } = answer.value;
				const isWhole = listed.length === Math.min(count, limit ?? count);
				// A vendor whose total is what it lists hides the rest, and nobody can know.
				const claimed = falseTotal ?? count;
				if (!isWhole && notes.length === 0) expect(claimed).toBeLessThanOrEqual(listed.length);
			},
		),
		{ numRuns: 1_000 },
	);
});

it('suspects no honest vendor of hiding rows that end while it is read', async () => {
	await fc.assert(
		fc.asyncProperty(
			fc.nat(60),
			fc.integer({ min: 1, max: 9 }),
			fc.integer({ min: 1, max: 4 }),
			fc.option(fc.integer({ min: 1, max: 80 }), { nil: undefined }),
			fc.array(fc.array(fc.nat(60), { maxLength: 6 }), { maxLength: 40 }),
			async (count, pageSize, pagesPerRequest, limit, allTurns) => {
				const turns = [...allTurns];
				const vendor = new ListVendor(rowsOf(count), {
					pageSize,
					pagesPerRequest,
					meanwhile: (all, page) => {
						for (const index of page === 1 ? [] : (turns.shift() ?? []))
							if (index < all.length) all.splice(index, 1);
					},
				});
				const answer = await vendor.list({}, limit);
				expect(answer).toMatchObject({ kind: 'found', value: { notes: [] } });
			},
		),
		{ numRuns: 1_000 },
	);
});
