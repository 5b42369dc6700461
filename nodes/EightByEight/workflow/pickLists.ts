import type { INodeListSearchResult } from 'n8n-workflow';

import { MAX_SEARCH_PAGES } from '../../core/http/limits';
import { listSearch } from '../../core/n8n/listSearch';
import type { PickList, Search } from '../../core/n8n/listSearch';
import type { Page, PageRequest } from '../../core/queries/list';
import type { JsonRecord } from '../../core/util/json';
import { definitionOf, DEFINITIONS, definitionsPage, latestOfEach, versionKey } from '../api/definitions';
import { allPages, isFullPage, MAX_LIMIT, strideOf } from '../api/offsets';
import { connection } from '../connection';

/** Rows on one page of the open list. Fewer than 8x8 allows, because each definition comes with all its steps. */
const BROWSE_LIMIT = 100;

/** The token of the second page, while it is not known what `offset` counts. */
const SECOND_PAGE = 'second';

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
		request: (offset: number) => definitionsPage(DEFINITIONS, offset, MAX_LIMIT),
		keyOf: versionKey,
		maxPages: MAX_SEARCH_PAGES,
	};
	const rows = yield* allPages(list, MAX_LIMIT);
	return {
		results: entriesOf(rows).filter(({ name, value }) =>
			[name, value].some((part) => part.toLowerCase().includes(text)),
		),
	};
}

function* browse(token: string | undefined): Generator<PageRequest, INodeListSearchResult, Page> {
	const request = (offset: number): PageRequest => definitionsPage(DEFINITIONS, offset, BROWSE_LIMIT);
	const [, stride, offset] = /^(\d+):(\d+)$/.exec(token ?? '') ?? [];
	if (stride !== undefined && offset !== undefined) {
		const { rows } = yield request(Number(offset));
		return pageOf(rows, `${stride}:${Number(offset) + Number(stride)}`);
	}
	const first = yield request(0);
	return token === SECOND_PAGE ? yield* secondPage(first.rows, request) : pageOf(first.rows, SECOND_PAGE);
}

/** n8n keeps only a token between calls, so the first page is read again to find out what `offset` counts. */
function* secondPage(
	first: readonly JsonRecord[],
	request: (offset: number) => PageRequest,
): Generator<PageRequest, INodeListSearchResult, Page> {
	const next = yield request(1);
	const stride = strideOf(first, next.rows, versionKey);
	const { rows } = stride === 1 ? next : yield request(stride);
	const known = new Set(first.map(keyOf));
	const newRows = rows.filter((row) => !known.has(keyOf(row)));
	const page = pageOf(rows, `${stride}:${2 * stride}`);
	return newRows.length > 0 ? { ...page, results: entriesOf(newRows) } : { results: [] };
}

function pageOf(rows: readonly JsonRecord[], next: string): INodeListSearchResult {
	const results = entriesOf(rows);
	return isFullPage(rows, BROWSE_LIMIT) ? { results, paginationToken: next } : { results };
}

function keyOf(row: JsonRecord): string {
	return definitionOf(row).id ?? '';
}

/** One entry for each definition. Names are not unique, so it also shows the start of the ID. */
function entriesOf(rows: readonly JsonRecord[]): Array<{ name: string; value: string }> {
	return latestOfEach(rows).flatMap((row) => {
		const { id, name = 'Unnamed', version, isDisabled } = definitionOf(row);
		if (id === undefined) return [];
		const parts = [
			name,
			...(version === undefined ? [] : [`latest version ${version}`]),
			id.slice(0, 8),
			...(isDisabled ? ['disabled'] : []),
		];
		return [{ name: parts.join(' · '), value: id }];
	});
}
