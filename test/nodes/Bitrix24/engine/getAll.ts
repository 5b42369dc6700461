import type { IDataObject } from 'n8n-workflow';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import type { NodeResult } from '../../../engine/engine';
import { PATHS, Portal } from '../harness';
import type { Options } from '../harness';

const INSTANCES = 'bizproc.workflow.instances';
const TEMPLATES = 'bizproc.workflow.template.list';
const QUOTE = 'Bitrix\\Crm\\Integration\\BizProc\\Document\\Quote';

describe('Bitrix24: Get Many', () => {
	const portal = new Portal();
	const { vendor } = portal;

	const list = async (filters: IDataObject, options: Options = {}): Promise<NodeResult> =>
		await portal.list({ ...options, parameters: { returnAll: true, filters, ...options.parameters } });
	const idsIn = async (filters: IDataObject, options?: Options): Promise<unknown[]> => {
		const { error, success } = await list(filters, options);
		expect(error).toBeUndefined();
		return success.map(({ json }) => json['id']);
	};
	const bodies = (): IDataObject[] =>
		vendor.journal.list().map(({ body }) => JSON.parse(body) as IDataObject);
	/** Without those for the names of templates, which follow a list. */
	const pageCalls = (): string[] => portal.calls().filter((call) => !call.includes(TEMPLATES));
	const seed = (count: number, options: object = {}): string[] => portal.seed(count, options as never);

	describe.each(PATHS)('%s', (path) => {
		it('asks for what is filtered, on all pages, and gives what was asked for', async () => {
			const kind = { documentId: 'DEAL_1633', entity: 'CCrmDocumentDeal', moduleId: 'crm' };
			const time = { startedAt: '2024-05-01T00:00:00Z', intervalMs: 1000 };
			const wanted = seed(60, { ...kind, ...time, templateId: 212, startedBy: 57, state: 'stuck' });
			seed(60, time);
			const filters = {
				...kind,
				templateId: { __rl: true, mode: 'list', value: '212', cachedResultName: 'Approve deal (ID 212)' },
				startedBy: '57',
				startedAfter: '2024-05-01T02:00:00+02:00',
				startedBefore: '2024-05-01T00:00:59Z',
				stuck: true,
			};
			expect((await idsIn(filters, { path })).sort()).toEqual([...wanted].sort());
			expect(pageCalls()).toEqual([INSTANCES, `2 × ${INSTANCES}`]);
			const [first, second] = bodies();
			expect(first).toEqual({
				SELECT: expect.arrayContaining([
					'ID',
					'STARTED',
					'STARTED_BY',
					'TEMPLATE_ID',
					'OWNED_UNTIL',
					'ENTITY',
				]),
				FILTER: {
					DOCUMENT_ID: 'DEAL_1633',
					ENTITY: 'CCrmDocumentDeal',
					MODULE_ID: 'crm',
					TEMPLATE_ID: '212',
					STARTED_BY: '57',
					'>=STARTED': '2024-04-30T00:00:00.000Z',
					'<OWNED_UNTIL': expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.000Z$/),
				},
				ORDER: { ID: 'ASC' },
				start: 0,
			});
			const { w0, w1 } = (second?.['cmd'] ?? {}) as Record<string, string>;
			const { FILTER } = first as { FILTER: Record<string, string> };
			for (const [text, start] of [
				[w0, '50'],
				[w1, '0'],
			] as const) {
				const query = new URLSearchParams(text?.split('?')[1]);
				for (const [name, value] of Object.entries(FILTER)) expect(query.get(`FILTER[${name}]`)).toBe(value);
				expect([query.get('ORDER[ID]'), query.get('start')]).toEqual(['ASC', start]);
			}
		});

		it('keeps to every filter though Bitrix24 drops all of them', async () => {
			const [wanted] = seed(1, { documentId: 'LEAD_1', startedBy: 57, templateId: 27, state: 'stuck' });
			for (const other of [
				{ documentId: 'LEAD_12' },
				{ startedBy: 5 },
				{ templateId: 1 },
				{ state: 'locked' },
			]) {
				const like = {
					documentId: 'LEAD_1',
					startedBy: 57,
					templateId: 27,
					ownedUntil: '2024-01-01T00:00:00Z',
				};
				seed(
					1,
					'state' in other
						? { ...like, ...other, ownedUntil: '2099-01-01T00:00:00Z' }
						: { ...like, ...other },
				);
			}
			portal.configure({ dropFilters: ['*'] });
			const templateId = { __rl: true, mode: 'id', value: '27' };
			const filters = { documentId: 'LEAD_1', startedBy: '57', templateId, stuck: true };
			expect(await idsIn(filters, { path })).toEqual([wanted]);
		});

		it('takes a module from its list, as text, and as workflows have it saved that know no list', async () => {
			const wanted = seed(2, { moduleId: 'lists' });
			seed(1, { moduleId: 'crm' });
			const custom = seed(1, { moduleId: 'my.module' });
			const items = [{ module: 'lists' }];
			for (const moduleId of [
				{ __rl: true, mode: 'list', value: 'lists', cachedResultName: 'Lists' },
				{ __rl: true, mode: 'id', value: 'LISTS' },
				{ __rl: true, mode: 'id', value: '={{ $json.module }}' },
				'lists',
				'={{ $json.module }}',
			]) {
				expect((await idsIn({ moduleId }, { path, items })).sort()).toEqual([...wanted].sort());
			}
			const other = { __rl: true, mode: 'id', value: 'my.module' };
			expect(await idsIn({ moduleId: other }, { path })).toEqual(custom);
		});

		it('tells stuck workflows from the others', async () => {
			const stuck = seed(2, { ownedUntil: '2024-01-01T00:00:00Z' });
			const others = [...seed(1, { ownedUntil: '2099-01-01T00:00:00Z' }), ...seed(1, { ownedUntil: null })];
			expect((await idsIn({ stuck: true }, { path })).sort()).toEqual([...stuck].sort());
			expect((await idsIn({ stuck: false }, { path })).sort()).toEqual([...others].sort());
		});

		it.each<[string, IDataObject, string]>([
			['a mask', { documentId: 'DEAL_%' }, "The filter 'Document ID' contains the character %"],
			['no number', { startedBy: 'user_14' }, "The filter 'Started By' must be a numeric ID"],
			[
				'an empty list entry',
				{ templateId: { __rl: true, mode: 'list', value: '' } },
				"The filter 'Template' was added but has no value",
			],
			[
				'an empty module',
				{ moduleId: { __rl: true, mode: 'list', value: '' } },
				"The filter 'Module ID' was added but has no value",
			],
			[
				'an expression without a value',
				{ templateId: { __rl: true, mode: 'id', value: '={{ $json.missing }}' } },
				"The filter 'Template' was added but has no value",
			],
			[
				'no date',
				{ startedAfter: '01.05.2024' },
				"The value of the filter 'Started After' must be a date and time",
			],
			['no switch', { stuck: 'yes' }, "The value of the filter 'Stuck' must be true or false"],
		])('sends nothing for %s', async (_name, filters, message) => {
			const result = await list(filters, { path });
			expect(result.error?.message).toContain(message);
			expect(vendor.journal.list()).toEqual([]);
		});

		it('lists with an application whose access n8n has to renew', async () => {
			const ids = seed(60);
			const listed = await idsIn({}, { path, oAuth2: true, key: 'oAuth2Expired' });
			expect(listed.sort()).toEqual([...ids].sort());
		});
	});

	it('shows a workflow as the editor has to show it', async () => {
		const [id] = seed(1, {
			documentId: 'DEAL_7',
			templateId: 212,
			startedBy: 0,
			startedAt: '2024-05-01T00:00:00Z',
			modifiedAt: '2024-05-02T00:00:00Z',
			ownedUntil: '2024-05-03T00:00:00Z',
		});
		const { success } = await list({});
		expect(success[0]?.json).toEqual({
			id,
			workflowId: id,
			templateId: '212',
			templateName: 'Approve deal',
			moduleId: 'crm',
			entity: 'CCrmDocumentDeal',
			documentId: 'DEAL_7',
			started: '2024-05-01T00:00:00.000Z',
			startedBy: '0',
			modified: '2024-05-02T00:00:00.000Z',
			ownedUntil: '2024-05-03T00:00:00.000Z',
			stuck: true,
		});
		const raw = await list({}, { parameters: { simplify: false } });
		expect(raw.success[0]?.json).toMatchObject({
			id,
			workflowId: id,
			ID: id,
			STARTED: '2024-05-01T03:00:00+03:00',
		});
	});

	describe('the names of templates', () => {
		const namesIn = ({ success }: NodeResult): unknown[] => success.map(({ json }) => json['templateName']);
		const hintsIn = ({ run }: NodeResult): unknown[] =>
			(run.data.resultData.runData['Node']?.at(-1)?.hints ?? []).map(({ message }) => message);

		it.each(PATHS)('stand beside their IDs, for one more request (%s)', async (path) => {
			for (const templateId of [1, 212, 212, 900]) {
				seed(30, { templateId, startedAt: `2024-05-0${(templateId % 9) + 1}T00:00:00Z` });
			}
			const result = await list({}, { path });
			const named = new Map(result.success.map(({ json }) => [json['templateId'], json['templateName']]));
			// Templates of automation rules are on no list.
			expect(named).toEqual(
				new Map([
					['1', 'Approve lead'],
					['212', 'Approve deal'],
					['900', null],
				]),
			);
			expect(portal.calls()).toEqual([INSTANCES, `3 × ${INSTANCES}`, `3 × ${TEMPLATES}`]);
			expect(hintsIn(result)).toEqual([]);
		});

		it.each(['old', 'new', 'docs2026'])('are read whatever the server, generation %s', async (generation) => {
			portal.configure({ generation });
			seed(1, { templateId: 212 });
			expect(namesIn(await list({}))).toEqual(['Approve deal']);
			// The server then lists all templates, and each is known by its own ID.
			portal.configure({ dropFilters: ['ID'] });
			expect(namesIn(await list({}))).toEqual(['Approve deal']);
		});

		it('take a request for each 50 templates', async () => {
			seed(0, { templates: 60 });
			for (let templateId = 1007; templateId < 1067; templateId += 1) seed(1, { templateId });
			expect(namesIn(await list({})).sort()).toEqual(
				Array.from({ length: 60 }, (_, index) => `Template ${1007 + index}`),
			);
			expect(portal.calls().slice(-2)).toEqual([`50 × ${TEMPLATES}`, `10 × ${TEMPLATES}`]);
		});

		it.each(PATHS)('that may not be read do not fail the list (%s)', async (path) => {
			portal.configure({ templateList: 'refused' });
			seed(1, { templateId: 1 });
			seed(1, { templateId: 212 });
			const result = await list({}, { path });
			expect(result.error).toBeUndefined();
			expect(namesIn(result)).toEqual([null, null]);
			const reason = 'only a Bitrix24 administrator may list workflow templates';
			// On the routing path n8n has no place for hints.
			expect(hintsIn(result)).toEqual(
				path === 'wholeInput' ? [`Names of workflow templates are missing because ${reason}.`] : [],
			);
		});

		it('are not asked for where the raw data is wanted, and no field is made up', async () => {
			seed(1, { templateId: 212 });
			const { success } = await list({}, { parameters: { simplify: false } });
			expect(portal.calls()).toEqual([INSTANCES]);
			expect(Object.keys(success[0]?.json ?? {}).filter((name) => /template_?name/i.test(name))).toEqual([]);
		});
	});

	it('takes no more pages than the limit needs', async () => {
		seed(290);
		expect(await idsIn({}, { parameters: { returnAll: false, limit: 130 } })).toHaveLength(130);
		expect(pageCalls()).toEqual([INSTANCES, `2 × ${INSTANCES}`]);
		vendor.journal.clear();
		expect(await idsIn({}, { parameters: { returnAll: false, limit: 9_999 } })).toHaveLength(290);
		// The list is all of it, and is read as such: the first page again.
		expect(pageCalls()).toEqual([INSTANCES, `6 × ${INSTANCES}`]);
	});

	it.each(['old', 'new', 'docs2026'])(
		'finds by time on a server of the generation %s',
		async (generation) => {
			portal.configure({ generation });
			const [, wanted] = seed(3, { startedAt: '2024-05-01T11:00:00Z', intervalMs: 3_600_000 });
			const edges = { startedAfter: '2024-05-01T12:00:00Z', startedBefore: '2024-05-01T12:00:00Z' };
			expect(await idsIn(edges)).toEqual([wanted]);
		},
	);

	it.each(['old', 'new', 'docs2026'])(
		'finds by the last change, as well where Bitrix24 overlooks it, generation %s',
		async (generation) => {
			const at = (modifiedAt: string): string[] => seed(1, { startedAt: '2024-05-01T00:00:00Z', modifiedAt });
			const [, dead] = [at('2024-05-01T11:59:59Z'), at('2024-05-01T12:00:00Z'), at('2024-05-01T12:00:01Z')];
			const edges = { modifiedAfter: '2024-05-01T12:00:00Z', modifiedBefore: '2024-05-01T14:00:00+02:00' };
			for (const path of PATHS) {
				portal.configure({ generation, dropFilters: [] });
				expect(await idsIn(edges, { path })).toEqual(dead);
				portal.configure({ dropFilters: ['MODIFIED'] });
				expect(await idsIn(edges, { path })).toEqual(dead);
			}
			expect(bodies()[0]?.['FILTER']).toEqual({
				'>=MODIFIED': '2024-05-01T12:00:00.000Z',
				'<=MODIFIED': '2024-05-01T12:00:00.000Z',
			});
		},
	);

	it.each(['old', 'new', 'docs2026'])(
		'finds what the example for old workflows looks for, generation %s',
		async (generation) => {
			portal.configure({ generation });
			const { nodes } = JSON.parse(
				readFileSync(join(__dirname, '../../../../examples/older-than-bitrix24.json'), 'utf8'),
			) as { nodes: Array<{ name: string; parameters: IDataObject }> };
			const { parameters } = nodes.find(({ name }) => name === 'Old processes')!;
			const startedAt = (daysAgo: number): string =>
				new Date(Date.now() - daysAgo * 86_400_000).toISOString();
			const wanted = seed(60, { startedAt: startedAt(31) });
			seed(60, { startedAt: startedAt(29) });
			for (const path of PATHS) {
				const result = await portal.list({ parameters, items: [{ days: 30 }], path });
				expect(result.error).toBeUndefined();
				expect(result.success.map(({ json }) => json['id'])).toEqual(expect.arrayContaining(wanted));
				expect(result.success).toHaveLength(60);
				expect(result.run.data.resultData.runData['Node']?.at(-1)?.hints ?? []).toEqual([]);
			}
		},
	);

	it.each(['old', 'new', 'docs2026'])(
		'takes moments in the far future, generation %s',
		async (generation) => {
			portal.configure({ generation });
			const ids = seed(2);
			const never = '9999-12-31T23:59:59Z';
			expect((await idsIn({ startedBefore: never })).sort()).toEqual([...ids].sort());
			expect((await list({ startedAfter: never })).success).toEqual([]);
		},
	);

	it.each(['old', 'new', 'docs2026'])(
		'finds by the class of an entity, generation %s',
		async (generation) => {
			portal.configure({ generation });
			const [wanted] = seed(1, { entity: QUOTE });
			seed(1);
			expect(await idsIn({ entity: QUOTE })).toEqual([wanted]);
		},
	);

	it.each(['old', 'new', 'docs2026'])(
		'compares texts without their case, generation %s',
		async (generation) => {
			portal.configure({ generation });
			const wanted = seed(60, { documentId: 'DEAL_7', moduleId: 'CRM', entity: QUOTE });
			seed(1, { documentId: 'DEAL_70', moduleId: 'crm', entity: QUOTE });
			const filters = { documentId: 'deal_7', moduleId: 'crm', entity: QUOTE.toUpperCase() };
			for (const path of PATHS) {
				const { success, run } = await list(filters, { path });
				expect(success.map(({ json }) => json['id']).sort()).toEqual([...wanted].sort());
				expect(run.data.resultData.runData['Node']?.at(-1)?.hints ?? []).toEqual([]);
			}
		},
	);

	it('finds what automation rules started, by the ID of a template that no list shows', async () => {
		const [wanted] = seed(1, { templateId: 900 });
		seed(2, { templateId: 1 });
		expect(await idsIn({ templateId: { __rl: true, mode: 'id', value: '900' }, startedBy: 0 })).toEqual([
			wanted,
		]);
	});

	it('reads page by page where a batch would change a filter', async () => {
		const documentId = '$result[w0]';
		const wanted = seed(60, { documentId });
		seed(60);
		expect((await idsIn({ documentId })).sort()).toEqual([...wanted].sort());
		expect(pageCalls()).toEqual([INSTANCES, INSTANCES, INSTANCES]);
	});

	it('asks for a whole batch again when Bitrix24 is busy', async () => {
		const ids = seed(120);
		const body = JSON.stringify({ error: 'QUERY_LIMIT_EXCEEDED', error_description: 'Too many requests' });
		portal.arm({ kind: 'status', status: 503, body, path: 'batch' });
		expect((await idsIn({})).sort()).toEqual([...ids].sort());
		expect(pageCalls()).toEqual([INSTANCES, `3 × ${INSTANCES}`, `3 × ${INSTANCES}`]);
	});

	describe.each(PATHS)('a batch that takes too long (%s)', (path) => {
		it.each([
			['no answer comes', { kind: 'delay', delayMs: 2_500 }],
			['a gateway answers', { kind: 'html', status: 504 }],
		] as const)('is asked for again with fewer pages: %s', async (_name, fault) => {
			const ids = seed(230);
			portal.arm({ ...fault, path: 'batch' });
			const parameters = { requestOptions: { timeout: 1_000 } };
			expect((await idsIn({}, { path, parameters })).sort()).toEqual([...ids].sort());
			expect(pageCalls()).toEqual([INSTANCES, ...[5, 3, 2].map((pages) => `${pages} × ${INSTANCES}`)]);
		});
	});

	it('says until when Bitrix24 has blocked the method, and gives no part of the list', async () => {
		seed(400);
		portal.configure({ operating: 'on', operatingLimitSeconds: 3, operatingCostSeconds: 1 });
		const result = await list({});
		expect(result.success).toEqual([]);
		expect(result.error).toMatchObject({
			message: expect.stringMatching(/^The workflows could not be listed: .* used up its execution time/),
			description: expect.stringMatching(/^Try again shortly after \d{4}-\d\d-\d\d \d\d:\d\d UTC/),
		});
		expect(pageCalls()).toHaveLength(2);
	});

	it.each<[string, object, RegExp, RegExp]>([
		['webhookNoScope', {}, /lacks the permission 'Business processes'/, /Select 'Business processes'/],
		['webhookRevoked', {}, /did not accept the credential/, /Copy its URL from Bitrix24 again/],
		['webhookHeld', {}, /because of overload/, /Only Bitrix24 support/],
		[
			'bitrix24BizprocWebhookApi',
			{ plan: 'noRest' },
			/plan of this portal does not include the REST API/,
			/paid plan/,
		],
		['bitrix24BizprocWebhookApi', { plan: 'noBizproc' }, /business processes are not available/, /plan/],
	])('says what is missing: %s %j', async (key, switches, reason, hint) => {
		portal.configure(switches as never);
		const result = await list({}, { key, items: [{}, {}] });
		expect(result.success).toEqual([]);
		expect(result.error?.message).toMatch(/^2 of 2 workflows could not be read/);
		expect(result.error?.description).toMatch(reason);
		expect(result.error?.description).toMatch(hint);
		// What meets one item meets all.
		expect(vendor.journal.list()).toHaveLength(1);
	});
});
