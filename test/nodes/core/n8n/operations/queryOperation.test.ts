import type { Finder } from '../../../../../nodes/core/n8n/operations/operation';
import type { Findings } from '../../../../../nodes/core/n8n/output/queryItems';
import { Service } from '../../../../../nodes/core/n8n/operations/queryOperation';
import { ParameterError } from '../../../../../nodes/core/n8n/parameters/parameterError';
import { CredentialError } from '../../../../../nodes/core/connection/credentialError';
import { ListVendor } from '../../queries/listVendor';

const serviceOf = (find: Finder['find'], itemsAtOnce = 1): Service => {
	const finder: Finder = {
		noun: { vendor: 'Palette', singular: 'colour', plural: 'colours' },
		connection: () => {
			throw new Error('not opened here');
		},
		requestsInFlight: 1,
		rates: [],
		itemsAtOnce,
		find,
	};
	return new Service(finder, new ListVendor([]).line(), 'UTC');
};
const one = (id: string, notes: string[] = []): Findings => ({ found: [{ json: { id } }], notes });

it('serves each item, so many side by side, and gives their findings in input order', async () => {
	let open = 0;
	let most = 0;
	const service = serviceOf(async ({ read }) => {
		most = Math.max(most, (open += 1));
		const wait = Number(read('wait'));
		await new Promise((resolve) => setTimeout(resolve, wait));
		open -= 1;
		return one(String(wait));
	}, 2);
	const served = await service.serve([0, 1, 2, 3], (item) => () => 20 - item * 5);
	expect(served).toEqual([20, 15, 10, 5].map((wait, item) => ({ json: { id: String(wait) }, item })));
	expect(most).toBe(2);
});

it('tells each note once', async () => {
	const service = serviceOf(async () => await Promise.resolve(one('a', ['Mind the gap.'])));
	await service.serve([0, 1, 2], () => () => undefined);
	expect([...service.notes]).toEqual(['Mind the gap.']);
});

it('says of each item why the credential opens nothing', () => {
	const finder = { noun: { vendor: 'Palette', singular: 'colour', plural: 'colours' } } as Finder;
	const refusal = { reason: 'the base URL is empty', hint: 'Enter it.' };
	expect(Service.withoutAccess(finder, refusal, 3)).toEqual({
		failure: {
			id: '',
			message: 'The colours could not be looked up: the base URL is empty',
			error: { ...refusal, notSent: true },
		},
		item: 3,
	});
});

it('leaves the rest when a fault would meet all alike', async () => {
	let calls = 0;
	const service = serviceOf(async () => {
		calls += 1;
		const refusal = { reason: 'the key is wrong', hint: 'Mend it.', stopsRun: true as const };
		return await Promise.resolve({
			found: [{ failure: { id: '', message: 'No.', error: refusal } }],
			notes: [],
		});
	});
	const served = await service.serve([0, 1, 2], () => () => undefined);
	expect(calls).toBe(1);
	expect(served).toMatchObject([
		{ failure: { message: 'No.' }, item: 0 },
		{
			failure: {
				message: 'The colours were not looked up, because the key is wrong',
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
	const service = serviceOf(async ({ read }) => {
		if (read('item') === 0) throw error;
		return await Promise.resolve(one('b'));
	});
	const served = await service.serve([0, 1], (item) => () => item);
	expect(served).toEqual([
		{
			failure: { id: '', message, error: { reason: message, hint, notSent: true } },
			item: 0,
		},
		{ json: { id: 'b' }, item: 1 },
	]);
});
