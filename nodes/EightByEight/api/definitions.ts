import type { Page, PageRequest } from '../../core/queries/list';
import { found } from '../../core/http/readResult';
import { encodeForUrl } from '../../core/util/url';
import { asObject, asText } from '../../core/util/json';
import type { JsonRecord } from '../../core/util/json';
import { allPages, MAX_LIMIT } from './offsets';
import { readRows } from './reading';

/** Where workflow definitions are listed ("List definitions"). */
export const DEFINITIONS = '/definitions';

/** One version of a workflow definition, as far as 8x8 tells. */
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

/** Reads a row of "List definitions" or "Definition versions": the samples nest ID, name and version, the schema does not. */
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

/** One request for definitions or their versions. */
export function definitionsStep(path: string, offset: number, limit: number): PageRequest {
	const query = `limit=${limit}${offset > 0 ? `&offset=${offset}` : ''}`;
	return {
		request: { method: 'GET', path: `${path}?${query}` },
		read: (response) => {
			const reading = readRows(response);
			return reading.kind === 'found' ? found({ rows: reading.value }) : reading;
		},
	};
}

/** The versions of a definition, the latest first; none for a definition that 8x8 does not know. */
export function* versionsOf(definitionId: string): Generator<PageRequest, number[], Page> {
	const path = definitionPath(definitionId);
	const rows = yield* allPages(
		{
			step: (offset) => ({ ...definitionsStep(path, offset, MAX_LIMIT), auxiliary: true }),
			keyOf: (row) => String(definitionOf(row).version),
		},
		MAX_LIMIT,
	);
	const versions = rows.map((row) => definitionOf(row).version).filter((version) => version !== undefined);
	return versions.sort((a, b) => b - a);
}
