import type { IDataObject } from 'n8n-workflow';

import type { NodeResult } from '../../../engine/engine';
import { requestsTo } from '../../../engine/sandboxes';
import { PATHS, place, Unifier } from '../harness';
import type { Change } from '../harness';

describe.each(PATHS)('Unifier, looking up records: %s', (path) => {
	const unifier = new Unifier(path);

	const list = async (parameters: IDataObject = {}, change: Change = {}, items: IDataObject[] = [{}]) =>
		await unifier.runWith(items, {
			...change,
			parameters: { operation: 'getAll', returnAll: true, ...parameters },
		});
	const numbers = ({ success }: NodeResult): unknown[] => success.map(({ json }) => json['recordNumber']);
	const asked = () =>
		requestsTo(unifier.vendor, 'POST', '/bp/records').map(({ url, body }) => ({
			url: url.replace(/^.*\/v1/, ''),
			body: JSON.parse(body) as unknown,
		}));

	it('sends all filters as one set, and asks for what it filters by', async () => {
		const fields = { size: 6, title: 'Door frame' };
		unifier.seed(1, { ids: ['PL-0801'], fields, status: 'Pending' });
		unifier.seed(1, { ids: ['PL-0802'], fields: { ...fields, size: 60 }, status: 'Pending' });
		unifier.seed(1, { ids: ['PL-0803'], fields: { ...fields, title: 'Paint' }, status: 'Pending' });
		unifier.seed(1, { ids: ['PL-0901'], fields, status: 'Pending' });
		unifier.seed(1, { ids: ['PL-0804'], fields });
		const criteria = [
			{ field: 'size', conditionType: 'range', value: '1', value2: '9.5' },
			{ field: 'title', value: 'Door frame' },
		];
		const filters = { status: 'Pending', recordNumber: 'PL-08%', filterCriteria: { criteria } };
		const result = await list({ recordFields: 'uuu_user_id, size', filters });
		expect(result.success.map(({ json }) => json)).toEqual([
			{
				id: 'PL-0801',
				recordNumber: 'PL-0801',
				bpName: 'Punchlist',
				projectNumber: 'PRJ-004',
				status: 'Pending',
				uuu_user_id: 'user-a',
				size: 6,
			},
		]);
		expect(asked()).toEqual([
			{
				url: '/bp/records/PRJ-004',
				body: {
					bpname: 'Punchlist',
					lineitem: 'no',
					record_fields: 'status;record_no;size;title;uuu_user_id',
					filter_criteria: {
						join: 'AND',
						filter: [
							{ field: 'status', value: 'Pending', condition_type: 'eq' },
							{ field: 'record_no', value: 'PL-08%', condition_type: 'like' },
							{ field: 'size', value: '1', value2: '9.5', condition_type: 'range' },
							{ field: 'title', value: 'Door frame', condition_type: 'eq' },
						],
					},
				},
			},
		]);
	});

	const by = (...criteria: IDataObject[]) => ({ filterCriteria: { criteria } });

	it('refuses an element that no record has by its name, though Unifier answers with all records', async () => {
		unifier.seed(3);
		unifier.configure({ faultyCriteria: 'all' });
		const result = await list({ filters: by({ field: 'no_such_element', value: 'x' }) });
		expect(result.success).toEqual([]);
		expect(result.errors.map(({ json }) => json['error'])).toEqual([
			"The BP records could not be listed: no record has the element 'no_such_element' that the filter 'Filter Criteria 1: no_such_element' names",
		]);
		expect(unifier.counters()['lists']).toBe(1);
	});

	it.each([
		['DD/MM/YYYY', '05/03/2024 10:00 AM', '06/03/2024'],
		['MMM/DD/YYYY', 'Mar/05/2024 10:00 AM', 'Mar/06/2024'],
		['YY/M/D', '24/3/5 10:00 AM', '24/3/6'],
		['DD.MM.YYYY', '05.03.2024 10:00 AM', '06.03.2024'],
	])('writes dates of n8n in the format of the integration user: %s', async (dateFormat, due, late) => {
		unifier.configure({ dateFormat });
		unifier.seed(1, { ids: ['PL-1'], fields: { due } });
		unifier.seed(1, { ids: ['PL-2'], fields: { due: late } });
		const range = {
			field: 'due',
			conditionType: 'range',
			value: '2024-03-01',
			value2: '={{ DateTime.fromISO("2024-03-05T18:00:00") }}',
		};
		const result = await list({ filters: by({ ...range, dateFormat }) });
		expect(result.errors).toEqual([]);
		expect(numbers(result)).toEqual(['PL-1']);
		const before = { field: 'due', conditionType: 'before', value: range.value2, dateFormat };
		expect(numbers(await list({ filters: by(before) }))).toEqual(['PL-1']);
		expect(asked().map(({ body }) => Object.hasOwn(body as object, 'filter_criteria'))).toEqual([
			true,
			false,
		]);
	});

	it.each(['={{ $now.minus({ days: 30 }) }}', '={{ new Date() }}', '={{ $now.toISO() }}'])(
		'refuses the date %s by name as long as no format is chosen',
		async (value) => {
			const result = await list({ filters: by({ field: 'due', conditionType: 'after', value }) });
			expect(result.errors[0]?.json).toMatchObject({
				error: expect.stringContaining("'Filter Criteria 1: Value' is an n8n date or an ISO 8601 date"),
				details: { outcome: 'notSent', hint: expect.stringContaining("'Date Format'") },
			});
			expect(unifier.counters()['lists']).toBe(0);
		},
	);

	it('joins criteria by OR, and notices a server that ignores them', async () => {
		unifier.seed(1, { ids: ['PL-1'], fields: { size: 3 } });
		unifier.seed(1, { ids: ['PL-2'], fields: { title: 'Door', size: 9 } });
		unifier.seed(1, { ids: ['PL-3'], fields: { size: 9 } });
		unifier.seed(1, { ids: ['PL-4'], fields: { title: 'Door', size: 3 }, status: 'Pending' });
		const criteria = by(
			{ field: 'title', value: 'Door' },
			{ field: 'size', conditionType: 'range', value: '1', value2: '5' },
		);
		const filters = { status: 'Active', join: 'OR', ...criteria };
		expect(numbers(await list({ filters }))).toEqual(['PL-1', 'PL-2']);
		unifier.configure({ dropFilters: ['*'] });
		const result = await list({ filters });
		expect(numbers(result)).toEqual(['PL-1', 'PL-2']);
		const hints = result.run.data.resultData.runData['Node']?.at(-1)?.hints ?? [];
		expect(hints.map(({ message }) => message)).toEqual(
			path === 'wholeInput'
				? ["Unifier ignored the filter 'Filter Criteria'. 1 BP record that does not match it was left out."]
				: [],
		);
	});

	it('takes an underscore in a record number for itself', async () => {
		unifier.seed(1, { ids: ['PL_1', 'PL-1', 'PL_2'] });
		expect(numbers(await list({ filters: { recordNumber: 'PL_1' } }))).toEqual(['PL_1']);
		expect(numbers(await list({ filters: { recordNumber: 'PL_%' } }))).toEqual(['PL_1', 'PL_2']);
	});

	it('a record number that has lost digits is none', async () => {
		const body = '{"data":[{"record_no":90071992547409931},{"record_no":12}],"status":200}';
		unifier.arm({ kind: 'status', status: 200, body, path: '/bp/records' });
		expect(numbers(await list())).toEqual(['12']);
	});

	it('reads dates in the format of the integration user', async () => {
		unifier.seed(1, { ids: ['PL-1'], fields: { due: '05/03/2024' } });
		unifier.seed(1, { ids: ['PL-2'], fields: { due: '07/01/2024 10:00' } });
		const within = (value: string, value2: string) => ({
			filters: { filterCriteria: { criteria: [{ field: 'due', conditionType: 'range', value, value2 }] } },
		});
		// The user of the credential writes the day first.
		expect(numbers(await list(within('01/03/2024', '31/03/2024')))).toEqual(['PL-1']);
		expect((await list(within('05/01/2024', '03/02/2024'))).errors[0]?.json).toMatchObject({
			error: expect.stringMatching(/show whether the day or the month comes first$/),
			details: { outcome: 'failed', hint: expect.stringContaining('a day above 12') },
		});
	});

	it('lists at company level, and a record there as it came', async () => {
		unifier.seed(1, { bpName: 'Vendors', ids: ['VEN-0023'], fields: { size: 3, error: 'none' } });
		const result = await list({
			...place('Vendors', ''),
			simplify: false,
			recordFields: 'size;error;end_date',
		});
		expect(asked()[0]?.url).toBe('/bp/records');
		expect(result.success.map(({ json }) => json)).toEqual([
			{
				id: 'VEN-0023',
				recordNumber: 'VEN-0023',
				bpName: 'Vendors',
				projectNumber: '',
				record_no: 'VEN-0023',
				status: 'Active',
				size: 3,
				end_date: null,
				vendorError: 'none',
			},
		]);
	});

	it('a project that Unifier does not accept concerns its item only', async () => {
		unifier.seed(1, { ids: ['PL-1'] });
		const items = ['PRJ-INACTIVE', 'PRJ-004'].map((project) => ({ project }));
		const result = await list(place('Punchlist', '={{ $json.project }}'), {}, items);
		expect(numbers(result)).toEqual(['PL-1']);
		expect(result.errors).toEqual([
			{
				json: expect.objectContaining({
					project: 'PRJ-INACTIVE',
					error:
						'The BP records could not be listed: Unifier did not accept the project (code 602: "Project/Shell Number is not correct.")',
					details: expect.objectContaining({
						code: '602',
						hint: 'Check the project number; the project must be active.',
					}),
				}),
				pairedItem: { item: 0 },
			},
		]);
	});

	it('a missing right concerns all items, and is met once', async () => {
		const result = await list({}, { key: 'withoutGet' }, [{}, {}, {}]);
		expect(result.errors.map(({ json }) => (json['details'] as IDataObject)['outcome'])).toEqual(
			path === 'wholeInput' ? ['failed', 'notSent', 'notSent'] : ['failed', 'failed', 'failed'],
		);
		expect(unifier.counters()['forbidden']).toBe(path === 'wholeInput' ? 1 : 3);
	});

	it('a session that has ended is renewed', async () => {
		unifier.seed(2);
		await list();
		unifier.configure({ refuseTokens: 'once' });
		expect((await list()).success).toHaveLength(2);
	});

	it('a token that stays refused is told readably', async () => {
		unifier.configure({ refuseTokens: 'always' });
		expect((await list()).errors[0]?.json['error']).toContain(
			'The BP records could not be listed: Unifier did not accept the token',
		);
	});

	it.each(['getAll', 'get'])(
		'a pasted token that is refused says that it was pasted: %s',
		async (operation) => {
			const result = await list({ operation, recordNumber: 'PL-1' }, { key: 'expiredAccessToken' });
			expect(result.errors[0]?.json).toMatchObject({
				error: expect.stringContaining('Unifier did not accept the access token that was pasted'),
				details: { httpStatus: 401, hint: expect.stringContaining('Paste a new one') },
			});
			expect(unifier.counters()['unauthorized']).toBe(1);
		},
	);

	it('gets a record of a project whose number needs encoding, as it came, without line items', async () => {
		unifier.seed(1, { ids: ['PL 1/2'], projectNumber: 'AM-CO630/620A', fields: { size: 3 } });
		const result = await unifier.runItems(['PL 1/2'], {
			parameters: {
				...place('Punchlist', 'AM-CO630/620A'),
				operation: 'get',
				recordNumber: '={{ $json.id }}',
				simplify: false,
			},
		});
		expect(result.success[0]?.json).toEqual({
			id: 'PL 1/2',
			recordNumber: 'PL 1/2',
			bpName: 'Punchlist',
			projectNumber: 'AM-CO630/620A',
			record_no: 'PL 1/2',
			status: 'Active',
			title: 'Record PL 1/2',
			uuu_user_id: 'user-a',
			uuu_record_last_update_date: '2018/04/23 11:06',
			end_date: null,
			size: 3,
		});
	});

	it('gets the elements that were asked for, and line items on request', async () => {
		unifier.seed(1, { ids: ['PL-1'], fields: { size: 3 }, lineItems: [{ title: 'Hinge' }] });
		const get = async (parameters: IDataObject) => {
			const result = await unifier.runItems(['PL-1'], {
				parameters: { operation: 'get', recordNumber: '={{ $json.id }}', ...parameters },
			});
			return result.success[0]?.json;
		};
		const simple = { id: 'PL-1', recordNumber: 'PL-1', bpName: 'Punchlist', projectNumber: 'PRJ-004' };
		expect(await get({})).toEqual({ ...simple, status: 'Active' });
		expect(await get({ recordFields: 'size, colour', includeLineItems: true })).toEqual({
			...simple,
			status: 'Active',
			size: 3,
			colour: null,
			lineItems: [{ title: 'Hinge' }],
		});
		expect(await get({ simplify: false, includeLineItems: true })).toMatchObject({
			size: 3,
			_bp_lineitems: [{ title: 'Hinge' }],
		});
	});
});
