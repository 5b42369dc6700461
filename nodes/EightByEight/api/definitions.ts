import { found, queryFailed } from '../../core/http/readResult';
import type { ReadResult } from '../../core/http/readResult';
import type { Page, PageRequest } from '../../core/queries/list';
import { asObject, asText } from '../../core/util/json';
import type { JsonRecord } from '../../core/util/json';
import { encodeForUrl } from '../../core/util/url';
import { DEFINITION_NOT_FOUND } from './errors';
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

/** What distinguishes the rows of a list that may have several versions of a definition. */
export function versionKey(row: JsonRecord): string {
	const { id = '', version = '' } = definitionOf(row);
	return `${id} ${version}`;
}

/** One row for each definition, in the order of the list: that of the latest version among the rows. A row without an ID stays. */
export function latestOfEach(rows: readonly JsonRecord[]): JsonRecord[] {
	const latest = new Map<unknown, JsonRecord>();
	for (const row of rows) {
		const { id, version = 0 } = definitionOf(row);
		// Different versions of one definition have the same ID, which is a UUID: in capitals it is the same.
		const key = id?.toLowerCase() ?? row;
		const other = latest.get(key);
		if (!other || version > (definitionOf(other).version ?? 0)) latest.set(key, row);
	}
	return [...latest.values()];
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

/**
 * The versions of a definition, the latest first. There is no definition without a version: an empty list says that
 * there is no such definition, and a row without a version could hide workflows that are still running.
 */
export function* versionsOf(definitionId: string): Generator<PageRequest, number[], Page> {
	const path = definitionPath(definitionId);
	const rows = yield* allPages(
		{
			request: (offset) => {
				const { request, read } = definitionsPage(path, offset, MAX_LIMIT);
				return { request, read: (response) => checkVersions(read(response), offset), auxiliary: true };
			},
			keyOf: (row) => String(definitionOf(row).version),
		},
		MAX_LIMIT,
	);
	const versions = rows.map((row) => definitionOf(row).version).filter((version) => version !== undefined);
	return versions.sort((a, b) => b - a);
}

function checkVersions(result: ReadResult<Page>, offset: number): ReadResult<Page> {
	if (result.kind !== 'found') return result;
	const { rows } = result.value;
	if (rows.length === 0 && offset === 0) {
		const { reason, hint } = DEFINITION_NOT_FOUND;
		return queryFailed({ reason, hint, notFound: true });
	}
	if (rows.every((row) => definitionOf(row).version !== undefined)) return result;
	return queryFailed({
		reason: 'the versions of the definition could not be read',
		hint: "Without them, only workflows of the latest version would be listed. Set the filter 'Version' to list the workflows of one version.",
	});
}
