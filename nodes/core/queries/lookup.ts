import type { ApiRequest, ApiResponse } from '../http/messages';
import type { RateLimit, RequestsInFlight } from '../http/rateLimiter';
import type { ReadResult } from '../http/readResult';
import type { JsonRecord } from '../util/json';
import type { ResourceNoun } from '../util/text';

/** One vendor's call that reads one thing. Data and pure functions, no I/O. */
export interface Lookup<Query> {
	noun: ResourceNoun;
	requestsInFlight: RequestsInFlight;
	rates?: readonly RateLimit[];
	request(id: string, query: Query): ApiRequest;
	read(id: string, query: Query, response: ApiResponse): ReadResult<JsonRecord>;
	/** A thing as the user sees it. Carries the command's parameters under their own names. */
	show(row: JsonRecord, query: Query, id: string): JsonRecord;
}
