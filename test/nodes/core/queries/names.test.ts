import { found, queryFailed } from '../../../../nodes/core/http/readResult';
import type { QueryError, ReadResult } from '../../../../nodes/core/http/readResult';
import type { NameQuery } from '../../../../nodes/core/queries/names';
import { asText } from '../../../../nodes/core/util/json';
import { ListVendor, paletteListing, rowsOf } from './listVendor';
import type { Asked, Manner } from './listVendor';

const SHOP_NAMES: Record<string, string> = { s0: 'North', s1: 'South', s3: 'East' };

/** A list whose rows name the shop of a colour by its ID, three shops to a request; `refusals` come first. */
function listing(manner: Manner = {}, refusals: Array<ReadResult<never> | undefined> = []) {
	const names: NameQuery<Asked> = {
		plural: 'shops',
		idsPerRequest: 3,
		idIn: (row) => asText(row['colour']),
		request: (ids) => ({
			request: { method: 'GET', path: `/list?names&${ids.join('&')}` },
			read: () =>
				refusals.shift() ??
				// More than was asked for does no harm.
				found(new Map(Object.entries(SHOP_NAMES))),
		}),
		add: (row, name) => ({ ...row, shop: name ?? null }),
	};
	return {
		...paletteListing(manner),
		names,
		show: ({ id, shop }: Record<string, unknown>) => ({ id, shop }),
	};
}

const rows = (...shops: Array<string | undefined>) =>
	shops.map((colour, index) => ({ ...rowsOf(index + 1).at(-1)!, ...(colour !== undefined && { colour }) }));

const namesOf = async (vendor: ListVendor, limit?: number, list = listing()) => {
	const outcome = await vendor.list({}, limit, list);
	if (outcome.kind === 'failed') throw new Error(outcome.error.reason);
	return { names: outcome.value.rows.map(({ shop }) => shop), notes: outcome.value.notes };
};

describe('the names of what rows know by its ID', () => {
	it('are asked for once each, when the list is complete, and stand in the rows', async () => {
		const vendor = new ListVendor(rows('s1', 's0', 's1', undefined, 's9', 's3', 's3'));
		expect(await namesOf(vendor)).toEqual({
			names: ['South', 'North', 'South', undefined, null, 'East', 'East'],
			notes: [],
		});
		expect(vendor.requests).toEqual(['/list?0', '/list?names&s1&s0&s9', '/list?names&s3']);
	});

	it('are asked for only where there are rows that lack them, and only for those that are kept', async () => {
		const none = new ListVendor(rows(undefined, undefined));
		await namesOf(none);
		expect(none.requests).toEqual(['/list?0']);
		const limited = new ListVendor(rows('s0', 's1', 's2'));
		expect((await namesOf(limited, 1)).names).toEqual(['North']);
		expect(limited.requests).toEqual(['/list?0', '/list?names&s0']);
	});

	it('never fail the list: what cannot be had is missing, and the user is told why', async () => {
		const error: QueryError = { reason: 'the key may not read shops' };
		const vendor = new ListVendor(rows('s9', 's8', 's7', 's0'));
		expect(await namesOf(vendor, undefined, listing({}, [queryFailed(error)]))).toEqual({
			names: [null, null, null, 'North'],
			notes: ['Names of shops are missing because the key may not read shops.'],
		});
	});

	it('are not asked for again where every request would be refused', async () => {
		const error: QueryError = { reason: 'the key is wrong', stopsRun: true };
		const vendor = new ListVendor(rows('s0', 's1', 's2', 's3'));
		const list = { ...listing({}, [queryFailed(error)]), requestsInFlight: 1 as const };
		const line = vendor.line(undefined, undefined, 1);
		const outcome = await vendor.list({}, undefined, list, line);
		expect(outcome).toMatchObject({
			value: { rows: [{ shop: null }, { shop: null }, { shop: null }, { shop: null }] },
		});
		expect(vendor.requests).toEqual(['/list?0', '/list?names&s0&s1&s2']);
	});

	it('hold nothing up: a vendor in trouble is asked three times', async () => {
		const busy: ReadResult<never> = { kind: 'tryAgain', error: { reason: 'the server is in trouble' } };
		const vendor = new ListVendor(rows('s0'));
		const { names } = await namesOf(vendor, undefined, listing({}, Array(9).fill(busy)));
		expect(names).toEqual([null]);
		expect(vendor.requests).toHaveLength(4);
	});
});
