import type { INodeListSearchResult } from 'n8n-workflow';

import { pick } from '../../../engine/picking';
import { credentialsOf, useVendor } from '../../../engine/sandboxes';
import { createBitrix24 } from '../../../sandbox/vendors/bitrix24/index.ts';
import { OAUTH2, WEBHOOK } from '../harness';

const LIST = { node: 'bitrix24', method: 'searchTemplates' };

describe('Bitrix24: the list of templates in the editor', () => {
	const vendor = useVendor(createBitrix24, { rateLimit: 'off' });

	const open = async (
		[text, token]: [text?: string, token?: string | undefined] = [],
		key = WEBHOOK,
	): Promise<INodeListSearchResult> =>
		await pick({
			...LIST,
			parameters: { authentication: 'webhook' },
			credentials: { [WEBHOOK]: credentialsOf(vendor, key) },
			text,
			token,
		});
	const names = ({ results }: INodeListSearchResult): string[] => results.map(({ name }) => name);

	it('shows what Bitrix24 lists, by name', async () => {
		const listed = await open();
		expect(names(listed)).toEqual([
			'App template (ID 379)',
			'Approve deal (ID 212)',
			'Approve file (ID 30)',
			'Approve lead (ID 1)',
			'Approve list element (ID 27)',
			'Display Time (ID 525)',
		]);
		expect(listed.results[1]?.value).toBe('212');
	});

	it('is paged, and searched, also where Bitrix24 drops the search', async () => {
		vendor.emulator.seed(0, { templates: 60 });
		vendor.emulator.seed(0, { templates: [{ id: 70, name: 'Zebra' }] });
		const first = await open();
		expect([first.results.length, first.paginationToken]).toEqual([50, '50']);
		const rest = await open(['', first.paginationToken]);
		expect([rest.results.length, rest.paginationToken]).toEqual([17, undefined]);
		expect(names(await open(['zEBra']))).toEqual(['Zebra (ID 70)']);
		vendor.emulator.configure({ dropFilters: ['NAME'] });
		expect(names(await open(['zEBra']))).toEqual(['Zebra (ID 70)']);
	});

	it('opens with an application whose access has to be renewed', async () => {
		const credentials = { [OAUTH2]: credentialsOf(vendor, 'oAuth2Expired') };
		const listed = await pick({ ...LIST, parameters: { authentication: 'oAuth2' }, credentials });
		expect(listed.results).toHaveLength(6);
	});

	it.each([
		[
			'webhookNotAdmin',
			'only a Bitrix24 administrator may list workflow templates',
			/administrator to create/,
		],
		['webhookNoScope', "lacks the permission 'Business processes' (bizproc)", /^Select/],
		['webhookWrongCode', 'Bitrix24 did not accept the credential', /^The webhook may be wrong/],
	])('says why it stays closed: %s', async (key, reason, description) => {
		const error = await open([], key).catch((thrown: unknown) => thrown);
		expect(error).toMatchObject({
			message: expect.stringContaining(reason),
			description: expect.stringMatching(description),
		});
		expect((error as Error).message).toMatch(/^The workflow templates could not be listed: /);
	});
});

describe('Bitrix24: the list of modules in the editor', () => {
	const open = async (text?: string): Promise<INodeListSearchResult> =>
		await pick({ node: 'bitrix24', method: 'searchModules', parameters: {}, credentials: {}, text });

	it('has those that are documented, and is searched without the vendor', async () => {
		expect((await open()).results.map(({ value }) => value)).toEqual(['crm', 'disk', 'lists']);
		expect((await open(' LIST ')).results.map(({ value }) => value)).toEqual(['lists']);
		expect((await open('disk')).results).toEqual([{ name: 'Drive', value: 'disk' }]);
		expect((await open('nothing')).results).toEqual([]);
	});
});
