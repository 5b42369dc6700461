import { found } from '../../core/http/readResult';
import type { Page, PageRequest } from '../../core/queries/list';
import { asObject, asText } from '../../core/util/json';
import type { JsonRecord } from '../../core/util/json';
import { encodeForUrl } from '../../core/util/url';
import { allPages, MAX_LIMIT } from './offsets';
import { readRows } from './responses';

/** Where workflow definitions are listed ("List definitions"). */
export const DEFINITIONS = '/definitions';

/** One version of a workflow definition. 8x8 may leave out any of its fields. */
export interface Definition {
	id: string | undefined;
	name: string | undefined;
	version: number | undefined;
	isDisabled: boolean;
}

/** Where the versions of one definition are listed ("Definition versions"). */
export function definitionPath(definitionId: string): string {
	return `${DEFINITIONS}/${encodeForUrl(definitionId)}`;
}

/** A row of "List definitions" or "Definition versions". Only the samples nest ID, name and version. */
export function definitionOf(row: JsonRecord): Definition {
	const nested = asObject(row['definition']) ?? {};
	const version = nested['version'] ?? row['version'];
	return {
		id: asText(nested['id']) ?? asText(row['id']),
		name: asText(nested['name']) ?? asText(row['name']),
		version: typeof version === 'number' && Number.isSafeInteger(version) ? version : undefined,
		isDisabled: row['status'] === 'disabled',
	};
}

/** The request for one page of definitions, or of the versions of one. */
export function definitionsPage(path: string, offset: number, limit: number): PageRequest {
	const query = `limit=${limit}${offset > 0 ? `&offset=${offset}` : ''}`;
	return {
		request: { method: 'GET', path: `${path}?${query}` },
		read: (response) => {
			const result = readRows(response);
			return result.kind === 'found' ? found({ rows: result.value }) : result;
		},
	};
}

/** The versions of a definition, the latest first; empty for a definition that 8x8 does not know. */
export function* versionsOf(definitionId: string): Generator<PageRequest, number[], Page> {
	const path = definitionPath(definitionId);
	const rows = yield* allPages(
		{
			request: (offset) => ({ ...definitionsPage(path, offset, MAX_LIMIT), auxiliary: true }),
			keyOf: (row) => String(definitionOf(row).version),
		},
		MAX_LIMIT,
	);
	const versions = rows.map((row) => definitionOf(row).version).filter((version) => version !== undefined);
	return versions.sort((a, b) => b - a);
}
