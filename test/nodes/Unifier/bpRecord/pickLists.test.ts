import type { INodeListSearchResult } from 'n8n-workflow';

import { businessProcesses, projects } from '../../../../nodes/Unifier/bpRecord/pickLists';
import type { PickList, Search } from '../../../../nodes/core/n8n/listSearch';
import type { Page, PageRequest } from '../../../../nodes/core/queries/list';
import { SAMPLES } from '../samples';

const response = (text: string, status = 200) => ({ status, headers: {}, text });

interface Change {
	search?: Partial<Search>;
	project?: unknown;
}

const start = (list: PickList, { search, project = '' }: Change = {}) => {
	const steps = list.search({ text: '', token: undefined, ...search }, () => project);
	const step = steps.next().value as PageRequest;
	return { step, give: (page: Page) => steps.next(page).value as INodeListSearchResult };
};
const entries = (list: PickList, text: string, change: Change = {}): INodeListSearchResult => {
	const { step, give } = start(list, change);
	const reading = step.read(response(text));
	if (reading.kind !== 'found') throw new Error('Refused');
	return give(reading.value);
};
const rows = (data: unknown): string => JSON.stringify({ data, message: [], status: 200 });

const COMPANY = { name: 'Company level (no project)', value: '' };

describe('projects', () => {
	it('are all asked for at once', () => {
		expect(start(projects).step.request).toEqual({
			method: 'GET',
			path: '/ws/rest/service/v1/admin/projectshell?options=%7B%7D',
		});
	});

	it('show number and name, below what stands for no project', () => {
		expect(entries(projects, SAMPLES.projects)).toEqual({
			results: [
				COMPANY,
				{ name: 'AP · All Projects', value: 'AP' },
				{ name: "P-0001 · Fred's Test Project 1", value: 'P-0001' },
				{ name: "P-0002 · Ray's Test Project 1", value: 'P-0002' },
			],
		});
	});

	it('tell which are not active, and leave out what has no number', () => {
		const text = rows([
			{ projectnumber: 'A', projectname: 'Old', status: 'Inactive' },
			{ projectnumber: 'B', status: 'On-Hold' },
			{ projectnumber: 12, projectname: ' ', status: 'Active' },
			{ projectname: 'No number' },
			'no object',
		]);
		expect(entries(projects, text).results).toEqual([
			COMPANY,
			{ name: 'A · Old (Inactive)', value: 'A' },
			{ name: 'B (On-Hold)', value: 'B' },
			{ name: '12', value: '12' },
		]);
	});

	const MANY = rows(
		Array.from({ length: 450 }, (_, index) => ({
			projectnumber: `P-${index}`,
			projectname: `Site ${index}`,
		})),
	);
	const numbers = ({ results }: INodeListSearchResult) => results.map(({ value }) => value);

	it.each<[string, string[]]>([
		['p-449', ['P-449']],
		['SITE 44', ['P-44', ...Array.from({ length: 10 }, (_, index) => `P-44${index}`)]],
		['Company', ['']],
		['nowhere', []],
	])('are searched by number and name, behind the first page too: %s', (text, found) => {
		expect(numbers(entries(projects, MANY, { search: { text } }))).toEqual(found);
	});

	it('come 200 at a time', () => {
		const seen: unknown[] = [];
		const tokens: unknown[] = [];
		let token: string | undefined;
		do {
			const page = entries(projects, MANY, { search: { token } });
			seen.push(...numbers(page));
			token = page.paginationToken;
			tokens.push(token);
		} while (token !== undefined);
		expect(seen[0]).toBe(COMPANY.value);
		expect(new Set(seen).size).toBe(451);
		expect(seen).toHaveLength(451);
		expect(tokens).toEqual(['200', '400', undefined]);
	});

	it('begin anew after a token that is none', () => {
		expect(numbers(entries(projects, MANY, { search: { token: 'x' } }))[0]).toBe(COMPANY.value);
	});

	it('need a right, and without it there is another way', () => {
		expect(start(projects).step.read(response('', 403))).toMatchObject({
			kind: 'failed',
			error: {
				reason: 'the integration user may not read projects',
				hint: "Give the integration user Get access for Admin. Without it, switch from the list to 'Number' and enter the number of the project.",
			},
		});
	});
});

describe('business processes', () => {
	it.each([
		['', '/ws/rest/service/v1/admin/bps'],
		['AM-CO630/620A', '/ws/rest/service/v1/admin/bps/AM-CO630%2F620A'],
	])('are those of the project %p', (project, path) => {
		expect(start(businessProcesses, { project }).step.request).toEqual({ method: 'GET', path });
	});

	it('show which are of the cost type', () => {
		expect(entries(businessProcesses, SAMPLES.businessProcesses).results).toEqual([
			{ name: 'Annual Budget (cost: one record per request)', value: 'Annual Budget' },
			{ name: 'Assets Creator', value: 'Assets Creator' },
			{ name: 'Budget Changes-FM (cost: one record per request)', value: 'Budget Changes-FM' },
		]);
	});

	it('are searched by name', () => {
		const { results } = entries(businessProcesses, SAMPLES.businessProcesses, {
			search: { text: 'creator' },
		});
		expect(results.map(({ value }) => value)).toEqual(['Assets Creator']);
	});

	it('of a project that is not there are refused', () => {
		expect(start(businessProcesses).step.read(response(SAMPLES.wrongShell))).toMatchObject({
			kind: 'failed',
			error: { code: '602', hint: expect.stringContaining('project number') },
		});
	});

	it('of a project whose expression came to nothing are not those of the company', () => {
		expect(() => start(businessProcesses, { project: null })).toThrow(/expression in 'Project'/);
	});

	it('need a right, and without it there is another way', () => {
		expect(start(businessProcesses).step.read(response('', 403))).toMatchObject({
			error: { hint: expect.stringMatching(/Get access for Admin.*'Name'/) },
		});
	});
});
