import type { JsonObject } from '../../core/emulator.ts';
import { useUnifier } from './client.ts';

describe('Unifier emulator: finding', () => {
	const { unifier, read, terminate, tokenOf, numbers, logIn } = useUnifier();
	const { seed } = unifier;

	describe('projects and business processes', () => {
		const shells = async (options: object): Promise<JsonObject[]> =>
			(await read(`/v1/admin/projectshell?options=${encodeURIComponent(JSON.stringify(options))}`)).json.data;
		const bps = async (path: string): Promise<JsonObject[]> => (await read(`/v1/admin/bps${path}`)).json.data;

		it('adds projects, and changes those that are there', async () => {
			const given = { projectnumber: 'N-1', projectname: 'North', status: 'On-Hold', type: 'generic_shell' };
			seed(0, { projects: [given, { projectnumber: 'PRJ-004', status: 'View-Only' }] });
			expect(await shells({ filter_condition: 'projectname=North' })).toEqual([given]);
			expect(await shells({ filter_condition: 'projectnumber=PRJ-004' })).toMatchObject([
				{ projectname: 'Sandbox project PRJ-004', status: 'View-Only' },
			]);
		});

		it('adds many active projects by their number', async () => {
			const before = (await shells({ status: 'Active' })).length;
			seed(0, { projects: 300 });
			const after = await shells({ status: 'Active' });
			expect(after).toHaveLength(before + 300);
			expect(after.at(-1)).toMatchObject({ projectnumber: 'P-0300' });
		});

		it('adds business processes to the company and to projects, and changes those that are there', async () => {
			seed(0, {
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
			expect((await terminate([])).json.status).toBe(3006);
		});
	});

	it.each([
		['DD/MM/YYYY', '05/03/2024', '04/03/2024 11:59 PM', '5/3/2024'],
		['MM-DD-YY', '03-05-24', '03-04-24', '03/05/24'],
		['DD.MM.YYYY', '05.03.2024', '04.03.2024', '05-03-2024'],
		['YYYY/MMM/DD', '2024/Mar/05', '2024/Feb/29', '2024/03/05'],
		['DD/MMM/YYYY', '05/Mar/2024', '04/Mar/2024', '05/mar/2024'],
		['M/D/YY', '3/5/24', '3/4/24', '03/05/2024'],
		['YY/M/D', '24/3/5', '24/3/4', '2024/3/5'],
	])('with the date format %s reads dates in it and in no other', async (dateFormat, day, before, other) => {
		unifier.configure({ dateFormat });
		seed(1, { ids: ['PL-1'], fields: { due: day } });
		seed(1, { ids: ['PL-2'], fields: { due: `${day} 12:30 AM` } });
		seed(1, { ids: ['PL-3'], fields: { due: before } });
		const within = async (value: string) =>
			await numbers({
				filter_criteria: {
					filter: [{ field: 'due', value, value2: `${day} 11:59 PM`, condition_type: 'range' }],
				},
			});
		expect(await within(day)).toEqual(['PL-1', 'PL-2']);
		expect(await within(before)).toEqual(['PL-1', 'PL-2', 'PL-3']);
		// A faulty criterion.
		expect(await within(other)).toEqual([]);
	});

	it('refuses the login of a locked user by code 1330, on all token services', async () => {
		unifier.configure({ lockedUsers: ['n8n-basic', 'n8n-oauth@tenant.example'] });
		const logins = [
			await logIn(),
			await logIn('v1Login', '/v1/login'),
			await logIn('v1OAuth', '/v1/oauth/token'),
		];
		for (const { status, json } of logins) {
			expect(status).toBe(200);
			expect(json).toEqual({
				data: [],
				message: ['The user is locked. Contact your administrator.'],
				status: 1330,
			});
		}
		expect((await logIn('dollarUser')).json.status).toBe(200);
	});

	it('refuses a record to a user without Get on Business Process Services, but no list of processes', async () => {
		const token = await tokenOf('withoutGet');
		const input = encodeURIComponent(JSON.stringify({ bpname: 'Punchlist', record_no: 'PL-1' }));
		expect((await read(`/v1/bp/record/PRJ-004?input=${input}`, token)).status).toBe(403);
		expect((await read('/v1/admin/bps/PRJ-004', token)).status).toBe(200);
	});
});
