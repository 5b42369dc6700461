import type { FastifyInstance } from 'fastify';

/** A value that JSON can carry. */
export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };

/** A JSON object. */
export type JsonObject = { [key: string]: Json };

/**
 * One vendor's API, emulated: its routes, its state and its switches. All state lives in the
 * instance, so that two sandboxes in one process do not meet.
 */
export interface Emulator {
	/** The name of its folder. */
	readonly vendor: string;
	/** The name that people know it by. */
	readonly title: string;
	/** Where a client's base URL points, below the listener's origin: '' or a path like '/acme'. */
	readonly basePath: string;
	/** Back to the first state: the default users and secrets, the default switches, nothing running. */
	reset(): void;
	/**
	 * Adds `count` running instances (with what they need around them) and returns their IDs.
	 * `options` are the vendor's own, such as `{ ids, state, definitionId }`; unknown keys throw.
	 */
	seed(count: number, options: JsonObject): string[];
	/** Everything a test or the demo may want to look at: instances by ID with their state, counters. */
	state(): JsonObject;
	/** Sets switches of the contract's checklist; an unknown name or value throws an Error that says so. */
	configure(switches: JsonObject): void;
	/** The current switches. */
	switches(): JsonObject;
	/** Ready-made credential data for n8n that works against this emulator (fields as in the product). */
	credentials(origin: string): Record<string, JsonObject>;
	/** Replaces every secret this emulator knows by `***`; used for the journal. */
	mask(text: string): string;
	/** Registers the routes. The raw request text is in `request.rawBody`. */
	routes(app: FastifyInstance): void;
}

declare module 'fastify' {
	interface FastifyRequest {
		/** The body exactly as it came, '' when there was none. */
		rawBody: string;
	}
}
