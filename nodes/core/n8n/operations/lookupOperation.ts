import type { Connection } from '../../connection/connection';
import type { ParameterReader } from '../parameters/reader';
import { readIdentifiers } from '../parameters/identifiers';
import type { IdentifierRule } from '../parameters/identifiers';
import { capitalise } from '../../util/text';
import type { ApiResponse } from '../../http/messages';
import { sendRead } from '../../http/readRequest';
import type { Finder } from './operation';
import type { QueryResult, QueryFailure } from '../output/queryItems';
import type { ResourceNoun } from '../../queries/list';
import { mapWithLimit } from '../../util/concurrency';
import type { QueryError } from '../../http/readResult';
import type { Lookup } from '../../queries/lookup';

/** A Get as one vendor's node offers it. */
export interface LookupDefinition<Query> {
	lookup: Lookup<Query>;
	/** The parameter that holds one ID or several. */
	identifier: IdentifierRule & { name: string };
	/** What is asked for besides the IDs. Throws ParameterRefusal. */
	query: (read: ParameterReader) => Query;
	connection: (read: ParameterReader) => Connection;
}

/** A Get: one finding for each ID of an input item, in its order. */
export function lookupFinder<Query>(definition: LookupDefinition<Query>): Finder {
	const { lookup, identifier, query: queryOf, connection } = definition;
	const { noun, requestsInFlight, rates = [] } = lookup;
	return {
		noun,
		connection,
		requestsInFlight,
		rates,
		itemsAtOnce: requestsInFlight,
		async find({ read, line }) {
			const query = queryOf(read);
			const ids = readIdentifiers(read(identifier.name), identifier);
			let stop: QueryError | undefined;
			const found = await mapWithLimit(ids, requestsInFlight, async (id): Promise<QueryResult> => {
				if (stop) return { failure: failureOf(id, noun, { ...stop, notSent: true }) };
				const question = {
					request: lookup.request(id, query),
					read: (response: ApiResponse) => lookup.read(id, query, response),
				};
				const answer = await sendRead(question, line);
				if (answer.kind === 'found') return { json: lookup.show(answer.value, query, id) };
				if (answer.error.stopsRun) stop ??= answer.error;
				return { failure: failureOf(id, noun, answer.error) };
			});
			return { found, notes: [] };
		},
	};
}

function failureOf(id: string, { singular }: ResourceNoun, error: QueryError): QueryFailure {
	const verb = error.notFound ? 'was not found' : 'could not be read';
	return { id, message: `${capitalise(singular)} ${id} ${verb}: ${error.reason}`, error };
}
