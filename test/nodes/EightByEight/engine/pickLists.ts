import type { INodeListSearchResult } from 'n8n-workflow';

import { pick } from '../../../engine/picking';
import { credentialsOf } from '../../../engine/sandboxes';
import { CREDENTIAL, EightByEightTest } from '../harness';

const PARAMETERS = {
	resource: 'workflow',
	operation: 'terminate',
	definitionId: { __rl: true, mode: 'list', value: '' },
};

describe('8x8: the list of definitions, as n8n asks for it', () => {
	const test = new EightByEightTest();

	const open = async (key: string, text?: string, token?: string): Promise<INodeListSearchResult> =>
		await pick({
			node: 'eightByEight',
			method: 'searchDefinitions',
			parameters: PARAMETERS,
			credentials: { [CREDENTIAL]: credentialsOf(test.vendor, key) },
			text,
			token,
		});

	it('shows them, and finds them by name', async () => {
		expect(await open(CREDENTIAL)).toEqual({
			results: [
				{
					name: 'Send automatic reply with a delay · latest version 2 · 5870442f',
					value: '5870442f-3ddd-4657-b74c-6e17308f5230',
				},
				{
					name: 'Ask for feedback · latest version 2 · 7d0c1a52',
					value: '7d0c1a52-93be-4f0e-8a37-2b1f5c64e9d8',
				},
			],
		});
		expect((await open(CREDENTIAL, ' FEEDBACK ')).results).toHaveLength(1);
	});

	it('shows disabled ones, where 8x8 lists them', async () => {
		const id = 'ae54eaf1-b86d-43c5-8982-2818f9bbe52c';
		test.seed(0, { definitions: [{ id, status: 'disabled' }] });
		expect((await open(CREDENTIAL)).results).toHaveLength(2);
		test.configure({ listDisabled: true, definitionShape: 'schema' });
		expect((await open(CREDENTIAL, 'disabled')).results).toEqual([
			{ name: 'Send automatic reply · latest version 1 · ae54eaf1 · disabled', value: id },
		]);
	});

	it.each(['page', 'item'])('goes on where the last page ended, offset by %s', async (offsetMode) => {
		const definitions = Array.from({ length: 248 }, (_, index) => ({
			id: `${String(index).padStart(8, '0')}-b86d-43c5-8982-2818f9bbe52c`,
		}));
		test.seed(0, { definitions });
		test.configure({ offsetMode });
		const values = new Set<unknown>();
		let token: string | undefined;
		for (const size of [100, 100, 50]) {
			const { results, paginationToken } = await open(CREDENTIAL, undefined, token);
			expect(results).toHaveLength(size);
			for (const { value } of results) values.add(value);
			token = paginationToken;
		}
		expect(token).toBeUndefined();
		expect(values.size).toBe(250);
	});

	it.each([
		['wrongKey', /8x8 did not accept the API key/, /API Keys page/],
		['foreignAccount', /the API key has no access to this account/, /sub-account ID/],
		['notEnabledAccount', /the API key has no access to this account/, /enabled the account/],
	])('says why there is none with %s', async (key, message, description) => {
		await expect(open(key)).rejects.toMatchObject({
			message: expect.stringMatching(message),
			description: expect.stringMatching(description),
		});
		await expect(open(key)).rejects.toMatchObject({
			message: expect.stringMatching(/^The definitions could not be listed: /),
		});
	});
});
