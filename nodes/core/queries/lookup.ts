import type { IDataObject } from 'n8n-workflow';

import type { RateLimit } from '../http/rateLimiter';
import type { WireRequest, WireResponse } from '../http/messages';
import type { JsonRecord } from '../util/json';
import type { Things } from './list';
import type { Reading } from '../http/readResult';

/** One vendor's call that reads one thing. Data and pure functions, no I/O. */
export interface Lookup<Query> {
	things: Things;
	requestsInFlight: number;
	rates?: readonly RateLimit[];
	request(id: string, query: Query): WireRequest;
	read(id: string, query: Query, response: WireResponse): Reading<JsonRecord>;
	/** A thing as the user sees it. Carries the command's parameters under their own names. */
	show(row: JsonRecord, query: Query, id: string): IDataObject;
}
