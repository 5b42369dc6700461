import { connect } from '../../connection/access';
import type { ConnectError } from '../../connection/access';
import type { Connection } from '../../connection/connection';
import { RateLimitedClient } from '../../http/client';
import type { RateLimit, RequestsInFlight } from '../../http/rateLimiter';
import type { QueryError } from '../../http/readResult';
import { clock } from '../../util/clock';
import { mapWithLimit, mapYielding } from '../../util/concurrency';
import type { ResourceNoun } from '../../util/text';
import { failsNode, nothingFound, presentResult, stopError, toItem } from '../output/queryItems';
import type { ItemResult, QueryFailure, QueryResult } from '../output/queryItems';
import { describeError } from '../parameters/parameterError';
import type { ParameterReader } from '../parameters/reader';
import { firstReader } from './operation';
import type { Operation, OperationHost } from './operation';
import { runPace } from './runPaces';

/** One input item, as a query needs it. */
export interface QueryItem {
	read: ParameterReader;
	/** The workflow's time zone. */
	zone: string;
	client: RateLimitedClient;
}

/** What one input item asked for. */
export interface QueryResults {
	results: QueryResult[];
	/** What needs the user's attention, as whole sentences. */
	notes: string[];
	/** What is as the user has asked for, and still worth a sentence. */
	remarks?: string[];
}

/** A list or a look-up of a node: what each input item asks for. */
export interface Query {
	noun: ResourceNoun;
	/** How the vendor is reached, by what the node's parameters choose. */
	connection(read: ParameterReader): Connection;
	requestsInFlight: RequestsInFlight;
	rates: readonly RateLimit[];
	/** How many input items are queried at a time. Default: as many as requests may be open. */
	itemsAtOnce?: number;
	/**
	 * Queries the vendor for one item. What goes wrong on the way is a failure among the results.
	 *
	 * @throws ParameterError when a parameter has a value from which no request may be built; and whatever n8n throws
	 * for an expression that cannot be resolved
	 */
	run(item: QueryItem): Promise<QueryResults>;
	/**
	 * Queries the vendor for several items at once, where they share requests: what `run` would give for each, in their order,
	 * or what it would throw. Never rejects.
	 */
	together?(items: readonly QueryItem[]): Promise<Array<QueryResults | Unreadable>>;
}

/** What reading the parameters of an item has thrown. */
export interface Unreadable {
	unreadable: unknown;
}

/** A list or a look-up as an operation of a node: items share the rate limiter, and a fault that would meet all is met once. */
export function queryOperation(query: Query): Operation {
	return {
		async run(host) {
			let results: ItemResult[];
			try {
				results = await resultsOf(host, query);
			} catch (error) {
				// In n8n's Continue modes a node that throws would put its input items on the success output.
				results = host.items.map((item) => unreadableItem(error, item));
			}
			const { node, items } = host;
			return {
				error: async () => (failsNode(node, results) ? stopError(node, results, query.noun) : undefined),
				items: async () =>
					results.length === 0
						? nothingFound(node, query.noun, items[0] ?? 0)
						: await mapYielding(results, (result) => toItem(result)),
			};
		},
	};
}

async function resultsOf(host: OperationHost, query: Query): Promise<ItemResult[]> {
	const { transport, rates } = host.openTransport();
	const getCredentials = host.getCredentials.bind(host);
	const access = await connect(() => query.connection(firstReader(host)), { getCredentials, transport });
	if ('reason' in access) return host.items.map((item) => withoutAccess(query, access, item));
	const limits = { inFlight: query.requestsInFlight, rates: query.rates };
	const client = new RateLimitedClient(access.transport, access.rateLimiter, limits, clock, {
		pace: runPace(host.runKey, rates),
		signal: host.signal,
	});
	const run = new QueryRun(query, client, host.zone);
	const results = await run.all(host.items, (item) => host.readerAt(item));
	for (const note of run.notes) host.notify(note, 'warning');
	for (const remark of run.remarks) host.notify(remark, 'info');
	const quote = await access.quote();
	return await mapYielding(results, (result) => presentResult(result, quote));
}

/** Runs a query for input items, some of them at a time. Never rejects: what goes wrong is a failure of its item. */
export class QueryRun {
	/** What needs the user's attention, each sentence once. */
	readonly notes = new Set<string>();

	/** What is only worth a sentence, each once. */
	readonly remarks = new Set<string>();

	private stop: QueryError | undefined;

	constructor(
		private readonly query: Query,
		private readonly client: RateLimitedClient,
		private readonly zone: string,
	) {}

	/** The results of all items, in their order. */
	async all(items: readonly number[], readerAt: (item: number) => ParameterReader): Promise<ItemResult[]> {
		const { query, client, zone } = this;
		if (query.together) {
			const asked = items.map((item) => ({ read: readerAt(item), zone, client }));
			const answers = await query.together(asked);
			return answers.flatMap((answer, index) => this.resultsFor(items[index] ?? 0, answer));
		}
		const results = await mapWithLimit(
			items,
			() => this.query.itemsAtOnce ?? this.client.requestsInFlight(),
			async (item) => await this.one(item, readerAt(item)),
		);
		return results.flat();
	}

	private async one(item: number, read: ParameterReader): Promise<ItemResult[]> {
		if (this.stop) return [notQueried(this.query, this.stop, item)];
		try {
			return this.resultsFor(item, await this.query.run({ read, zone: this.zone, client: this.client }));
		} catch (error) {
			return [unreadableItem(error, item)];
		}
	}

	private resultsFor(item: number, answer: QueryResults | Unreadable): ItemResult[] {
		if ('unreadable' in answer) return [unreadableItem(answer.unreadable, item)];
		const { results, notes, remarks = [] } = answer;
		for (const note of notes) this.notes.add(note);
		for (const remark of remarks) this.remarks.add(remark);
		for (const result of results) {
			if ('failure' in result && result.failure.error.stopsRun) this.stop ??= result.failure.error;
		}
		return results.map((result) => ({ ...result, item }));
	}
}

/** An item whose parameters could not be read. */
function unreadableItem(error: unknown, item: number): ItemResult {
	const { message, hint, cause } = describeError(error, item);
	const problem: QueryError = { reason: message, hint, ...(cause && { cause }), notSent: true };
	return failed(item, { id: '', before: '', error: problem });
}

/** An item that was not queried, because the vendor cannot be reached with the credential. */
export function withoutAccess(
	{ noun }: Pick<Query, 'noun'>,
	{ reason, hint, cause }: ConnectError,
	item: number,
): ItemResult {
	const before = `The ${noun.plural} could not be looked up: `;
	const error: QueryError = { reason, hint, ...(cause && { cause }), notSent: true };
	return failed(item, { id: '', before, error });
}

/** An item that was not queried after the failure of another one, which it would share. */
function notQueried({ noun }: Query, error: QueryError, item: number): ItemResult {
	const before = `The ${noun.plural} were not looked up because `;
	return failed(item, { id: '', before, error: { ...error, notSent: true } });
}

function failed(item: number, failure: QueryFailure): ItemResult {
	return { failure, item };
}
