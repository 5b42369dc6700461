import type { INodeListSearchResult } from 'n8n-workflow';

import { definitionsList } from '../../../../nodes/EightByEight/workflow/pickLists';
import type { Page } from '../../../../nodes/core/queries/list';
import type { JsonRecord } from '../../../../nodes/core/util/json';
import { definitionRow, ModelAccount } from '../modelAccount';
import type { Manner } from '../modelAccount';

/** What n8n gets for a text, or for the token of the last answer. */
function search(account: ModelAccount, text = '', token?: string): INodeListSearchResult {
	const steps = definitionsList.search({ text, token }, () => undefined);
	let next = steps.next();
	while (!next.done) {
		const result = next.value.read(account.answer(next.value.request));
		if (result.kind !== 'found') throw new Error(result.error.reason);
		next = steps.next(result.value satisfies Page);
	}
	return next.value;
}

/** All entries, as a user who scrolls to the end sees them. */
function browse(account: ModelAccount): unknown[] {
	const values: unknown[] = [];
	let token: string | undefined;
	for (let calls = 0; calls < 50; calls += 1) {
		const { results, paginationToken } = search(account, '', token);
		values.push(...results.map(({ value }) => value));
		if (paginationToken === undefined) return values;
		token = paginationToken;
	}
	throw new Error('The list does not come to an end');
}

const idOf = (index: number): string => `${String(index).padStart(8, '0')}-b86d-43c5-8982-2818f9bbe52c`;
const definitions = (count: number): JsonRecord[] =>
	Array.from({ length: count }, (_, index) => definitionRow(1, idOf(index), `Reply ${index}`));
const MANNERS: Array<[string, Manner]> = [
	['page', { offset: 'page' }],
	['item', { offset: 'item' }],
];

it('names definitions so that those with the same name can be distinguished', () => {
	const rows = [
		definitionRow(2, idOf(1)),
		{ id: idOf(2), version: 7, status: 'disabled', definition: { name: 'Ask for feedback' } },
		{ definition: { id: idOf(3) } },
		{ id: idOf(4), name: 'On top', version: 1, status: 'enabled' },
		{ definition: { name: 'Nobody can be asked for this one' } },
	];
	expect(search(new ModelAccount([], rows))).toEqual({
		results: [
			{ name: 'Send automatic reply · latest version 2 · 00000001', value: idOf(1) },
			{ name: 'Ask for feedback · latest version 7 · 00000002 · disabled', value: idOf(2) },
			{ name: 'Unnamed · 00000003', value: idOf(3) },
			{ name: 'On top · latest version 1 · 00000004', value: idOf(4) },
		],
	});
});

it('shows a definition once, in its latest version, where 8x8 lists all versions', () => {
	const rows = [
		definitionRow(1, idOf(1)),
		definitionRow(12, idOf(1)),
		definitionRow(3, idOf(2)),
		definitionRow(2, idOf(1)),
	];
	const results = [
		{ name: 'Send automatic reply · latest version 12 · 00000001', value: idOf(1) },
		{ name: 'Send automatic reply · latest version 3 · 00000002', value: idOf(2) },
	];
	expect(search(new ModelAccount([], rows))).toEqual({ results });
	expect(search(new ModelAccount([], rows), 'automatic')).toEqual({ results });
});

it.each(MANNERS)('finds them on later pages too where 8x8 lists all versions, offset by %s', (_, manner) => {
	const rows = Array.from({ length: 1_300 }, (__, index) => definitionRow(1_300 - index, idOf(index % 13)));
	expect(search(new ModelAccount([], rows, manner), 'send').results).toHaveLength(13);
});

it('asks for one page at first', () => {
	const account = new ModelAccount([], definitions(250));
	expect(search(account).results).toHaveLength(100);
	expect(account.requests).toEqual(['/definitions?limit=100']);
});

it.each(MANNERS)(
	'shows each definition once when a user scrolls to the end, where offset counts by %s',
	(_, manner) => {
		for (const count of [0, 99, 100, 101, 200, 350]) {
			const all = definitions(count);
			expect(browse(new ModelAccount([], all, manner))).toEqual(all.map((__, index) => idOf(index)));
		}
	},
);

it.each([
	['page', ['', '&offset=1']],
	['item', ['', '&offset=1', '&offset=100']],
] as const)('asks for the second page where offset counts by %s', (offset, offsets) => {
	const account = new ModelAccount([], definitions(250), { offset });
	const { paginationToken } = search(account);
	account.requests.length = 0;
	search(account, '', paginationToken);
	expect(account.requests).toEqual(offsets.map((query) => `/definitions?limit=100${query}`));
});

it.each(['third', 'x1:2', '1:2x'])('takes the token %s, which is none of its own, for none', (token) => {
	const account = new ModelAccount([], definitions(1));
	search(account, '', token);
	expect(account.requests).toEqual(['/definitions?limit=100']);
});

it('comes to an end where 8x8 overlooks the offset', () => {
	expect(browse(new ModelAccount([], definitions(150), { overlooks: ['offset'] }))).toHaveLength(100);
});

it.each(MANNERS)('finds on later pages too, where offset counts by %s', (_, manner) => {
	const account = new ModelAccount([], definitions(1_300), manner);
	expect(search(account, 'rePLY 1234').results).toEqual([
		{ name: 'Reply 1234 · latest version 1 · 00001234', value: idOf(1234) },
	]);
	expect(search(account, idOf(777)).results.map(({ value }) => value)).toEqual([idOf(777)]);
	expect(search(account, 'no such reply').results).toEqual([]);
});

it('does not search through more than twenty pages', () => {
	const account = new ModelAccount([], definitions(12_000));
	expect(search(account, 'Reply 9999').results).toHaveLength(1);
	expect(search(account, 'Reply 11999').results).toEqual([]);
	expect(account.requests).toHaveLength(40);
});
