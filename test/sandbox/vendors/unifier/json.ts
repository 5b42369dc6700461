import type { FastifyRequest } from 'fastify';

import { HttpRefusal, Refusal } from './envelope.ts';

function parse(text: string): unknown {
	try {
		return JSON.parse(text) as unknown;
	} catch {
		throw new Refusal(1101);
	}
}

/** Parses the body, so that the schema of the route applies to it. */
export async function jsonBody(request: FastifyRequest): Promise<void> {
	if (!/^application\/json\s*(;|$)/i.test(request.headers['content-type'] ?? '')) throw new HttpRefusal(415);
	request.body = parse(request.rawBody);
}

/** Parses a query key that carries JSON, so that the schema of the route applies to it. */
export function jsonQuery(key: string, required: boolean): (request: FastifyRequest) => Promise<void> {
	return async (request) => {
		const query = request.query as Record<string, unknown>;
		const given = query[key];
		if (given === undefined && !required) return;
		if (typeof given !== 'string') throw new Refusal(1101);
		request.query = { ...query, [key]: parse(given) };
	};
}
