import type { Connection } from '../../connection/connection';
import type { ApiResponse } from '../../http/messages';
import { sendRead } from '../../http/readRequest';
import type { QueryError } from '../../http/readResult';
import type { Lookup } from '../../queries/lookup';
import { mapWithLimit } from '../../util/concurrency';
import { capitalise } from '../../util/text';
import type { ResourceNoun } from '../../util/text';
import type { QueryFailure, QueryResult } from '../output/queryItems';
import { readIdentifiers } from '../parameters/identifiers';
import type { IdentifierRule } from '../parameters/identifiers';
import type { ParameterReader } from '../parameters/reader';
import type { Operation } from './operation';
import { queryOperation } from './queryOperation';
import type { Query } from './queryOperation';

/** A Get as one vendor's node offers it. */
export interface LookupDefinition<Wanted> {
	lookup: Lookup<Wanted>;
	/** The parameter that holds one ID or several. */
	identifier: IdentifierRule & { name: string };
	/** What is asked for besides the IDs. Throws ParameterError. */
	query: (read: ParameterReader) => Wanted;
	/** Throws ParameterError for an ID that cannot be meant beside what else is asked for. */
	refuse?: (id: string, wanted: Wanted) => void;
	connection: (read: ParameterReader) => Connection;
}

/** A Get as an operation of a node. */
export function lookupOperation<Wanted>(definition: LookupDefinition<Wanted>): Operation {
	return queryOperation(lookupForItems(definition));
}

/** A Get: one result for each ID of an input item, in its order. */
export function lookupForItems<Wanted>(definition: LookupDefinition<Wanted>): Query {
	const { lookup, identifier, query: wantedBy, connection } = definition;
	const { noun, requestsInFlight, rates = [] } = lookup;
	return {
		noun,
		connection,
		requestsInFlight,
		rates,
		async run({ read, client }) {
			const wanted = wantedBy(read);
			const ids = readIdentifiers(read(identifier.name), identifier);
			for (const id of ids) definition.refuse?.(id, wanted);
			let stop: QueryError | undefined;
			const atOnce = (): number => client.requestsInFlight();
			const results = await mapWithLimit(ids, atOnce, async (id): Promise<QueryResult> => {
				if (stop) return { failure: failureOf(id, noun, { ...stop, notSent: true }) };
				const request = {
					request: lookup.request(id, wanted),
					read: (response: ApiResponse) => lookup.read(id, wanted, response),
				};
				const outcome = await sendRead(request, client);
				if (outcome.kind === 'found') return { json: lookup.show(outcome.value, wanted, id) };
				if (outcome.error.stopsRun) stop ??= outcome.error;
				return { failure: failureOf(id, noun, outcome.error) };
			});
			return { results, notes: [] };
		},
	};
}

function failureOf(id: string, { singular }: ResourceNoun, error: QueryError): QueryFailure {
	const verb = error.notFound ? 'was not found' : 'could not be read';
	return { id, before: `${capitalise(singular)} ${id} ${verb}: `, error };
}
