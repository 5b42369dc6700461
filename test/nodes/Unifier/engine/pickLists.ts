import type { IDataObject, INodeListSearchResult } from 'n8n-workflow';

import { pick } from '../../../engine/picking';
import { credentialsOf, requestsTo, useVendor } from '../../../engine/sandboxes';
import { createUnifier } from '../../../sandbox/vendors/unifier/index.ts';
import { place, TYPE } from '../harness';

describe('Unifier, lists to pick from', () => {
	const vendor = useVendor(createUnifier);

	/** Calls a list the way n8n's editor does. */
	async function search(
		method: 'searchProjects' | 'searchBusinessProcesses',
		parameters: IDataObject = place('', ''),
		{ key = TYPE, text, token }: { key?: string; text?: string; token?: string } = {},
	): Promise<INodeListSearchResult> {
		return await pick({
			node: 'unifier',
			method,
			parameters: { resource: 'bpRecord', operation: 'terminate', ...parameters },
			credentials: { [TYPE]: credentialsOf(vendor, key) },
			text,
			token,
		});
	}

	it('projects: all, a page at a time, and searched behind the first page too', async () => {
		vendor.emulator.seed(0, { projects: 450 });
		const first = await search('searchProjects');
		expect(first.results).toHaveLength(200);
		expect(first.results.slice(0, 2)).toEqual([
			{ name: 'Company level (no project)', value: '' },
			{ name: 'AP · All Projects', value: 'AP' },
		]);
		expect(first.results).toContainEqual({
			name: 'PRJ-INACTIVE · Sandbox project PRJ-INACTIVE (Inactive)',
			value: 'PRJ-INACTIVE',
		});
		const second = await search('searchProjects', undefined, { token: first.paginationToken as string });
		expect(['', 'AP']).not.toContain(second.results[0]?.value);
		const found = await search('searchProjects', undefined, { text: ' p-0450 ' });
		expect(found.results.map(({ value }) => value)).toEqual(['P-0450']);
	});

	it('business processes: those of the chosen project, or of the company', async () => {
		const inProject = await search('searchBusinessProcesses', place('', 'PRJ-004'));
		expect(inProject.results.map(({ name }) => name)).toEqual([
			'Punchlist',
			'Contracts (cost: one record per request)',
			'Retired Forms',
			'Reservations',
		]);
		const atCompany = await search('searchBusinessProcesses');
		expect(atCompany.results).toEqual([{ name: 'Vendors', value: 'Vendors' }]);
		expect(requestsTo(vendor, 'GET', '/admin/bps').map(({ url }) => url.replace(/^.*\/admin/, ''))).toEqual([
			'/bps/PRJ-004',
			'/bps',
		]);
	});

	it.each([
		[
			'searchProjects',
			'The projects could not be listed: the integration user may not read projects',
			"'Number'",
		],
		[
			'searchBusinessProcesses',
			'The business processes could not be listed: the integration user may not read business processes',
			"'Name'",
		],
	] as const)(
		'%s: without the right for it, words instead of an empty list',
		async (method, message, way) => {
			await expect(search(method, place('', ''), { key: 'withoutAdmin' })).rejects.toMatchObject({
				message: expect.stringContaining(message),
				description: expect.stringMatching(`^Give the integration user Get access for Admin\\..*${way}`),
			});
		},
	);

	it.each(['delay', 'drip'] as const)(
		'says so when no answer has come within a minute, and asks no more then (%s)',
		async (kind) => {
			const original = AbortSignal.timeout.bind(AbortSignal);
			// A minute takes 600 ms.
			const timeouts = jest.spyOn(AbortSignal, 'timeout').mockImplementation((ms) => original(ms / 100));
			try {
				// The login before is not what is tried here.
				await search('searchProjects');
				vendor.journal.clear();
				vendor.faults.arm([{ kind, delayMs: kind === 'drip' ? 20 : 5_000, path: '/admin', times: 100 }]);
				await expect(search('searchProjects')).rejects.toMatchObject({
					message: 'The projects could not be listed: no complete response arrived within 60 seconds',
					description: expect.stringContaining('manually'),
				});
				const asked = vendor.journal.list().length;
				expect(asked).toBeGreaterThan(0);
				await new Promise((resolve) => setTimeout(resolve, 1_500));
				expect(vendor.journal.list()).toHaveLength(asked);
			} finally {
				timeouts.mockRestore();
			}
		},
	);

	it.each([
		['PRJ-INACTIVE', /Unifier did not accept the project \(code 602: ".*"\)$/],
		[null, /The expression in 'Project' returned nothing$/],
	])('business processes of the project %p: why there are none', async (project, message) => {
		await expect(search('searchBusinessProcesses', place('', project as string))).rejects.toMatchObject({
			message: expect.stringMatching(message),
			description: expect.stringContaining('project'),
		});
	});
});
