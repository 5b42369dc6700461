import type { Emulator, JsonObject } from '../../core/emulator.ts';
import type { VendorListener } from '../../core/listener.ts';
import { ask, startAlone } from '../../support.ts';
import type { Answer } from '../../support.ts';
import { createUnifier } from './index.ts';

const SERVICE = '/ws/rest/service';

interface Criterion {
	field: string;
	value: string;
	condition_type: string;
}

describe('Unifier emulator: finding', () => {
	let unifier: VendorListener;
	let emulator: Emulator;

	beforeAll(async () => {
		emulator = createUnifier();
		unifier = await startAlone(emulator);
	});
	afterAll(async () => await unifier.app.close());
	beforeEach(() => emulator.reset());

	const credential = (name: string): JsonObject => emulator.credentials(unifier.origin)[name] ?? {};
	const send = async (path: string, init: RequestInit, authorization: string): Promise<Answer> =>
		await ask(unifier.baseUrl + SERVICE + path, {
			...init,
			headers: { authorization, 'content-type': 'application/json' },
		});
	const issued = (): string => `Bearer ${String(credential('accessToken')['accessToken'])}`;
	const read = async (path: string, authorization = issued()): Promise<Answer> =>
		await send(path, {}, authorization);
	const list = async (body: object, path = '/PRJ-004', authorization = issued()): Promise<Answer> =>
		await send(
			`/v1/bp/records${path}`,
			{ method: 'POST', body: JSON.stringify({ bpname: 'Punchlist', lineitem: 'no', ...body }) },
			authorization,
		);
	const numbers = async (body: object): Promise<string[]> =>
		(await list(body)).json.data.map((row: { record_no: string }) => row.record_no);
	const logIn = async (name: string): Promise<string> => {
		const { username, password } = credential(name);
		const basic = Buffer.from(`${String(username)}:${String(password)}`).toString('base64');
		return `Bearer ${(await read('/v2/auth/token', `Basic ${basic}`)).json.data.access_token}`;
	};

	describe('filters that are overlooked', () => {
		const eq = (field: string, value: string): Criterion => ({ field, value, condition_type: 'eq' });
		const criteria = (join: string, ...filter: Criterion[]): object => ({
			filter_criteria: { join, filter },
		});

		beforeEach(() => {
			emulator.seed(1, { ids: ['PL-1'], fields: { size: 5, due: '12-07-2017' } });
			emulator.seed(1, { ids: ['PL-2'], status: 'On Hold', fields: { size: 20, due: '13-07-2017' } });
			emulator.seed(1, { ids: ['PL-3'], fields: { size: 20, due: '13-07-2017' } });
		});

		it.each<[string[], object, string[], string[]]>([
			[['status'], { filter_condition: 'status=On Hold' }, ['PL-2'], ['PL-1', 'PL-2', 'PL-3']],
			[['size'], criteria('AND', eq('size', '20'), eq('status', 'Active')), ['PL-3'], ['PL-1', 'PL-3']],
			[['size'], criteria('OR', eq('size', '5'), eq('status', 'On Hold')), ['PL-1', 'PL-2'], ['PL-2']],
			[['due'], criteria('AND', eq('due', '12-07-2017')), ['PL-1'], ['PL-1', 'PL-2', 'PL-3']],
			[['other'], criteria('AND', eq('size', '5')), ['PL-1'], ['PL-1']],
			[
				['*'],
				{ filter_condition: 'record_no=PL-1', ...criteria('AND', eq('size', '20')) },
				[],
				['PL-1', 'PL-2', 'PL-3'],
			],
			[['*'], criteria('AND'), [], ['PL-1', 'PL-2', 'PL-3']],
			[['*'], { filter_condition: 'status' }, ['PL-1', 'PL-2', 'PL-3'], ['PL-1', 'PL-2', 'PL-3']],
		])('%j of %j', async (dropFilters, filters, obeyed, overlooked) => {
			expect(await numbers(filters)).toEqual(obeyed);
			emulator.configure({ dropFilters });
			expect(await numbers(filters)).toEqual(overlooked);
		});
	});

	describe('projects and business processes', () => {
		const shells = async (options: object): Promise<JsonObject[]> =>
			(await read(`/v1/admin/projectshell?options=${encodeURIComponent(JSON.stringify(options))}`)).json.data;
		const bps = async (path: string): Promise<JsonObject[]> => (await read(`/v1/admin/bps${path}`)).json.data;

		it('adds projects, and changes those that are there', async () => {
			const given = { projectnumber: 'N-1', projectname: 'North', status: 'On-Hold', type: 'generic_shell' };
			emulator.seed(0, { projects: [given, { projectnumber: 'PRJ-004', status: 'View-Only' }] });
			expect(await shells({ filter_condition: 'projectname=North' })).toEqual([given]);
			expect(await shells({ filter_condition: 'projectnumber=PRJ-004' })).toMatchObject([
				{ projectname: 'Sandbox project PRJ-004', status: 'View-Only' },
			]);
		});

		it('adds many active projects by their number', async () => {
			const before = (await shells({ status: 'Active' })).length;
			emulator.seed(0, { projects: 300 });
			const after = await shells({ status: 'Active' });
			expect(after).toHaveLength(before + 300);
			expect(after.at(-1)).toMatchObject({ projectnumber: 'P-0300' });
		});

		it('adds business processes to the company and to projects, and changes those that are there', async () => {
			emulator.seed(0, {
				bps: [
					{ bpName: 'Invoices', projectNumber: 'N-2', studioSource: 'cost', studioType: 'other' },
					{ bpName: 'Licences', noWorkflow: true },
					{ bpName: 'Punchlist', projectNumber: 'PRJ-004', active: false },
				],
			});
			expect(await bps('/N-2')).toEqual([
				expect.objectContaining({ bp_name: 'Invoices', studio_source: 'cost', studio_type: 'other' }),
			]);
			expect((await bps('')).find(({ bp_name: name }) => name === 'Licences')).toMatchObject({
				no_workflow: true,
			});
			const terminate = { options: { bpname: 'Punchlist', project_number: 'PRJ-004' }, data: [{}] };
			const answer = await send(
				'/v2/bp/record/terminate',
				{ method: 'PUT', body: JSON.stringify(terminate) },
				issued(),
			);
			expect(answer.json.status).toBe(3006);
		});

		it.each<[string, JsonObject]>([
			['projects', { projects: [{ projectname: 'without a number' }] }],
			['projects', { projects: [{ projectnumber: 'N', status: 'Open' }] }],
			['projects', { projects: -1 }],
			['bps', { bps: [{ projectNumber: 'N' }] }],
			['bps', { bps: [{ bpName: 'N', colour: 'red' }] }],
			['bps', { bps: 3 }],
		])('refuses wrong %s: %j', (option, options) => {
			expect(() => emulator.seed(0, options)).toThrow(option);
		});
	});

	it('refuses lists and records to a user without Get on Business Process Services', async () => {
		const authorization = await logIn('withoutGet');
		const input = encodeURIComponent(JSON.stringify({ bpname: 'Punchlist', record_no: 'PL-1' }));
		expect((await list({}, '/PRJ-004', authorization)).status).toBe(403);
		expect((await read(`/v1/bp/record/PRJ-004?input=${input}`, authorization)).status).toBe(403);
		expect((await read('/v1/admin/bps/PRJ-004', authorization)).status).toBe(200);
	});
});
