import type { Display } from '../../core/queries/display';
import type { FilteredQuery, ListQuery, OrderingIterator } from '../../core/queries/list';
import { asText } from '../../core/util/json';
import type { JsonRecord } from '../../core/util/json';
import { definitionOf, DEFINITIONS, definitionsPage, latestOfEach, versionKey } from './definitions';
import { REQUESTS_IN_FLIGHT } from './instance';
import { allPages, MAX_LIMIT } from './offsets';

/** What a Get Many of definitions asks for. */
export type DefinitionListQuery = FilteredQuery & Display;

/** 8x8 Automation, "List definitions": each definition once, with the latest version that is listed. */
export const definitionList: ListQuery<DefinitionListQuery, OrderingIterator> = {
	noun: { vendor: '8x8', singular: 'definition', plural: 'definitions' },
	requestsInFlight: REQUESTS_IN_FLIGHT,
	pages: definitionPages,
	idOf: (row) => definitionOf(row).id,
	show: (row, { isSimple }) => showDefinition(row, isSimple),
};

/**
 * Always the whole list: it is not documented whether it has only the latest version of each definition, so a later
 * page may have a later version.
 */
function* definitionPages(): OrderingIterator {
	const rows = yield* allPages(
		{
			request: (offset) => ({ ...definitionsPage(DEFINITIONS, offset, MAX_LIMIT), auxiliary: true }),
			keyOf: versionKey,
			mayShift: true,
		},
		MAX_LIMIT,
	);
	yield { rows: latestOfEach(rows) };
	return undefined;
}

/**
 * A definition as the user sees it, with the parameter of the operations on workflows under its own name. Simplified it leaves
 * out the steps. The schema and the samples write the ID of the sub-account in two ways.
 */
function showDefinition(row: JsonRecord, isSimple: boolean): JsonRecord {
	const { id = '', name, version } = definitionOf(row);
	const ids = { id, definitionId: id };
	if (!isSimple) return { ...ids, ...row, ...ids };
	return {
		...ids,
		name: name ?? null,
		version: version ?? null,
		status: asText(row['status']) ?? null,
		trigger: asText(row['trigger']) ?? null,
		subAccountId: asText(row['subAccountId']) ?? asText(row['subaccountId']) ?? null,
		createdAt: asText(row['createdAt']) ?? null,
	};
}
