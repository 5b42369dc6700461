import { CredentialError } from '../../../../../nodes/core/connection/credentialError';
import { QueryRun, withoutAccess } from '../../../../../nodes/core/n8n/operations/queryOperation';
import type { Query, QueryResults } from '../../../../../nodes/core/n8n/operations/queryOperation';
import { ParameterError } from '../../../../../nodes/core/n8n/parameters/parameterError';
import { ListVendor } from '../../queries/listVendor';

const runOf = (run: Query['run'], more: Pick<Query, 'itemsAtOnce'> = { itemsAtOnce: 1 }): QueryRun => {
	const query: Query = {
		noun: { vendor: 'Palette', singular: 'colour', plural: 'colours' },
		connection: () => {
			throw new Error('not opened here');
		},
		requestsInFlight: 1,
		rates: [],
		...more,
		run,
	};
	return new QueryRun(query, new ListVendor([]).line(), 'UTC');
};
const one = (id: string, notes: string[] = []): QueryResults => ({ results: [{ json: { id } }], notes });

it.each([
	['so many', { itemsAtOnce: 3 }, 3],
	['as many as requests may be open', {}, 2],
])(
	'serves each item, %s side by side, and gives their findings in input order',
	async (_name, more, atOnce) => {
		let open = 0;
		let most = 0;
		const run = runOf(async ({ read }) => {
			most = Math.max(most, (open += 1));
			const wait = Number(read('wait'));
			await new Promise((resolve) => setTimeout(resolve, wait));
			open -= 1;
			return one(String(wait));
		}, more);
		const served = await run.all([0, 1, 2, 3], (item) => () => 20 - item * 5);
		expect(served).toEqual([20, 15, 10, 5].map((wait, item) => ({ json: { id: String(wait) }, item })));
		expect(most).toBe(atOnce);
	},
);

it('tells each note once', async () => {
	const run = runOf(async () => await Promise.resolve(one('a', ['Mind the gap.'])));
	await run.all([0, 1, 2], () => () => undefined);
	expect([...run.notes]).toEqual(['Mind the gap.']);
});

it('says of each item why the credential opens nothing', () => {
	const query = { noun: { vendor: 'Palette', singular: 'colour', plural: 'colours' } };
	const refusal = { reason: 'the base URL is empty', hint: 'Enter it.' };
	expect(withoutAccess(query, refusal, 3)).toEqual({
		failure: {
			id: '',
			before: 'The colours could not be looked up: ',
			error: { ...refusal, notSent: true },
		},
		item: 3,
	});
});

it('leaves the rest when a fault would meet all alike', async () => {
	let calls = 0;
	const run = runOf(async () => {
		calls += 1;
		const refusal = { reason: 'the key is wrong', hint: 'Mend it.', stopsRun: true as const };
		return await Promise.resolve({
			results: [{ failure: { id: '', before: 'No: ', error: refusal } }],
			notes: [],
		});
	});
	const served = await run.all([0, 1, 2], () => () => undefined);
	expect(calls).toBe(1);
	expect(served).toMatchObject([
		{ failure: { before: 'No: ' }, item: 0 },
		{
			failure: {
				before: 'The colours were not looked up because ',
				error: { hint: 'Mend it.', notSent: true },
			},
			item: 1,
		},
		{ item: 2 },
	]);
});

it.each([
	[
		new ParameterError("The parameter 'Colour' is empty", 'Fill it in.'),
		["The parameter 'Colour' is empty [item 0]", 'Fill it in.'],
	],
	[new CredentialError('The key is empty', 'Enter it.'), ['The key is empty [item 0]', 'Enter it.']],
	[
		new Error('$json.x is odd'),
		['The parameters or the credential of this item could not be read [item 0]', '$json.x is odd'],
	],
])('what cannot even be asked is a miss of that item alone (%s)', async (error, [message, hint]) => {
	const run = runOf(async ({ read }) => {
		if (read('item') === 0) throw error;
		return await Promise.resolve(one('b'));
	});
	const served = await run.all([0, 1], (item) => () => item);
	const kinds: Readonly<Record<string, string>> = {
		CredentialError: 'credential',
		ParameterError: 'configuration',
	};
	const kind = kinds[error.name];
	const cause = kind === undefined ? {} : { cause: { kind } };
	expect(served).toEqual([
		{
			failure: { id: '', before: '', error: { reason: message, hint, ...cause, notSent: true } },
			item: 0,
		},
		{ json: { id: 'b' }, item: 1 },
	]);
});
