import { found, queryFailed } from '../../../../../nodes/core/http/readResult';
import type { QueryError } from '../../../../../nodes/core/http/readResult';
import { listForItems } from '../../../../../nodes/core/n8n/operations/listOperation';
import { lookupForItems } from '../../../../../nodes/core/n8n/operations/lookupOperation';
import type { QueryItem } from '../../../../../nodes/core/n8n/operations/queryOperation';
import type { QueryResult } from '../../../../../nodes/core/n8n/output/queryItems';
import type { Display } from '../../../../../nodes/core/queries/display';
import { readObject } from '../../../../../nodes/core/util/json';
import { asked, ListVendor, paletteListing, rowsOf } from '../../queries/listVendor';
import type { Asked } from '../../queries/listVendor';
import { refusalOf } from '../../refusals';

const connection = () => {
	throw new Error('not opened here');
};
const itemOf = (vendor: ListVendor, parameters: Record<string, unknown>): QueryItem => ({
	read: (name) => parameters[name],
	zone: 'Europe/Berlin',
	client: vendor.line(undefined, undefined, 1),
});

describe('Get Many', () => {
	const zones: string[] = [];
	const query = listForItems<Asked>({
		list: paletteListing({}),
		query: (read, zone) => {
			zones.push(zone);
			const colour = read('colour');
			return asked(typeof colour === 'string' ? { colour } : {});
		},
		connection,
	});

	it('is one list for an item, read with the workflow’s time zone, and the next item waits', async () => {
		const vendor = new ListVendor(rowsOf(25));
		const item = itemOf(vendor, { returnAll: false, limit: 12 });
		const { results: findings, notes } = await vendor.clock.finish(query.run(item));
		expect(findings).toEqual(rowsOf(12).map(({ id }) => ({ json: { id } })));
		expect([notes, zones.at(-1), query.itemsAtOnce, query.rates]).toEqual([[], 'Europe/Berlin', 1, []]);
	});

	it('has the selected fields of each row, or says that there are none of them', async () => {
		const listed = async (...fields: string[]) => {
			const vendor = new ListVendor(rowsOf(2, { colour: 'red' }));
			const selective = listForItems<Asked & Display>({
				list: { ...paletteListing({}), show: (row, { isSimple }) => (isSimple ? { id: row['id'] } : row) },
				query: () => ({ ...asked(), isSimple: true, selection: { idField: 'id', fields } }),
				connection,
			});
			return await vendor.clock.finish(selective.run(itemOf(vendor, { returnAll: true })));
		};
		const ids = rowsOf(2).map(({ id }) => id);
		expect(await listed('colour', 'nowhere')).toEqual({
			results: ids.map((id) => ({ json: { id, colour: 'red' } })),
			notes: [],
		});
		expect(await listed('Colour')).toEqual({
			results: ids.map((id) => ({ json: { id } })),
			notes: [expect.stringContaining('The colours have none of the selected fields (Colour)')],
		});
	});

	it('hands on what the user should know', async () => {
		const vendor = new ListVendor(rowsOf(2, { colour: 'red' }));
		const item = itemOf(vendor, { returnAll: true, colour: 'blue' });
		expect(await vendor.clock.finish(query.run(item))).toEqual({
			results: [],
			notes: [expect.stringContaining("'Colour'")],
		});
	});

	it('that cannot be had is one miss without an ID', async () => {
		const vendor = new ListVendor([], {}, [{ status: 200, text: 'noise' }]);
		const item = itemOf(vendor, { returnAll: true });
		expect(await vendor.clock.finish(query.run(item))).toEqual({
			results: [
				{
					failure: {
						id: '',
						before: 'The colours could not be listed: ',
						error: { reason: 'the answer could not be read' },
					},
				},
			],
			notes: [],
		});
	});
});

describe('Get', () => {
	const answers: Record<string, QueryError> = {
		gone: { reason: 'it is gone', notFound: true },
		locked: { reason: 'it is locked', hint: 'Wait.' },
		all: { reason: 'the key is wrong', stopsRun: true },
	};
	const query = lookupForItems<{ loud: boolean; isSimple: boolean }>({
		lookup: {
			noun: { vendor: 'Palette', singular: 'colour', plural: 'colours' },
			requestsInFlight: 1,
			request: (id, { loud }) => ({ method: 'GET', path: `/list?0&${id}${loud ? '!' : ''}` }),
			read: (id, _query, { text }) => {
				const refusal = answers[id];
				return refusal ? queryFailed(refusal) : found({ rows: Object.keys(readObject(text) ?? {}) });
			},
			show: ({ rows }, { loud }, id) => ({ id, loud, rows: rows }),
		},
		identifier: { name: 'colourId', displayName: 'Colour ID' },
		query: (read) => ({ loud: read('loud') === true, isSimple: true }),
		connection,
	});
	const get = async (colourId: unknown, vendor = new ListVendor([])) =>
		(await vendor.clock.finish(query.run(itemOf(vendor, { colourId, loud: true })))).results;

	it('is one finding for each ID, in their order', async () => {
		const vendor = new ListVendor([]);
		expect(await get('red, gone, blue', vendor)).toEqual([
			{ json: { id: 'red', loud: true, rows: ['rows', 'pages', 'total'] } },
			{ failure: { id: 'gone', before: 'Colour gone was not found: ', error: answers['gone'] } },
			{ json: { id: 'blue', loud: true, rows: ['rows', 'pages', 'total'] } },
		]);
		expect(vendor.requests).toEqual(['/list?0&red!', '/list?0&gone!', '/list?0&blue!']);
		expect([query.itemsAtOnce, query.rates]).toEqual([undefined, []]);
	});

	it('goes on after one that could not be read', async () => {
		expect(await get(['locked', 'red'])).toEqual([
			{
				failure: {
					id: 'locked',
					before: 'Colour locked could not be read: ',
					error: answers['locked'],
				},
			},
			{ json: expect.objectContaining({ id: 'red' }) },
		]);
	});

	it('asks for no more where every other would fare alike', async () => {
		const vendor = new ListVendor([]);
		expect(await get(['all', 'red'], vendor)).toEqual([
			{
				failure: {
					id: 'all',
					before: 'Colour all could not be read: ',
					error: answers['all'],
				},
			},
			{
				failure: {
					id: 'red',
					before: 'Colour red could not be read: ',
					error: { ...answers['all'], notSent: true },
				},
			},
		]);
		expect(vendor.requests).toHaveLength(1);
	});

	it('refuses what is no ID before anything is sent', () => {
		const vendor = new ListVendor([]);
		return expect(query.run(itemOf(vendor, { colourId: '..' }))).rejects.toMatchObject({
			name: 'ParameterError',
			message: "The parameter 'Colour ID' contains '..', which is not an ID",
		});
	});
});

describe('Get with a second call', () => {
	const query = lookupForItems<{ loud: boolean; isSimple: boolean }>({
		lookup: {
			noun: { vendor: 'Palette', singular: 'colour', plural: 'colours' },
			requestsInFlight: 1,
			request: (id) => ({ method: 'GET', path: `/list?0&${id}` }),
			read: (id) => (id === 'gone' ? queryFailed({ reason: 'it is gone', notFound: true }) : found({ id })),
			detail: {
				isNeeded: ({ loud }) => loud,
				request: (id) => ({ method: 'GET', path: `/list?0&${id}&shades` }),
				read: (id, row) =>
					id === 'locked'
						? queryFailed({ reason: 'its shades are locked', stopsRun: true })
						: found({ ...row, shades: 7 }),
			},
			show: (row) => row,
		},
		identifier: { name: 'colourId', displayName: 'Colour ID' },
		query: (read) => ({ loud: read('loud') === true, isSimple: true }),
		connection,
	});
	const get = async (colourId: string, loud: boolean) => {
		const vendor = new ListVendor([]);
		const { results } = await vendor.clock.finish(query.run(itemOf(vendor, { colourId, loud })));
		return { results, requests: vendor.requests.map((path) => path.slice('/list?0&'.length)) };
	};

	it('reads what was found once more, and nothing else, where that is wanted', async () => {
		expect(await get('red, gone', true)).toMatchObject({
			results: [{ json: { id: 'red', shades: 7 } }, { failure: { error: { notFound: true } } }],
			requests: ['red', 'red&shades', 'gone'],
		});
		expect(await get('red', false)).toEqual({ results: [{ json: { id: 'red' } }], requests: ['red'] });
	});

	it('fails what it cannot read in full, and stops where every other would fare alike', async () => {
		expect(await get('locked, red', true)).toMatchObject({
			results: [
				{ failure: { id: 'locked', error: { reason: 'its shades are locked' } } },
				{ failure: { id: 'red', error: { reason: 'its shades are locked', notSent: true } } },
			],
			requests: ['locked', 'locked&shades'],
		});
	});
});

describe('Get of several in one request', () => {
	const query = lookupForItems<{ loud: boolean; isSimple: boolean }>({
		lookup: {
			noun: { vendor: 'Palette', singular: 'colour', plural: 'colours' },
			requestsInFlight: 1,
			idsPerRequest: 3,
			groupKey: ({ loud }) => String(loud),
			request: (ids, { loud }) => ({ method: 'GET', path: `/list?0&${ids.join('&')}${loud ? '!' : ''}` }),
			read: (ids, _query, { text }) => {
				const refusal =
					text === 'wrong key' ? { reason: 'the key is wrong', stopsRun: true as const } : BROKEN;
				if (!readObject(text)) return queryFailed(refusal);
				const answers = ids.map((id) => (id === 'gone' ? { error: GONE } : { row: { id } }));
				// A module that forgets one of the IDs must not make a thing of it.
				return found(answers.filter((_, index) => ids[index] !== 'forgotten'));
			},
			show: (row, { loud, isSimple }, id) => ({ ...row, loud, asked: id, ...(!isSimple && { raw: id }) }),
		},
		identifier: { name: 'colourId', displayName: 'Colour ID' },
		query: (read) => {
			const fields = read('fields') as string[] | undefined;
			const selection = fields && { idField: 'id', fields };
			return { loud: read('loud') === true, isSimple: true, ...(selection && { selection }) };
		},
		connection,
	});
	const GONE: QueryError = { reason: 'it is gone', notFound: true };
	const BROKEN: QueryError = { reason: 'the answer could not be read' };

	const together = async (vendor: ListVendor, ...parameters: Array<Record<string, unknown>>) => {
		const client = vendor.line(undefined, undefined, 1);
		const items = parameters.map((values) => ({ ...itemOf(vendor, values), client }));
		return await vendor.clock.finish(query.together!(items));
	};
	const told = (results: QueryResult[]): unknown[] =>
		results.map((one) =>
			'json' in one ? one.json['id'] : `${one.failure.before}${one.failure.error.reason}`,
		);

	it('takes the IDs of all items, and gives each item its own', async () => {
		const vendor = new ListVendor([]);
		const answers = await together(
			vendor,
			{ colourId: ['red', 'gone'] },
			{ colourId: '..' },
			{ colourId: 'blue' },
			{ colourId: 'pink, red' },
		);
		expect(answers.map((one) => ('results' in one ? told(one.results) : one))).toEqual([
			['red', 'Colour gone was not found: it is gone'],
			{ unreadable: expect.objectContaining({ name: 'ParameterError' }) },
			['blue'],
			['pink', 'red'],
		]);
		expect(vendor.requests).toEqual(['/list?0&red&gone&blue', '/list?0&pink&red']);
	});

	it('gives each item the fields that it has selected, from the same request', async () => {
		const vendor = new ListVendor([]);
		const answers = await together(
			vendor,
			{ colourId: ['a', 'gone'], fields: ['raw', 'nowhere'] },
			{ colourId: 'b' },
			{ colourId: 'c', fields: ['nowhere'] },
		);
		expect(vendor.requests).toEqual(['/list?0&a&gone&b', '/list?0&c']);
		expect(answers).toEqual([
			{ results: [{ json: { id: 'a', raw: 'a' } }, { failure: expect.anything() }], notes: [] },
			{ results: [{ json: { id: 'b', loud: false, asked: 'b' } }], notes: [] },
			{
				results: [{ json: { id: 'c' } }],
				notes: [expect.stringContaining('The colours have none of the selected fields (nowhere)')],
			},
		]);
	});

	it('puts together only what is asked for alike', async () => {
		const vendor = new ListVendor([]);
		await together(vendor, { colourId: 'a', loud: true }, { colourId: 'b' }, { colourId: 'c', loud: true });
		expect(vendor.requests).toEqual(['/list?0&a&c!', '/list?0&b']);
	});

	it('says of each ID that its request failed, and goes on', async () => {
		const vendor = new ListVendor([], {}, [{ status: 200, text: 'noise' }]);
		const [first, second] = await together(vendor, { colourId: ['a', 'b', 'c'] }, { colourId: 'd' });
		expect([first, second].map((one) => (one && 'results' in one ? told(one.results) : one))).toEqual([
			['a', 'b', 'c'].map((id) => `Colour ${id} could not be read: the answer could not be read`),
			['d'],
		]);
	});

	it('asks for no more where every other would fare alike, and says of each that nothing was sent', async () => {
		const vendor = new ListVendor([], {}, [{ status: 200, text: 'wrong key' }]);
		const [first, second] = await together(vendor, { colourId: ['a', 'b', 'c'] }, { colourId: 'd' });
		expect(vendor.requests).toHaveLength(1);
		expect(first).toMatchObject({ results: Array(3).fill({ failure: { error: { stopsRun: true } } }) });
		expect(second).toMatchObject({ results: [{ failure: { id: 'd', error: { notSent: true } } }] });
	});

	it('says so where an answer has too little in it', async () => {
		const results = (await together(new ListVendor([]), { colourId: ['a', 'forgotten'] }))[0];
		expect(results && 'results' in results ? told(results.results) : results).toEqual([
			'a',
			'Colour forgotten could not be read: the response does not mention it',
		]);
	});

	it('is the same for one item alone', async () => {
		const vendor = new ListVendor([]);
		const item = itemOf(vendor, { colourId: ['red', 'gone'], loud: true });
		const { results } = await vendor.clock.finish(query.run(item));
		expect(results).toEqual([
			{ json: { id: 'red', loud: true, asked: 'red' } },
			{ failure: { id: 'gone', before: 'Colour gone was not found: ', error: GONE } },
		]);
	});
});

it('a refusal of the item’s own parameters is thrown, for the adapter to tell', async () => {
	const query = listForItems<Asked>({ list: paletteListing({}), query: () => asked(), connection });
	const vendor = new ListVendor([]);
	const thrown: unknown = await query
		.run(itemOf(vendor, { returnAll: false, limit: 0 }))
		.catch((e: unknown) => e);
	expect(
		refusalOf(() => {
			throw thrown as Error;
		}).message,
	).toContain("'Limit'");
	expect(vendor.requests).toEqual([]);
});
