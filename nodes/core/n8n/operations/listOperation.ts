import type { Connection } from '../../connection/connection';
import { collect } from '../../queries/collect';
import type { FilteredQuery, ListQuery, OrderingIterator } from '../../queries/list';
import { nothingSelected, selecting } from '../output/selectFields';
import { readSort, requireFilter } from '../parameters/listOptions';
import { readLimit } from '../parameters/queryFields';
import type { ParameterReader } from '../parameters/reader';
import type { Operation } from './operation';
import { queryOperation } from './queryOperation';
import type { Query } from './queryOperation';

/** A Get Many as one vendor's node offers it: the list, and how its parameters are read. */
export interface ListDefinition<Wanted extends FilteredQuery> {
	list: ListQuery<Wanted, OrderingIterator>;
	/** What one item asks for. `zone` is the workflow's time zone. Throws ParameterError. */
	query: (read: ParameterReader, zone: string) => Wanted;
	connection: (read: ParameterReader) => Connection;
}

/** A Get Many as an operation of a node. */
export function listOperation<Wanted extends FilteredQuery>(definition: ListDefinition<Wanted>): Operation {
	return queryOperation(listForItems(definition));
}

/** A Get Many: each input item is a list of its own. */
export function listForItems<Wanted extends FilteredQuery>({
	list,
	query,
	connection,
}: ListDefinition<Wanted>): Query {
	const { noun, requestsInFlight, rates = [] } = list;
	const shown = { ...list, show: selecting<Wanted, []>((row, wanted) => list.show(row, wanted)) };
	return {
		noun,
		connection,
		requestsInFlight,
		rates,
		// A list may be long; the next one waits.
		itemsAtOnce: 1,
		async run({ read, zone, client }) {
			const limit = readLimit(read);
			const sort = readSort(read);
			const wanted = query(read, zone);
			requireFilter(read, wanted.criteria, noun);
			const sorted = sort === undefined ? wanted : { ...wanted, sort };
			const outcome = await collect(sorted, limit, shown, client);
			if (outcome.kind === 'failed') {
				const { error } = outcome;
				const before = `The ${noun.plural} could not be listed: `;
				return { results: [{ failure: { id: '', before, error } }], notes: [] };
			}
			const { rows, notes, cut } = outcome.value;
			const note = nothingSelected(wanted.selection, rows, noun);
			return {
				results: rows.map((json) => ({ json })),
				notes: note === undefined ? notes : [...notes, note],
				...(cut !== undefined && { remarks: [cut] }),
			};
		},
	};
}
