import { found, queryFailed } from '../../../../nodes/core/http/readResult';
import { collect } from '../../../../nodes/core/queries/collect';
import type { Criterion } from '../../../../nodes/core/queries/criteria';
import type { ListQuery, OrderingIterator, PageRequest } from '../../../../nodes/core/queries/list';
import type { JsonRecord } from '../../../../nodes/core/util/json';
import { RowOrder } from '../../../../nodes/core/queries/sorting';
import type { Asked, Row } from './listVendor';
import { asked, idsOf, ListVendor, paletteListing, rowsOf } from './listVendor';

const html = (status: number) => ({ status, text: '<html><h1>Bad Gateway</h1></html>' });

describe('what is kept', () => {
	it('what a filter excludes is left out and told, with how many', async () => {
		const rows = [...rowsOf(3, { colour: 'red' }), { id: 'b', colour: 'blue' }, { id: 'none' }];
		const answer = await new ListVendor(rows).list({ colour: 'blue' });
		expect(answer).toEqual({
			kind: 'found',
			value: {
				rows: [{ id: 'b' }],
				notes: ["Palette ignored the filter 'Colour'. 4 colours that do not match it were left out."],
			},
		});
	});

	it('rows that the iterator keeps come when it hands them over, without a request, up to the limit', async () => {
		const listing = paletteListing({});
		const remaining: unknown[] = [];
		const ordering: ListQuery<Asked, OrderingIterator> = {
			...listing,
			pages: function* (query, wanted) {
				const { value } = listing.pages(query, wanted).next();
				const { rows } = yield { ...(value as PageRequest), auxiliary: true };
				for (const row of [...rows].reverse()) remaining.push((yield { rows: [row, row] }).remaining);
				return undefined;
			},
		};
		const vendor = new ListVendor(rowsOf(5));
		const answer = await vendor.clock.finish(collect({ criteria: [] }, 3, ordering, vendor.line()));
		expect(idsOf(answer)).toEqual(
			idsOf(await new ListVendor(rowsOf(5)).list())
				.reverse()
				.slice(0, 3),
		);
		expect(remaining).toEqual([2, 1, 0]);
		expect(vendor.requests).toHaveLength(1);
	});

	it('one row is told of in the singular', async () => {
		const rows = [
			{ id: 'r', colour: 'red' },
			{ id: 'b', colour: 'blue' },
		];
		expect(await new ListVendor(rows).list({ colour: 'blue' })).toMatchObject({
			value: { notes: [expect.stringContaining('1 colour that does not match it was left out')] },
		});
	});

	it('what the vendor was never asked to leave out goes silently', async () => {
		const vendor = new ListVendor(rowsOf(3));
		const own = [{ displayName: 'Own', passes: ({ id }: JsonRecord) => id === '000001' }];
		const answer = await vendor.clock.finish(
			collect({ criteria: own }, undefined, paletteListing({}), vendor.line()),
		);
		expect(answer).toEqual({ kind: 'found', value: { rows: [{ id: '000001' }], notes: [] } });
	});

	it('what nearly meets a filter is left out and told, with what about it', async () => {
		const vendor = new ListVendor(rowsOf(3));
		const own = {
			displayName: 'Own',
			passes: () => false,
			nearMiss: ({ id }: JsonRecord) => (id === '000001' ? 'whose ID ends in 1' : 'whose ID ends otherwise'),
		};
		const answer = await vendor.clock.finish(
			collect({ criteria: [own] }, undefined, paletteListing({}), vendor.line()),
		);
		expect(answer).toMatchObject({
			value: {
				rows: [],
				notes: [
					"The filter 'Own' left out 2 colours whose ID ends otherwise.",
					"The filter 'Own' left out 1 colour whose ID ends in 1.",
				],
			},
		});
	});

	it('rows without an ID cannot be acted upon, and are told of', async () => {
		const rows = [{ id: '' }, { id: 'a' }];
		expect(await new ListVendor(rows).list()).toEqual({
			kind: 'found',
			value: {
				rows: [{ id: 'a' }],
				notes: [
					'Palette listed colours without an ID. They were left out because they cannot be used without one.',
				],
			},
		});
	});

	it('a row that comes twice is kept once', async () => {
		const rows = [...rowsOf(3), ...rowsOf(3)];
		expect(idsOf(await new ListVendor(rows).list())).toHaveLength(3);
	});

	it('has the order of the listing, where it has one', async () => {
		const listing = paletteListing({});
		listing.sorting = { startOf: ({ id }) => Number(id), byDefault: 'newestFirst', isPaged: () => true };
		expect(idsOf(await new ListVendor(rowsOf(25)).list({}, undefined, listing))).toEqual(
			rowsOf(25)
				.map(({ id }) => id)
				.reverse(),
		);
	});
});

describe('a wanted order', () => {
	const byNumber = (isPaged = true) => {
		const listing = paletteListing({});
		listing.sorting = {
			startOf: ({ id }) => (id === 'none' ? undefined : Number(id)),
			isPaged: () => isPaged,
		};
		return listing;
	};
	const list = async (vendor: ListVendor, limit: number, listing = byNumber()) =>
		await vendor.clock.finish(collect({ criteria: [], sort: 'oldestFirst' }, limit, listing, vendor.line()));

	it('lets a list stop at its limit where the pages have it', async () => {
		const vendor = new ListVendor(rowsOf(35));
		expect(idsOf(await list(vendor, 12))).toEqual(rowsOf(12).map(({ id }) => id));
		expect(vendor.requests).toHaveLength(2);
	});

	it('is made of the whole list where the vendor does not keep to it', async () => {
		const vendor = new ListVendor([...rowsOf(35)].reverse());
		expect(idsOf(await list(vendor, 12))).toEqual(rowsOf(12).map(({ id }) => id));
		expect(vendor.requests.length).toBeGreaterThanOrEqual(4);
	});

	it('is made of the whole list where the vendor cannot be asked for it', async () => {
		const vendor = new ListVendor(rowsOf(35));
		const answer = await list(vendor, 12, byNumber(false));
		expect(idsOf(answer)).toEqual(rowsOf(12).map(({ id }) => id));
		expect(answer).toMatchObject({ value: { cut: "Listed 12 of 35 colours because 'Limit' is 12." } });
	});

	it('is made of the whole list where a row does not say when it started', async () => {
		const rows = [{ id: 'none' }, ...rowsOf(35)];
		const answer = await list(new ListVendor(rows), 1);
		expect(idsOf(answer)).toEqual(['000000']);
		expect(answer).toMatchObject({ value: { cut: "Listed 1 of 36 colours because 'Limit' is 1." } });
	});

	it('yields to the event loop while a long list is put into it', async () => {
		const rows = Array.from({ length: 200 }, (_, index) => ({ id: String((index * 79) % 200) }));
		const startOf = ({ id }: JsonRecord) => {
			for (const since = performance.now(); performance.now() - since < 0.5;);
			return Number(id);
		};
		const order = new RowOrder({ startOf, isPaged: () => true }, 'newestFirst', {});
		let turns = 0;
		const timer = setInterval(() => (turns += 1), 0);
		const sorted = await order.sorted(rows);
		clearInterval(timer);
		expect(sorted.map(({ id }) => id)).toEqual(Array.from(rows, (_, index) => String(199 - index)));
		expect(turns).toBeGreaterThan(1);
	});

	it('puts rows without a start last, and what is equal stays as it is', async () => {
		const vendor = new ListVendor([{ id: 'none' }, { id: '1' }, { id: '01' }, { id: '0' }]);
		expect(idsOf(await list(vendor, 9))).toEqual(['0', '1', '01', 'none']);
	});
});

describe('what a limit has cut', () => {
	const cutOf = async (rows: number, limit: number, manner = {}, query = {}, own: Criterion[] = []) => {
		const vendor = new ListVendor(rowsOf(rows, { colour: 'red' }), manner);
		const { criteria } = asked(query);
		const answer = await vendor.clock.finish(
			collect({ criteria: [...criteria, ...own] }, limit, paletteListing(manner), vendor.line()),
		);
		return answer.kind === 'found' ? answer.value.cut : 'refused';
	};

	it('is said with how many there are, as the vendor counts them', async () => {
		expect(await cutOf(35, 12)).toBe("Listed 12 of 35 colours because 'Limit' is 12.");
		expect(await cutOf(35, 12, {}, { colour: 'red' })).toBe("Listed 12 of 35 colours because 'Limit' is 12.");
		expect(await cutOf(35, 10)).toBe("Listed 10 of 35 colours because 'Limit' is 10.");
	});

	it('is said without a number where none is to be trusted', async () => {
		const unknown = "Listed the first 12 colours because 'Limit' is 12. There may be more.";
		expect(await cutOf(35, 12, { omitTotal: true })).toBe(unknown);
		expect(await cutOf(35, 12, { falseTotal: 3 })).toBe(unknown);
		// The vendor was not asked to leave these out, so its count has them.
		const own = { displayName: 'Own', passes: ({ id }: JsonRecord) => id !== '000003' };
		expect(await cutOf(35, 12, {}, {}, [own])).toBe(unknown);
	});

	it('is said without a number where the vendor counts what the node leaves out', async () => {
		const unknown = "Listed the first 5 colours because 'Limit' is 5. There may be more.";
		const cut = async (rows: Row[], colour?: string) => {
			const answer = await new ListVendor(rows).list(colour === undefined ? {} : { colour }, 5);
			return answer.kind === 'found' ? answer.value.cut : 'refused';
		};
		const blue = rowsOf(12, { colour: 'blue' });
		// Those of the other colour come behind the limit.
		const mixed = blue.map((row, index) => (index < 6 ? row : { ...row, colour: 'red' }));
		expect(await cut(mixed, 'blue')).toBe(unknown);
		expect(await cut([{ id: '' }, ...blue])).toBe(unknown);
		const doubtful = {
			displayName: 'Own',
			sent: {},
			passes: ({ id }: JsonRecord) => id === '000000' || undefined,
		};
		expect(await cutOf(12, 1, {}, {}, [doubtful])).toBe(
			"Listed the first 1 colours because 'Limit' is 1. There may be more.",
		);
	});

	it('is counted here where all were read', async () => {
		const own = { displayName: 'Own', passes: ({ id }: JsonRecord) => id !== '000003' };
		expect(await cutOf(9, 5, {}, {}, [own])).toBe("Listed 5 of 8 colours because 'Limit' is 5.");
	});

	it('is nothing where there are no more', async () => {
		expect(await cutOf(12, 12)).toBeUndefined();
		expect(await cutOf(5, 12)).toBeUndefined();
		expect(await cutOf(5, 5)).toBeUndefined();
	});
});

describe('thin rows', () => {
	const thin = () => {
		const listing = paletteListing({});
		listing.detail = {
			isNeeded: ({ colour }) => colour === undefined,
			request: ({ id }) => ({ method: 'GET', path: `/list?0&one=${String(id)}` }),
			read: ({ id }) => {
				if (id === '000003') return found(undefined);
				if (id === '000099') return queryFailed({ reason: 'the look at it was refused' });
				return found({ id, colour: id === '000002' ? 'red' : 'blue' });
			},
		};
		return listing;
	};

	it('are looked at one by one, and checked then', async () => {
		const vendor = new ListVendor(rowsOf(5));
		expect(idsOf(await vendor.list({ colour: 'blue' }, undefined, thin()))).toEqual([
			'000000',
			'000001',
			'000004',
		]);
		expect(vendor.requests.filter((path) => path.includes('one='))).toHaveLength(5);
	});

	it('are looked at no further than the limit needs', async () => {
		const vendor = new ListVendor(rowsOf(10));
		expect(idsOf(await vendor.list({ colour: 'blue' }, 2, thin()))).toEqual(['000000', '000001']);
		expect(vendor.requests.filter((path) => path.includes('one='))).toHaveLength(2);
	});

	it('that cannot be looked at leave no list', async () => {
		const vendor = new ListVendor([{ id: 'a', colour: 'blue' }, { id: '000099' }]);
		expect(await vendor.list({}, undefined, thin())).toEqual({
			kind: 'failed',
			error: { reason: 'the look at it was refused' },
		});
	});

	it('that are hidden from this account are left out, and a note says how many', async () => {
		const listing = thin();
		if (listing.detail) listing.detail.isHidden = ({ reason }) => reason === 'the look at it was refused';
		const vendor = new ListVendor([{ id: 'a', colour: 'blue' }, { id: '000099' }, { id: '000001' }]);
		const outcome = await vendor.list({}, undefined, listing);
		expect(idsOf(outcome)).toEqual(['a', '000001']);
		expect(outcome).toMatchObject({
			value: {
				notes: [
					expect.stringMatching(
						/^Palette lists 1 \w+ that this account is not allowed to read in full\. It was left out\.$/,
					),
				],
			},
		});
	});
});

describe('what goes wrong', () => {
	it('a server in trouble is asked again, at most five times in all, waiting longer each time', async () => {
		const vendor = new ListVendor(rowsOf(2), {}, [html(502), html(503), html(408), html(500)]);
		expect(idsOf(await vendor.list())).toHaveLength(2);
		expect(vendor.clock.naps).toEqual([1_000, 2_000, 4_000, 8_000]);

		const down = new ListVendor(rowsOf(2), {}, Array(9).fill(html(502)));
		expect(await down.list()).toEqual({
			kind: 'failed',
			error: {
				reason: 'the Palette server could not handle the request (HTTP 502)',
				cause: { kind: 'unavailable' },
				hint: 'Nothing was changed. Run the node again later.',
				httpStatus: 502,
				vendorMessage: '<html><h1>Bad Gateway</h1></html>',
				stopsRun: true,
			},
		});
		expect(down.requests).toHaveLength(5);
	});

	it('a list that breaks off half way is none', async () => {
		const broken = { status: 200, text: '{"rows":[{"id":"a"' };
		const vendor = new ListVendor(rowsOf(35), {});
		const line = vendor.line();
		const answers = (vendor as unknown as { answers: object[] }).answers;
		const send = line.send.bind(line);
		let sent = 0;
		line.send = async (...args) => {
			sent += 1;
			if (sent === 3) answers.push(broken);
			return await send(...args);
		};
		expect(await vendor.list({}, undefined, undefined, line)).toEqual({
			kind: 'failed',
			error: { reason: 'the answer could not be read' },
		});
	});

	it('a vendor that has had too many requests is left alone, and says so when it stays so', async () => {
		const busy = { status: 429, text: '' };
		const vendor = new ListVendor(rowsOf(1), {}, Array(5).fill(busy));
		expect(await vendor.list()).toEqual({
			kind: 'failed',
			error: {
				reason: 'Palette is limiting the number of requests (HTTP 429)',
				cause: { kind: 'rateLimited' },
				hint: 'Nothing was changed. Run the node again later.',
				httpStatus: 429,
				stopsRun: true,
			},
		});
	});

	it('a vendor that says so in its body only is left alone too', async () => {
		const listing = paletteListing({});
		const { pages } = listing;
		let answers = 0;
		listing.pages = function* (query, wanted) {
			const steps = pages(query, wanted);
			for (let next = steps.next(); !next.done;) {
				const step = next.value;
				const read: typeof step.read = (response) =>
					(answers += 1) === 1
						? { kind: 'tryAgain', error: { reason: 'too many' }, throttled: true }
						: step.read(response);
				next = steps.next(yield { ...step, read });
			}
			return undefined;
		};
		const vendor = new ListVendor(rowsOf(1));
		const line = vendor.line();
		const throttled = jest.spyOn(line, 'onThrottled');
		expect(idsOf(await vendor.list({}, undefined, listing, line))).toHaveLength(1);
		expect(throttled.mock.calls.map(([{ status }, attempt]) => [status, attempt])).toEqual([[200, 1]]);
	});

	it('waits as long as the vendor asks, and not for a quarter of an hour', async () => {
		const wait = (seconds: string) => ({ status: 429, headers: { 'retry-after': seconds }, text: '' });
		const patient = new ListVendor(rowsOf(1), {}, [wait('7')]);
		expect(idsOf(await patient.list())).toHaveLength(1);
		expect(patient.clock.elapsed()).toBeGreaterThanOrEqual(7_000);

		const impatient = new ListVendor(rowsOf(1), {}, [wait('900')]);
		expect(await impatient.list()).toMatchObject({
			error: {
				reason: 'the system asked to wait for 15 minutes',
				hint: 'Run the node again after that.',
				stopsRun: true,
			},
		});
		expect(impatient.requests).toHaveLength(1);
	});

	it('a connection that broke is tried again, one that never came to be is not', async () => {
		const fault = (stopsRun: boolean) => ({
			maybeSent: !stopsRun,
			stopsRun,
			reason: 'the line is dead',
			hint: 'It may have worked.',
			code: 'ECONNRESET',
		});
		const broke = new ListVendor(rowsOf(1), {}, [fault(false)]);
		expect(idsOf(await broke.list())).toHaveLength(1);

		const dead = new ListVendor(rowsOf(1), {}, [fault(true)]);
		expect(await dead.list()).toEqual({
			kind: 'failed',
			error: {
				reason: 'the line is dead',
				hint: 'It may have worked.',
				code: 'ECONNRESET',
				stopsRun: true,
			},
		});
		expect(dead.requests).toHaveLength(1);
	});

	it('what may have been sent has changed nothing, and the hint says so', async () => {
		const fault = {
			maybeSent: true,
			stopsRun: false,
			reason: 'no response arrived in time',
			hint: 'It may have worked.',
		};
		const vendor = new ListVendor(rowsOf(1), {}, Array(5).fill(fault));
		expect(await vendor.list()).toMatchObject({
			error: { hint: 'Nothing was changed. Run the node again later.' },
		});
	});

	it('a redirect is told and not followed', async () => {
		const vendor = new ListVendor(rowsOf(1), {}, [
			{ status: 302, headers: { location: 'https://elsewhere.example/x?secret=1' } },
		]);
		expect(await vendor.list()).toMatchObject({
			error: { reason: expect.stringContaining('elsewhere.example,'), httpStatus: 302, stopsRun: true },
		});
		expect(vendor.requests).toHaveLength(1);
	});

	describe('a session that is over', () => {
		const over = { status: 401, text: '{}' };

		it('is renewed once', async () => {
			const vendor = new ListVendor(rowsOf(1), {}, [over]);
			const line = vendor.line(undefined, async () => await Promise.resolve(undefined));
			expect(idsOf(await vendor.list({}, undefined, undefined, line))).toHaveLength(1);
			expect(vendor.renewals).toBe(1);
		});

		it('and over again is over', async () => {
			const vendor = new ListVendor(rowsOf(1), {}, [over, over, over]);
			const line = vendor.line(undefined, async () => await Promise.resolve(undefined));
			const answer = await vendor.list({}, undefined, undefined, line);
			expect(answer).toEqual({ kind: 'failed', error: { reason: 'the session is over', stopsRun: true } });
			expect([vendor.renewals, vendor.requests.length]).toEqual([1, 2]);
		});

		it('without a way to renew it', async () => {
			expect(await new ListVendor(rowsOf(1), {}, [over]).list()).toEqual({
				kind: 'failed',
				error: { reason: 'the session is over', stopsRun: true },
			});
		});

		it('with a login that is refused', async () => {
			const vendor = new ListVendor(rowsOf(1), {}, [over]);
			const refusal = { maybeSent: false, stopsRun: true, reason: 'the login failed', hint: 'Test it.' };
			const line = vendor.line(undefined, async () => await Promise.resolve(refusal));
			expect(await vendor.list({}, undefined, undefined, line)).toEqual({
				kind: 'failed',
				error: { reason: 'the login failed', hint: 'Test it.', stopsRun: true },
			});
		});
	});

	it('a cancelled execution asks for nothing more', async () => {
		const stop = new AbortController();
		const rows = rowsOf(35);
		const vendor = new ListVendor(rows, { meanwhile: (_all, page) => page === 2 && stop.abort() });
		const answer = await vendor.list({}, undefined, paletteListing({}), vendor.line(stop.signal));
		expect(answer).toMatchObject({ kind: 'failed', error: { reason: 'the execution was cancelled' } });
		expect(vendor.requests).toHaveLength(2);
	});

	it('a list without an end is given up', async () => {
		const listing = paletteListing({});
		listing.pages = function* () {
			for (let page = 0; ; page += 1) {
				yield {
					request: { method: 'GET', path: `/list?${page}` },
					read: () => found({ rows: [{ id: `row ${page}` }] }),
				};
			}
		};
		const vendor = new ListVendor([]);
		expect(await vendor.list({}, undefined, listing)).toMatchObject({
			error: { reason: 'the list from Palette did not end after 2000 requests' },
		});
	});
});
