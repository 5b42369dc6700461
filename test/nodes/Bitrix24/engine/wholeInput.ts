import type { IDataObject } from 'n8n-workflow';

import type { NodeResult } from '../../../engine/engine';
import { requestsTo, stateOf } from '../../../engine/sandboxes';
import { createBitrix24 } from '../../../sandbox/vendors/bitrix24/index.ts';
import { outcomesOf, PATHS, Portal } from '../harness';
import type { Options } from '../harness';

const TERMINATE = 'bizproc.workflow.terminate';

describe('Bitrix24 with many input items', () => {
	let onAnswer: (url: string) => void;

	beforeEach(() => {
		onAnswer = () => undefined;
	});
	const portal = new Portal(() => {
		const emulator = createBitrix24();
		return {
			...emulator,
			routes: (app) => {
				app.addHook('onResponse', async ({ url }) => onAnswer(url));
				emulator.routes(app);
			},
		};
	});
	const { vendor } = portal;

	/** One item for each ID, its other fields as expressions see them. */
	const terminate = async (items: IDataObject[], options: Options = {}): Promise<NodeResult> =>
		await portal.terminate('={{ $json.id }}', { ...options, items });
	const seed = (count: number): string[] => portal.seed(count, {});
	const told = ({ success }: NodeResult) => success.map(({ json, pairedItem }) => [json['id'], pairedItem]);

	it.each([
		['wholeInput', Array(3).fill('/rest/1/***/batch')],
		['routing', Array(120).fill(`/rest/1/***/${TERMINATE}`)],
	] as const)('keeps order and pairing of 120 items with one ID each (%s)', async (path, urls) => {
		const ids = seed(120);
		const result = await terminate(
			ids.map((id) => ({ id })),
			{ path },
		);
		expect(outcomesOf(result)).toEqual(ids.map(() => 'terminated'));
		expect(told(result)).toEqual(ids.map((id, item) => [id, { item }]));
		expect(vendor.journal.list().map(({ url }) => url)).toEqual(urls);
		expect(portal.counters()).toMatchObject({ terminates: 120, notFound: 0 });
	});

	it.each(PATHS)('has one request open at a time (%s)', async (path) => {
		vendor.latency.ms = 20;
		await terminate(
			[seed(50), seed(50), seed(50), seed(50)].map((id) => ({ id })),
			{ path },
		);
		expect(vendor.journal.list().map(({ inFlight }) => inFlight)).toEqual([1, 1, 1, 1]);
	});

	it('fills its requests over items with several IDs', async () => {
		const ids = seed(110);
		const items = [ids.slice(0, 30), ids.slice(30, 31), ids.slice(31, 95), ids.slice(95)].map((id) => ({
			id,
		}));
		const result = await terminate(items);
		expect(portal.calls()).toEqual([`50 × ${TERMINATE}`, `50 × ${TERMINATE}`, `10 × ${TERMINATE}`]);
		expect(told(result)).toEqual(items.flatMap(({ id }, item) => id.map((one) => [one, { item }])));
	});

	it('sends an ID that several items name once, and answers each of them', async () => {
		const [first, second, third] = seed(3) as [string, string, string];
		const named = [first, second, first, third, ` ${first}\n`, second];
		const result = await terminate(named.map((id) => ({ id })));
		expect(told(result)).toEqual(named.map((id, item) => [id.trim(), { item }]));
		expect(outcomesOf(result)).toEqual(named.map(() => 'terminated'));
		expect(portal.calls()).toEqual([`3 × ${TERMINATE}`]);
		expect(portal.counters()).toMatchObject({ terminates: 3, notFound: 0 });
	});

	it('puts workflows with different status texts into the same batches', async () => {
		const ids = seed(120);
		const items = ids.map((id, index) => ({ id, why: index % 2 === 0 ? 'Duplicate' : 'Dismissed' }));
		const result = await terminate(items, { parameters: { statusText: '={{ $json.why }}' } });
		expect(told(result)).toEqual(ids.map((id, item) => [id, { item }]));
		expect(outcomesOf(result)).toEqual(ids.map(() => 'terminated'));
		expect(portal.calls()).toEqual([50, 50, 20].map((count) => `${count} × ${TERMINATE}`));
		expect(items.map(({ id }) => portal.title(id))).toEqual(items.map(({ why }) => why));
	});

	describe.each(PATHS)('texts that mean something to a server (%s)', (path) => {
		const HOSTILE = [
			'a&ID=b',
			'a#b',
			'a+b',
			'a%2Bb %41 100%',
			`"double" 'single' \`back\``,
			'ÄÖÜ 日本語 🙂👩‍💻',
			'back\\slash \\u0041 {"w0":1}',
			'<b>bold</b>;?=/:@',
			'$result[w0]',
			'see $RESULT[w1][ID] and $time[w0]',
			'$result w0',
		];

		it('arrive as status texts', async () => {
			const items = [...HOSTILE, ...HOSTILE].map((why) => ({ id: seed(1)[0]!, why }));
			const result = await terminate(items, { path, parameters: { statusText: '={{ $json.why }}' } });
			expect(outcomesOf(result)).toEqual(items.map(() => 'terminated'));
			expect(items.map(({ id }) => portal.title(id))).toEqual(items.map(({ why }) => why));
			// Two of the texts would be changed in a batch.
			const [batches, alone] = path === 'wholeInput' ? [1, 4] : [0, items.length];
			expect(requestsTo(vendor, 'POST', '/batch')).toHaveLength(batches);
			expect(requestsTo(vendor, 'POST', TERMINATE)).toHaveLength(alone);
		});

		it('arrive as IDs, and nothing else is ended', async () => {
			// Some of it is refused in IDs.
			const ids = HOSTILE.map((text) => text.replace(/[ ;\u200d]|^["'<]|["'>\])}`]$/g, ''));
			portal.seed(ids.length, { ids });
			const [bystander] = seed(1);
			const result = await terminate(
				ids.map((id) => ({ id: [id] })),
				{ path },
			);
			expect(result.success.map(({ json }) => [json['id'], json['outcome']])).toEqual(
				ids.map((id) => [id, 'terminated']),
			);
			expect(ids.map((id) => stateOf(vendor, id))).toEqual(ids.map(() => 'terminated'));
			expect(stateOf(vendor, bystander!)).toBe('running');
			expect(requestsTo(vendor, 'POST', '/batch')).toHaveLength(path === 'wholeInput' ? 1 : 0);
		});
	});

	it('renews a token that expires in the middle, once, and sends nothing twice', async () => {
		const ids = seed(120);
		onAnswer = (url) => {
			if (url === '/rest/batch') portal.configure({ clockOffsetMs: 3_700_000 });
		};
		const result = await terminate(
			ids.map((id) => ({ id })),
			{ oAuth2: true },
		);
		expect(outcomesOf(result)).toEqual(ids.map(() => 'terminated'));
		expect(result.success.map(({ json }) => json['attempts'])).toEqual(ids.map(() => 1));
		expect(vendor.journal.list().map(({ url, status }) => [url.split('?')[0], status])).toEqual([
			['/rest/batch', 200],
			['/rest/batch', 401],
			['/oauth/token/', 200],
			['/rest/batch', 200],
			['/rest/batch', 200],
		]);
		expect(portal.counters()).toMatchObject({ refreshes: 1, batches: 3, terminates: 120, notFound: 0 });
		expect(result.credentials.saved).toBe(1);
	});

	it('reads 2,000 items without one request too many', async () => {
		const ids = seed(2000);
		const result = await terminate(ids.map((id) => ({ id })));
		expect(outcomesOf(result)).toEqual(ids.map(() => 'terminated'));
		expect(portal.calls()).toEqual(Array(40).fill(`50 × ${TERMINATE}`));
	});
});
