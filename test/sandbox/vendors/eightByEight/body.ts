import type { FastifyRequest } from 'fastify';

import { refuse } from './errors.ts';

const JSON_TYPE = /^application\/json\s*(;|$)/i;

/** Turns the raw text into the JSON value that the route's schema then checks. */
export function parseJsonBody(request: FastifyRequest): void {
	if (!JSON_TYPE.test(request.headers['content-type'] ?? '')) throw refuse.body();
	try {
		request.body = JSON.parse(request.rawBody);
	} catch {
		throw refuse.body();
	}
}
