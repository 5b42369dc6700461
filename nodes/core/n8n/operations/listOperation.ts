import type { Connection } from '../../connection/connection';
import type { ParameterReader } from '../parameters/reader';
import { collect } from '../../queries/collect';
import type { Finder } from './operation';
import { readLimit } from '../parameters/queryFields';
import type { ListQuery } from '../../queries/list';

/** A Get Many as one vendor's node offers it: the list and how its parameters are read. */
export interface ListDefinition<Query> {
	listing: ListQuery<Query>;
	/** What one item asks for. `zone` is the workflow's time zone. Throws ParameterRefusal. */
	query: (read: ParameterReader, zone: string) => Query;
	connection: (read: ParameterReader) => Connection;
}

/** A Get Many: each input item is a list of its own. */
export function listFinder<Query>({ listing, query, connection }: ListDefinition<Query>): Finder {
	const { noun, requestsInFlight, rates = [] } = listing;
	return {
		noun,
		connection,
		requestsInFlight,
		rates,
		// A list may be long; the next one waits.
		itemsAtOnce: 1,
		async find({ read, zone, line }) {
			const limit = readLimit(read);
			const answer = await collect(query(read, zone), limit, listing, line);
			if (answer.kind === 'failed') {
				const { error } = answer;
				const message = `The ${noun.plural} could not be listed: ${error.reason}`;
				return { found: [{ failure: { id: '', message, error } }], notes: [] };
			}
			const { rows, notes } = answer.value;
			return { found: rows.map((json) => ({ json })), notes };
		},
	};
}
