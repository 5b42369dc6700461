import type { IDataObject } from 'n8n-workflow';

import { runNode } from '../../../engine/engine';
import type { NodeResult, NodeRun, Path } from '../../../engine/engine';
import { credentialsOf } from '../../../engine/sandboxes';
import { CREDENTIAL, DEFINITION, EightByEightTest } from '../harness';

const FEEDBACK = '7d0c1a52-93be-4f0e-8a37-2b1f5c64e9d8';
const idOf = (index: number): string => `0b6d4a9e-1111-4222-8333-${String(index).padStart(12, '0')}`;

describe.each<Path>(['wholeInput', 'routing'])('8x8: finding definitions on the real engine (%s)', (path) => {
	const test = new EightByEightTest();

	const run = async (parameters: IDataObject, change: Partial<NodeRun> = {}): Promise<NodeResult> =>
		await runNode({
			node: 'eightByEight',
			path,
			parameters: { resource: 'workflow', operation: 'getAll', returnAll: true, ...parameters },
			credentials: { [CREDENTIAL]: credentialsOf(test.vendor, CREDENTIAL) },
			...change,
		});
	const list = async (parameters: IDataObject = {}, change: Partial<NodeRun> = {}): Promise<NodeResult> =>
		await run({ resource: 'definition', ...parameters }, change);
	const sent = (): string[] =>
		test.vendor.journal.list().map(({ url }) => url.replace(/^.*\/definitions/, ''));

	it('lists those of the account, each with its latest version, and without its steps', async () => {
		const { success, error } = await list();
		expect(error).toBeUndefined();
		expect(success.map(({ json, pairedItem }) => [json, pairedItem])).toEqual(
			[
				[DEFINITION, 'Send automatic reply with a delay'],
				[FEEDBACK, 'Ask for feedback'],
			].map(([id, name]) => [
				{
					id,
					definitionId: id,
					name,
					version: 2,
					status: 'enabled',
					trigger: 'inbound_chat_apps',
					subAccountId: 'test_subaccount_id',
					createdAt: '2021-07-12T04:49:30.27Z',
				},
				{ item: 0 },
			]),
		);
		expect(sent()).toEqual(['?limit=500']);
	});

	it.each(['sample', 'schema'])(
		'gives the raw data with what Get Many of workflows needs (%s)',
		async (shape) => {
			test.configure({ definitionShape: shape });
			const [first] = (await list({ simplify: false })).success;
			expect(first?.json).toMatchObject({
				id: DEFINITION,
				definitionId: DEFINITION,
				accountId: 'test_account_id',
				definition: { name: 'Send automatic reply with a delay', steps: [{ id: 'step1' }, { id: 'step2' }] },
			});
			const [simple] = (await list()).success;
			expect(simple?.json).toMatchObject({ id: DEFINITION, version: 2, subAccountId: 'test_subaccount_id' });
		},
	);

	it('lists each once where 8x8 lists every version', async () => {
		test.configure({ listedVersions: 'all' });
		expect((await list()).success.map(({ json }) => [json['id'], json['version']])).toEqual([
			[DEFINITION, 2],
			[FEEDBACK, 2],
		]);
		expect((await list({ returnAll: false, limit: 1 })).success).toHaveLength(1);
	});

	it.each(['page', 'item'])('reads on where one page is not enough, offset by %s', async (offsetMode) => {
		test.configure({ offsetMode });
		test.seed(0, { definitions: Array.from({ length: 1_100 }, (_, index) => ({ id: idOf(index) })) });
		const listed = (await list()).success.map(({ json }) => json['id']);
		expect(listed).toHaveLength(1_102);
		expect(new Set(listed).size).toBe(1_102);
		expect((await list({ returnAll: false, limit: 700 })).success).toHaveLength(700);
	});

	it('covers an account: each definition goes into Get Many of workflows by drag and drop', async () => {
		const one = test.seed(2, { definitionId: DEFINITION, version: 1 });
		const other = test.seed(1, { definitionId: FEEDBACK });
		const definitions = (await list()).success.map(({ json }) => json);
		const { success, error } = await run(
			{ definitionId: { __rl: true, mode: 'id', value: '={{ $json.definitionId }}' } },
			{ items: definitions },
		);
		expect(error).toBeUndefined();
		expect(success.map(({ json, pairedItem }) => [json['id'], pairedItem])).toEqual([
			[one[1], { item: 0 }],
			[one[0], { item: 0 }],
			[other[0], { item: 1 }],
		]);
	});

	it('gives no item where the account has none, and says why where there is no list', async () => {
		test.arm({ kind: 'status', status: 200, body: '[]' });
		const none = await list();
		expect([none.success, none.error]).toEqual([[], undefined]);
		test.arm({ kind: 'cut', times: 50 });
		expect((await list()).error?.message).toBe(
			'The definitions could not be listed: the response could not be read',
		);
		const lacking = await list(
			{},
			{ credentials: { [CREDENTIAL]: credentialsOf(test.vendor, 'foreignAccount') } },
		);
		expect(lacking.error?.message).toContain('the API key has no access to this account');
	});

	it('leaves out what has no ID, and says so', async () => {
		const body = JSON.stringify([{ definition: { name: 'Nobody can ask for this one' } }, { id: idOf(7) }]);
		test.arm({ kind: 'status', status: 200, body });
		const { success, run: done } = await list();
		expect(success.map(({ json }) => [json['id'], json['name'], json['version']])).toEqual([
			[idOf(7), null, null],
		]);
		const hints = done.data.resultData.runData['Node']?.at(-1)?.hints ?? [];
		expect(hints.map(({ message }) => message)).toEqual(
			path === 'wholeInput' ? [expect.stringContaining('8x8 listed definitions without an ID')] : [],
		);
	});
});
