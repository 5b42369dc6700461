import type { FastifyRequest } from 'fastify';

import type { Json, JsonObject } from '../../core/emulator.ts';
import { parseStr } from './php.ts';

/** Parameters of one call, top-level names in upper case except for the lower-case four. */
export type Params = Partial<Record<string, Json>>;

/** The names that the server reads in lower case only. */
const LOWER_CASE_NAMES = new Set(['start', 'auth', 'access_token', 'state']);

/** Upper-cases top-level names, as the server does before a method sees its parameters. */
export function normaliseNames(raw: JsonObject): Params {
	const params: Params = Object.create(null) as Params;
	for (const [name, value] of Object.entries(raw)) {
		params[LOWER_CASE_NAMES.has(name) ? name : name.toUpperCase()] = value;
	}
	return params;
}

/** The part of a URL behind the question mark. */
export function queryOf(url: string): string {
	const mark = url.indexOf('?');
	return mark < 0 ? '' : url.slice(mark + 1);
}

/** True when the server reads the body as JSON: the bare content type, before any `;`. */
function isJson(request: FastifyRequest): boolean {
	return (request.headers['content-type'] ?? '').split(';')[0] === 'application/json';
}

function readBody(request: FastifyRequest): JsonObject {
	if (!isJson(request)) return parseStr(request.rawBody);
	try {
		const body: unknown = JSON.parse(request.rawBody, wellFormed);
		return typeof body === 'object' && body !== null ? (body as JsonObject) : {};
	} catch {
		// Malformed JSON is no parameters at all, without an error.
		return {};
	}
}

/** Unlike JavaScript, PHP cannot read JSON with half a surrogate pair anywhere in it. */
function wellFormed(key: string, value: Json): Json {
	const texts = typeof value === 'string' ? [key, value] : [key];
	if (texts.some((text) => /\p{Surrogate}/u.test(text))) throw new SyntaxError('Half a surrogate pair');
	return value;
}

/** All parameters of a REST request (page "How to call REST API"); the body overrides the query. */
export function readParams(request: FastifyRequest): Params {
	return { ...normaliseNames(parseStr(queryOf(request.url))), ...normaliseNames(readBody(request)) };
}

/** Parameters of the authorization server, which reads a query and a form, nothing else. */
export function readForm(request: FastifyRequest): JsonObject {
	const form = (request.headers['content-type'] ?? '').startsWith('application/x-www-form-urlencoded');
	return { ...parseStr(queryOf(request.url)), ...(form ? parseStr(request.rawBody) : {}) };
}
