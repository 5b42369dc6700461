import type { INodeListSearchResult } from 'n8n-workflow';

import { templates } from '../../../../nodes/Bitrix24/workflow/pickLists';
import type { Page } from '../../../../nodes/core/queries/list';
import { answer, pageOf } from '../findingSamples';

interface Body {
	FILTER?: { NAME: string };
	start: number;
}

/** What a search gives, and the bodies of its requests, on a portal with these names; it may overlook the search. */
function search(
	names: string[],
	{
		text = '',
		token,
		isFiltered = false,
		isCounted = true,
	}: {
		text?: string;
		token?: string;
		isFiltered?: boolean;
		isCounted?: boolean;
	} = {},
): { result: INodeListSearchResult; bodies: Body[]; paths: string[] } {
	const bodies: Body[] = [];
	const paths: string[] = [];
	const rows = names
		.map((NAME, index) => ({ ID: String(index + 1), NAME, MODULE_ID: 'crm', DOCUMENT_TYPE: 'LEAD' }))
		.filter(({ NAME }) => !isFiltered || NAME.includes(text));
	const steps = templates.search({ text, token }, () => 'webhook');
	let next = steps.next();
	while (!next.done) {
		const body = JSON.parse(next.value.request.body ?? '') as Body;
		if (bodies.push(body) > 100) throw new Error('The search does not end');
		paths.push(next.value.request.path);
		const result = rows.slice(body.start, body.start + 50);
		const page: Page = pageOf(next.value.read(answer({ result, total: isCounted ? rows.length : 0 })));
		next = steps.next(page);
	}
	return { result: next.value, bodies, paths };
}

const named = (count: number): string[] => Array.from({ length: count }, (_, index) => `Template ${index}`);

describe('the list of templates', () => {
	it('shows names with their IDs, and asks for them in the order of the names', () => {
		const { result, bodies, paths } = search(['Approve deal']);
		expect(result).toEqual({
			results: [{ name: 'Approve deal (ID 1)', value: '1', description: 'crm, LEAD' }],
		});
		expect(paths).toEqual(['/bizproc.workflow.template.list']);
		expect(bodies).toEqual([
			{
				SELECT: ['ID', 'NAME', 'MODULE_ID', 'ENTITY', 'DOCUMENT_TYPE'],
				ORDER: { NAME: 'ASC', ID: 'ASC' },
				start: 0,
			},
		]);
	});

	it('leaves out what has no ID, and names what has no name', () => {
		const steps = templates.search({ text: '', token: undefined }, () => 'webhook');
		steps.next();
		const { value } = steps.next({ rows: [{ NAME: 'A' }, { ID: '5' }], total: 2 });
		expect(value).toEqual({ results: [{ name: 'Unnamed (ID 5)', value: '5' }] });
	});

	it.each([true, false])('is read page by page (counted: %p)', (isCounted) => {
		const first = search(named(120), { isCounted });
		expect([first.result.results.length, first.result.paginationToken]).toEqual([50, '50']);
		const last = search(named(120), { isCounted, token: '100' });
		expect([last.result.results.length, last.result.paginationToken]).toEqual([20, undefined]);
		expect(search(named(3), { isCounted, token: 'x' }).bodies[0]?.start).toBe(0);
	});

	it('ends where a count promises more than there is', () => {
		const steps = templates.search({ text: '', token: undefined }, () => 'webhook');
		steps.next();
		expect(steps.next({ rows: [], total: 9 })).toEqual({ done: true, value: { results: [] } });
	});

	it('is searched by Bitrix24', () => {
		const { result, bodies } = search(['Approve deal', 'Approve lead'], { text: 'lead', isFiltered: true });
		expect(result.results.map(({ value }) => value)).toEqual(['2']);
		expect(bodies[0]?.FILTER).toEqual({ NAME: '%lead%' });
	});

	it('finds an entry on a later page though the search is overlooked, in any case', () => {
		const { result, bodies } = search([...named(60), 'Holiday'], { text: 'hOLI' });
		expect(result).toMatchObject({ results: [{ value: '61' }] });
		expect(bodies.map(({ start }) => start)).toEqual([0, 50]);
	});

	it('stops searching after many pages, and goes on where it stopped', () => {
		const { result, bodies } = search([...named(1_100), 'Holiday'], { text: 'Holiday' });
		expect(result).toEqual({ results: [], paginationToken: '1000' });
		expect(bodies).toHaveLength(20);
		expect(
			search([...named(1_100), 'Holiday'], { text: 'Holiday', token: '1000' }).result.results,
		).toHaveLength(1);
	});

	it.each([
		['50% off', '%50% off%'],
		['a_b', '%a_b%'],
		['a\\b', '%a_b%'],
	])('asks for %s by a mask that admits it', (text, NAME) => {
		const { result, bodies } = search([text, 'another'], { text });
		expect(bodies[0]?.FILTER).toEqual({ NAME });
		expect(result.results.map(({ value }) => value)).toEqual(['1']);
	});

	it('says which right is missing', () => {
		const step = templates.search({ text: '', token: undefined }, () => 'webhook').next().value;
		if (!('read' in step)) throw new Error('No step');
		expect(
			step.read(answer({ error: 'ACCESS_DENIED', error_description: 'Access denied!' }, 400)),
		).toMatchObject({
			kind: 'failed',
			error: { reason: 'only a Bitrix24 administrator may list workflow templates' },
		});
	});
});
