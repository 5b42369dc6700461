import type { ApiRequest, ApiResponse } from '../http/messages';
import type { RateLimit, RequestsInFlight } from '../http/rateLimiter';
import { found } from '../http/readResult';
import type { QueryError, ReadResult } from '../http/readResult';
import type { JsonRecord } from '../util/json';
import type { ResourceNoun } from '../util/text';
import type { NameQuery } from './names';

/** What the look-ups of all vendors have. */
interface LookupBase<Query> {
	noun: ResourceNoun;
	requestsInFlight: RequestsInFlight;
	rates?: readonly RateLimit[];
	/** A second call, where what was found lacks what is asked for. Where it fails, the thing could not be read. */
	detail?: {
		isNeeded(query: Query): boolean;
		request(id: string, query: Query): ApiRequest;
		/** The thing with what it lacked. */
		read(id: string, row: JsonRecord, response: ApiResponse): ReadResult<JsonRecord>;
	};
	/** The names of what was found knows by its ID alone. */
	names?: NameQuery<Query>;
	/** A thing as the user sees it. Carries the command's parameters under their own names. */
	show(row: JsonRecord, query: Query, id: string): JsonRecord;
}

/** One vendor's call that reads one thing. Data and pure functions, no I/O. */
export interface Lookup<Query> extends LookupBase<Query> {
	idsPerRequest?: undefined;
	request(id: string, query: Query): ApiRequest;
	read(id: string, query: Query, response: ApiResponse): ReadResult<JsonRecord>;
}

/** What an answer says about one of the IDs: the thing, or why it is not there. */
export type LookupAnswer = { row: JsonRecord } | { error: QueryError };

/** One vendor's call that reads several things by their IDs. Data and pure functions, no I/O. */
export interface BatchLookup<Query> extends LookupBase<Query> {
	/** A request carries at most so many IDs, whichever input items they come from. */
	idsPerRequest: number;
	/** IDs may share a request where this is equal. */
	groupKey(query: Query): string;
	request(ids: readonly string[], query: Query): ApiRequest;
	/** One answer for each ID, in order. A failure is one of all of them. */
	read(ids: readonly string[], query: Query, response: ApiResponse): ReadResult<LookupAnswer[]>;
}

/** Whether a request of the look-up may carry the IDs of several input items. */
export function isBatchLookup<Query>(
	lookup: Lookup<Query> | BatchLookup<Query>,
): lookup is BatchLookup<Query> {
	return lookup.idsPerRequest !== undefined;
}

/** Any look-up as one that reads several things, if need be one at a time. */
export function asBatchLookup<Query>(lookup: Lookup<Query> | BatchLookup<Query>): BatchLookup<Query> {
	if (isBatchLookup(lookup)) return lookup;
	return {
		...lookup,
		idsPerRequest: 1,
		groupKey: () => '',
		request: ([id = ''], query) => lookup.request(id, query),
		read: ([id = ''], query, response) => {
			const result = lookup.read(id, query, response);
			return result.kind === 'found' ? found([{ row: result.value }]) : result;
		},
	};
}
