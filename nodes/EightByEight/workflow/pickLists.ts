import type { INodeListSearchResult } from 'n8n-workflow';

import { listSearch } from '../../core/n8n/listSearch';
import type { PickList, Search } from '../../core/n8n/listSearch';
import type { Page, PageRequest } from '../../core/queries/list';
import type { JsonRecord } from '../../core/util/json';
import { connection } from '../connection';
import { definitionOf, DEFINITIONS, definitionsStep } from '../api/definitions';
import { allPages, isFullPage, MAX_LIMIT, strideOf } from '../api/offsets';

/** A definition comes with all its steps, so an open list is filled little by little. */
const BROWSED_AT_ONCE = 100;

/** Nobody searches through more pages than this. */
const MAX_PAGES = 20;

/** Where the second page is, as long as nobody knows what `offset` counts. */
const SECOND = 'second';

/** "List definitions". 8x8 cannot search by name, so the whole list is searched here. */
export const definitionsList: PickList = {
	plural: 'definitions',
	connection: () => connection,
	search: ({ text, token }: Search) => (text === '' ? browse(token) : searchAll(text.toLowerCase())),
};

/** The pick list of workflow definitions, as n8n calls it. */
export const searchDefinitions = listSearch(definitionsList);

function* searchAll(text: string): Generator<PageRequest, INodeListSearchResult, Page> {
	const list = {
		step: (offset: number) => definitionsStep(DEFINITIONS, offset, MAX_LIMIT),
		keyOf,
		maxPages: MAX_PAGES,
	};
	const rows = yield* allPages(list, MAX_LIMIT);
	return {
		results: entriesOf(rows).filter(({ name, value }) =>
			[name, value].some((part) => part.toLowerCase().includes(text)),
		),
	};
}

function* browse(token: string | undefined): Generator<PageRequest, INodeListSearchResult, Page> {
	const step = (offset: number): PageRequest => definitionsStep(DEFINITIONS, offset, BROWSED_AT_ONCE);
	const [, stride, offset] = /^(\d+):(\d+)$/.exec(token ?? '') ?? [];
	if (stride !== undefined && offset !== undefined) {
		const { rows } = yield step(Number(offset));
		return pageOf(rows, `${stride}:${Number(offset) + Number(stride)}`);
	}
	const first = yield step(0);
	return token === SECOND ? yield* second(first.rows, step) : pageOf(first.rows, SECOND);
}

/** n8n keeps nothing but a token from call to call, so what `offset` counts is found out with the first page again. */
function* second(
	first: readonly JsonRecord[],
	step: (offset: number) => PageRequest,
): Generator<PageRequest, INodeListSearchResult, Page> {
	const next = yield step(1);
	const stride = strideOf(first, next.rows, keyOf);
	const { rows } = stride === 1 ? next : yield step(stride);
	const known = new Set(first.map(keyOf));
	const fresh = rows.filter((row) => !known.has(keyOf(row)));
	const page = pageOf(rows, `${stride}:${2 * stride}`);
	return fresh.length > 0 ? { ...page, results: entriesOf(fresh) } : { results: [] };
}

function pageOf(rows: readonly JsonRecord[], next: string): INodeListSearchResult {
	const results = entriesOf(rows);
	return isFullPage(rows, BROWSED_AT_ONCE) ? { results, paginationToken: next } : { results };
}

function keyOf(row: JsonRecord): string {
	return definitionOf(row).id ?? '';
}

/** Names are not unique, so the start of the ID tells definitions apart. */
function entriesOf(rows: readonly JsonRecord[]): Array<{ name: string; value: string }> {
	return rows.flatMap((row) => {
		const { id, name = 'Unnamed', version, isDisabled } = definitionOf(row);
		if (id === undefined) return [];
		const parts = [
			name,
			...(version === undefined ? [] : [`version ${version}`]),
			id.slice(0, 8),
			...(isDisabled ? ['disabled'] : []),
		];
		return [{ name: parts.join(' · '), value: id }];
	});
}
