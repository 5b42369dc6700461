import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';

import { connect } from '../connection/access';
import type { Connection } from '../connection/connection';
import { RateLimitedClient } from '../http/client';
import { PICK_LIST_TIMEOUT_MS } from '../http/limits';
import type { RateLimit } from '../http/rateLimiter';
import { sendRead } from '../http/readRequest';
import { presentError } from '../http/readResult';
import type { QueryError } from '../http/readResult';
import type { Page, PageRequest } from '../queries/list';
import { clock } from '../util/clock';
import { apiError } from './output/nodeError';
import { ParameterError } from './parameters/parameterError';
import type { ParameterReader } from './parameters/reader';
import { wholeInputTransport } from './transport/n8nTransport';
import type { PreparedOptions } from './transport/requestOptions';
import { readUserRequestOptions } from './transport/userRequestOptions';

const TOO_SLOW: QueryError = {
	reason: `no complete response arrived within ${PICK_LIST_TIMEOUT_MS / 1000} seconds`,
	hint: 'Open the list again later, or enter the value manually.',
};

/** What a user has typed to find an entry, and where the last page ended. */
export interface Search {
	/** Trimmed; '' for no search. */
	text: string;
	/** What the last page returned as `paginationToken`. */
	token: string | undefined;
}

/** A vendor's list to pick from. Data and pure functions, no I/O. */
export interface PickList {
	/** What is picked: `projects`. */
	plural: string;
	connection(read: ParameterReader): Connection;
	rates?: readonly RateLimit[];
	/**
	 * The requests for one page of the list: each page that was asked for is handed back.
	 *
	 * @throws ParameterError when a parameter that the list depends on is missing
	 */
	search(search: Search, read: ParameterReader): Generator<PageRequest, INodeListSearchResult, Page>;
}

/**
 * A pick list as n8n calls it for a resource locator. A failure is an error with a message of its own, never an empty
 * list.
 */
export function listSearch(
	list: PickList,
): (
	this: ILoadOptionsFunctions,
	filter?: string,
	paginationToken?: string,
) => Promise<INodeListSearchResult> {
	return async function (this: ILoadOptionsFunctions, filter, paginationToken) {
		const result = await searchFor(this, list, { text: filter?.trim() ?? '', token: paginationToken });
		if ('results' in result) return result;
		throw apiError(this.getNode(), {
			message: `The ${list.plural} could not be listed: ${result.reason}`,
			description: result.hint ?? '',
			httpStatus: result.httpStatus,
			itemIndex: 0,
			cause: result.cause,
			data: {},
		});
	};
}

async function searchFor(
	engine: ILoadOptionsFunctions,
	list: PickList,
	search: Search,
): Promise<INodeListSearchResult | QueryError> {
	const read: ParameterReader = (name) => engine.getCurrentNodeParameter(name, { extractValue: true });
	const closing = AbortSignal.timeout(PICK_LIST_TIMEOUT_MS);
	const access = await connect(() => list.connection(read), {
		getCredentials: async (type) => await engine.getCredentials(type),
		transport: wholeInputTransport(engine, userOptionsOf(engine), closing),
	});
	if ('reason' in access) return access;
	const client = new RateLimitedClient(
		access.transport,
		access.rateLimiter,
		{ inFlight: 1, rates: list.rates ?? [] },
		clock,
		{ signal: closing },
	);
	const found = await readPages(list, search, read, client);
	const answer = closing.aborted && 'reason' in found ? TOO_SLOW : found;
	if ('results' in answer) return answer;
	return presentError(answer, await access.quote());
}

/** The node's Request Options. Here n8n does not work out expressions, and what has one in it is left out. */
function userOptionsOf(engine: ILoadOptionsFunctions): PreparedOptions {
	try {
		return readUserRequestOptions(engine.getCurrentNodeParameter('requestOptions')).prepared;
	} catch {
		return {};
	}
}

async function readPages(
	list: PickList,
	search: Search,
	read: ParameterReader,
	client: RateLimitedClient,
): Promise<INodeListSearchResult | QueryError> {
	try {
		const pages = list.search(search, read);
		let next = pages.next();
		while (!next.done) {
			const answer = await sendRead(next.value, client);
			if (answer.kind === 'failed') return answer.error;
			next = pages.next(answer.value);
		}
		return next.value;
	} catch (error) {
		if (error instanceof ParameterError) return { reason: error.message, hint: error.hint };
		return {
			reason: 'another parameter that the list depends on could not be read',
			hint: error instanceof Error ? error.message : 'Check the other parameters.',
		};
	}
}
