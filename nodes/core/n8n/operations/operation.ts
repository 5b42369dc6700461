import type { Connection } from '../../connection/connection';
import type { ParameterReader } from '../parameters/reader';
import type { RateLimitedClient } from '../../http/client';
import type { RateLimit } from '../../http/rateLimiter';
import type { ResourceNoun } from '../../queries/list';
import type { Findings } from '../output/queryItems';

/** One input item, as a look-up needs it. */
export interface ItemToServe {
	read: ParameterReader;
	/** The workflow's time zone. */
	zone: string;
	line: RateLimitedClient;
}

/** A look-up of a node, as the adapters to n8n run it: for each input item what it finds. */
export interface Finder {
	noun: ResourceNoun;
	/** How the vendor is reached, by what the node's parameters choose. */
	connection(read: ParameterReader): Connection;
	requestsInFlight: number;
	rates: readonly RateLimit[];
	/** How many input items are served side by side. */
	itemsAtOnce: number;
	/**
	 * Serves one item. What goes wrong on the way is a miss.
	 *
	 * @throws ParameterRefusal when a parameter has a value from which no request may be built; and whatever n8n throws
	 * for an expression that cannot be resolved
	 */
	find(item: ItemToServe): Promise<Findings>;
}
