import type { IDataObject } from 'n8n-workflow';

import type { Access } from '../../connection/access';
import type { Connection, ParameterReader } from '../../connection/connection';
import type { Line } from '../../http/client';
import type { RateLimit } from '../../http/rateLimiter';
import type { Things } from '../../queries/list';
import type { Refusal } from '../../http/readResult';

/** One input item, as a look-up needs it. */
export interface ItemToServe {
	read: ParameterReader;
	/** The workflow's time zone. */
	zone: string;
	line: Line;
}

/** What one input item found. */
export interface Findings {
	found: Finding[];
	/** What the user should know besides, as whole sentences. */
	notes: string[];
}

/** One thing that was found, or why one was not. */
export type Finding = { json: IDataObject } | { miss: Miss };

/** A thing, or a whole list, that was not found. */
export interface Miss {
	/** '' where it is not about one thing. */
	id: string;
	/** One sentence for people that stands by itself. */
	message: string;
	refusal: Refusal;
}

/** A look-up of a node, as the adapters to n8n run it: for each input item what it finds. */
export interface Finder {
	things: Things;
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

/** Blots the credential's secrets out of what the vendor said of a miss. */
export type Redactor = Awaited<ReturnType<Access['redactor']>>;
