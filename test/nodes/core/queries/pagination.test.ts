import type { TransportFault } from '../../../../nodes/core/http/transport';
import type { ReadOutcome } from '../../../../nodes/core/http/readRequest';
import type { Listed } from '../../../../nodes/core/queries/collect';
import { idsOf, ListVendor, rowsOf } from './listVendor';

describe('all of a list that says how long it is', () => {
	it.each([
		[0, ['/list?0']],
		[1, ['/list?0']],
		// Behind a full page there may be more, whatever the total says.
		[10, ['/list?0', '/list?1', '/list?0']],
		[11, ['/list?0', '/list?1', '/list?0']],
		[35, ['/list?0', '/list?3', '/list?2', '/list?1', '/list?0']],
	])('%i rows are read backwards, and the first page again', async (count, requests) => {
		const vendor = new ListVendor(rowsOf(count));
		expect(idsOf(await vendor.list()).sort()).toEqual(rowsOf(count).map(({ id }) => id));
		expect(vendor.requests).toEqual(requests);
	});

	it('several pages travel in one request where the vendor takes that', async () => {
		const vendor = new ListVendor(rowsOf(95), { pagesPerRequest: 4 });
		expect(idsOf(await vendor.list())).toHaveLength(95);
		expect(vendor.requests).toEqual(['/list?0', '/list?9&8&7&6', '/list?5&4&3&2', '/list?1&0']);
	});

	it('several pages travel in one request when the list is read again, too', async () => {
		const vendor = new ListVendor(rowsOf(500), { growsAnywhere: true, pagesPerRequest: 50 });
		expect(idsOf(await vendor.list({}, 1000))).toHaveLength(500);
		expect(vendor.requests.length).toBeLessThan(6);
	});

	describe('where several pages take too long', () => {
		const LATE: TransportFault = {
			maybeSent: true,
			stopsRun: false,
			timedOut: true,
			reason: 'no response arrived in time',
			hint: '',
		};

		it.each([
			['no answer', LATE],
			['HTTP 504', { status: 504, text: '<html></html>' }],
			['HTTP 408', { status: 408, text: '' }],
		])('they are asked for in smaller requests, and so from then on: %s', async (_name, late) => {
			const answers = [undefined, late, late];
			const vendor = new ListVendor(rowsOf(155), { pagesPerRequest: 8 }, answers);
			expect(new Set(idsOf(await vendor.list())).size).toBe(155);
			expect(vendor.requests).toEqual([
				'/list?0',
				'/list?15&14&13&12&11&10&9&8',
				'/list?15&14&13&12',
				'/list?15&14',
				'/list?13&12',
				'/list?11&10',
				'/list?9&8',
				'/list?7&6',
				'/list?5&4',
				'/list?3&2',
				'/list?1&0',
			]);
		});

		it('a part of a list is read so too', async () => {
			const vendor = new ListVendor(rowsOf(200), { pagesPerRequest: 4 }, [undefined, LATE]);
			expect(idsOf(await vendor.list({}, 75))).toEqual(rowsOf(75).map(({ id }) => id));
			expect(vendor.requests).toEqual([
				'/list?0',
				'/list?1&2&3&4',
				'/list?1&2',
				'/list?3&4',
				'/list?5&6',
				'/list?7',
			]);
		});

		it('one page alone is asked for again as often as any', async () => {
			const answers = [undefined, LATE, LATE, LATE, LATE, LATE, LATE];
			const vendor = new ListVendor(rowsOf(25), { pagesPerRequest: 2 }, answers);
			expect(await vendor.list()).toMatchObject({
				kind: 'failed',
				error: { reason: 'no response arrived in time' },
			});
			expect(vendor.requests).toEqual(['/list?0', '/list?2&1', ...Array<string>(5).fill('/list?2')]);
		});

		it('other trouble of theirs is waited out', async () => {
			const vendor = new ListVendor(rowsOf(35), { pagesPerRequest: 4 }, [undefined, { status: 503 }]);
			expect(idsOf(await vendor.list())).toHaveLength(35);
			expect(vendor.requests).toEqual(['/list?0', '/list?3&2&1&0', '/list?3&2&1&0']);
		});
	});

	it('a vendor that caps its pages is read by the pages it gives', async () => {
		const vendor = new ListVendor(rowsOf(25), { cap: 4 });
		expect(new Set(idsOf(await vendor.list())).size).toBe(25);
		expect(vendor.requests).toHaveLength(8);
	});

	it('rows that vanish before the page that is read next cost none of the others', async () => {
		const rows = rowsOf(40);
		// A forward walk would lose five rows with each page.
		const vendor = new ListVendor(rows, { meanwhile: (all, page) => page > 1 && all.splice(0, 5) });
		const listed = idsOf(await vendor.list());
		expect(rows.filter(({ id }) => !listed.includes(id))).toEqual([]);
		expect(new Set(listed).size).toBe(listed.length);
	});

	it('that has lost all its rows after the first page is not refused', async () => {
		const vendor = new ListVendor(rowsOf(20), { meanwhile: (all, page) => page > 1 && all.splice(0) });
		expect(idsOf(await vendor.list())).toEqual(rowsOf(10).map(({ id }) => id));
	});
});

describe('all of a list that does not say how long it is', () => {
	it.each([0, 1, 10, 11, 35])('%i rows', async (count) => {
		const vendor = new ListVendor(rowsOf(count), { omitTotal: true });
		expect(idsOf(await vendor.list()).sort()).toEqual(rowsOf(count).map(({ id }) => id));
	});

	it('is read again until nothing new turns up', async () => {
		const rows = rowsOf(40);
		const vendor = new ListVendor(rows, {
			omitTotal: true,
			meanwhile: (all, page) => page > 1 && page < 4 && all.splice(0, 5),
		});
		const listed = idsOf(await vendor.list());
		expect(rows.filter(({ id }) => !listed.includes(id))).toEqual([]);
	});

	it('that is empty is known by its first page', async () => {
		const vendor = new ListVendor([], { omitTotal: true });
		expect(idsOf(await vendor.list())).toEqual([]);
		expect(vendor.requests).toEqual(['/list?0']);
	});

	it.each([0, 3])(
		'or says something that cannot be (%i), is read to its end all the same',
		async (falseTotal) => {
			const all = new ListVendor(rowsOf(25), { falseTotal });
			expect(idsOf(await all.list())).toHaveLength(25);
			const some = new ListVendor(rowsOf(25), { falseTotal });
			expect(idsOf(await some.list({}, 22))).toHaveLength(22);
		},
	);

	it('takes a second reading to be sure, and no third where that found nothing', async () => {
		const vendor = new ListVendor(rowsOf(25), { omitTotal: true });
		expect(idsOf(await vendor.list())).toHaveLength(25);
		const pass = ['/list?0', '/list?1', '/list?2'];
		expect(vendor.requests).toEqual([...pass, ...pass]);
	});

	it('takes one request more to see that a single page is all', async () => {
		const vendor = new ListVendor(rowsOf(10), { omitTotal: true });
		expect(idsOf(await vendor.list())).toHaveLength(10);
		expect(vendor.requests).toEqual(['/list?0', '/list?1']);
	});

	it('is read four times at most', async () => {
		let next = 0;
		const vendor = new ListVendor(rowsOf(15), {
			omitTotal: true,
			// Each reading finds one more row, on the first page.
			meanwhile: (all, page) => page > 2 && (all[0] = { id: `new ${next++}` }),
		});
		await vendor.list();
		expect(vendor.requests).toHaveLength(2 + 3 * 2);
	});

	it('ends although the vendor gives the same page for ever', async () => {
		const vendor = new ListVendor(rowsOf(10), { omitTotal: true, stuck: true });
		expect(idsOf(await vendor.list())).toHaveLength(10);
		expect(vendor.requests).toEqual(['/list?0', '/list?1']);
	});

	it('ends although new rows come as fast as they are read', async () => {
		let next = 100;
		const rows = rowsOf(20);
		const vendor = new ListVendor(rows, {
			omitTotal: true,
			meanwhile: (all, page) => page < 60 && all.push(...rowsOf(10).map(() => ({ id: `n${next++}` }))),
		});
		expect(idsOf(await vendor.list()).length).toBeGreaterThan(20);
	});
});

describe('all of a list in which new rows may come anywhere', () => {
	it('is read forwards, so that what moves back is seen twice', async () => {
		const rows = rowsOf(40);
		const before = rows.map(({ id }) => id);
		let next = 0;
		// A backward walk would lose two rows with each page.
		const vendor = new ListVendor(rows, {
			growsAnywhere: true,
			meanwhile: (all, page) =>
				page > 1 && page < 6 && all.unshift({ id: `a${next++}` }, { id: `b${next++}` }),
		});
		const listed = idsOf(await vendor.list());
		expect(before.filter((id) => !listed.includes(id))).toEqual([]);
		expect(new Set(listed).size).toBe(listed.length);
	});
});

describe('a part of a list', () => {
	it.each([
		[1, ['/list?0']],
		[10, ['/list?0']],
		[11, ['/list?0', '/list?1']],
		[30, ['/list?0', '/list?1', '/list?2']],
	])('the first %i come with no request more than needed', async (limit, requests) => {
		const vendor = new ListVendor(rowsOf(95));
		expect(idsOf(await vendor.list({}, limit))).toEqual(rowsOf(limit).map(({ id }) => id));
		expect(vendor.requests).toEqual(requests);
	});

	it('is all of it where it has fewer rows, and read like that', async () => {
		const vendor = new ListVendor(rowsOf(35), { pagesPerRequest: 50 });
		expect(idsOf(await vendor.list({}, 1000))).toHaveLength(35);
		expect(vendor.requests).toEqual(['/list?0', '/list?3&2&1&0']);
	});

	it('misses none of the rows that move up while it is read', async () => {
		const rows = rowsOf(170);
		const gone = (all: unknown[], page: number) => page === 2 && all.splice(0, 10);
		const vendor = new ListVendor(rows, { pageSize: 50, pagesPerRequest: 50, meanwhile: gone });
		const listed = idsOf(await vendor.list({}, 1000));
		expect(rows.filter(({ id }) => !listed.includes(id))).toEqual([]);
		// Also where the limit is not met only because of the filter.
		const coloured = rowsOf(60, { colour: 'red' }).map((row, index) => (index % 2 ? row : { id: row.id }));
		const some = new ListVendor(coloured, { meanwhile: (all, page) => page === 2 && all.splice(0, 5) });
		const red = idsOf(await some.list({ colour: 'red' }, 50));
		expect(coloured.filter(({ id, colour }) => colour && !red.includes(id))).toEqual([]);
	});

	it('several pages at once, but no more than are wanted', async () => {
		const vendor = new ListVendor(rowsOf(95), { pagesPerRequest: 50 });
		expect(idsOf(await vendor.list({}, 35))).toHaveLength(35);
		expect(vendor.requests).toEqual(['/list?0', '/list?1&2&3']);
	});

	it('goes on where rows are left out, to the end of the list', async () => {
		const rows = [...rowsOf(25, { colour: 'red' }), { id: 'z1', colour: 'blue' }];
		const vendor = new ListVendor(rows);
		expect(idsOf(await vendor.list({ colour: 'blue' }, 5))).toEqual(['z1']);
		expect(vendor.requests).toEqual(['/list?0', '/list?1', '/list?2', '/list?2', '/list?1', '/list?0']);
	});

	it('ends without a total, and at a page that brings nothing new', async () => {
		const silent = new ListVendor(rowsOf(15), { omitTotal: true });
		expect(idsOf(await silent.list({}, 50))).toHaveLength(15);
		const stuck = new ListVendor(rowsOf(10), { omitTotal: true, stuck: true });
		expect(idsOf(await stuck.list({}, 50))).toHaveLength(10);
		expect(stuck.requests).toHaveLength(2);
	});
});

describe('a list whose total is not true', () => {
	const notes = (answer: ReadOutcome<Listed>): string[] =>
		answer.kind === 'found' ? answer.value.notes : [];
	const reason = (answer: ReadOutcome<Listed>): string | undefined =>
		answer.kind === 'failed' ? answer.error.reason : undefined;

	it.each([undefined, 1_000])('is refused where its pages break off (limit %p)', async (limit) => {
		const broken = new ListVendor(rowsOf(355), { pageSize: 50, isBlank: (page) => page > 0 });
		const answer = await broken.list({}, limit);
		expect(reason(answer)).toBe('Palette reported 355 colours but stopped listing after 50');
		expect(broken.requests.length).toBeLessThan(12);
		const stuck = new ListVendor(rowsOf(355), { pageSize: 50, stuck: true });
		expect(reason(await stuck.list({}, limit))).toContain('stopped listing after 50');
	});

	it.each([undefined, 1_000])('is refused where a page in the middle is empty (limit %p)', async (limit) => {
		const vendor = new ListVendor(rowsOf(30), { isBlank: (page) => page === 1 });
		expect(reason(await vendor.list({}, limit))).toContain('30 colours but stopped listing after 20');
		const batches = new ListVendor(rowsOf(30), { isBlank: (page) => page === 1, pagesPerRequest: 9 });
		expect(reason(await batches.list({}, limit))).toContain('30 colours but stopped listing after 20');
	});

	it('is whole where the empty page was an accident', async () => {
		let blanks = 1;
		const vendor = new ListVendor(rowsOf(30), { isBlank: (page) => page === 1 && blanks-- > 0 });
		expect(idsOf(await vendor.list())).toHaveLength(30);
	});

	it.each([undefined, 1_000])('gets a hint where nothing else promises more (limit %p)', async (limit) => {
		const none = new ListVendor([], { falseTotal: 5 });
		const empty = await none.list({}, limit);
		expect(idsOf(empty)).toEqual([]);
		expect(notes(empty)).toEqual([expect.stringContaining('reported 5 colours but listed 0.')]);
		expect(none.requests).toHaveLength(2);

		const few = new ListVendor(rowsOf(3), { falseTotal: 12_000 });
		const three = await few.list({}, limit);
		expect(idsOf(three)).toHaveLength(3);
		expect(notes(three)).toEqual([expect.stringContaining('12000 colours but listed 3.')]);
		expect(few.requests.length).toBeLessThan(8);
	});

	it.each([undefined, 5_000])('is read on behind a full page (limit %p)', async (limit) => {
		const capped = new ListVendor(rowsOf(120), { falseTotal: 100 });
		expect(new Set(idsOf(await capped.list({}, limit))).size).toBe(120);
		const page = new ListVendor(rowsOf(23), { falseTotal: 10 });
		expect(new Set(idsOf(await page.list({}, limit))).size).toBe(23);
		const batches = new ListVendor(rowsOf(120), { falseTotal: 100, pagesPerRequest: 4 });
		expect(new Set(idsOf(await batches.list({}, limit))).size).toBe(120);
	});

	it('is true where rows end while it is read', async () => {
		const last = new ListVendor(rowsOf(11), { meanwhile: (all, page) => page === 2 && all.pop() });
		const answer = await last.list();
		expect([reason(answer), notes(answer)]).toEqual([undefined, []]);
		expect(idsOf(answer)).toHaveLength(10);
	});
});
