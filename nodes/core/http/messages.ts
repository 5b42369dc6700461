/** One HTTP request as a contract writes it, without host and without secrets. */
export interface WireRequest {
	method: 'GET' | 'POST' | 'PUT' | 'PATCH';
	/** Path below the base URL, with its query; every value in it is already encoded. */
	path: string;
	/** The body's exact text, JSON. Left out when there is none. */
	body?: string;
	/** Defaults to `application/json`. */
	contentType?: string;
}

/** One HTTP answer, unread. */
export interface WireResponse {
	status: number;
	/** Names in lower case. */
	headers: Readonly<Record<string, string>>;
	text: string;
}

/** A JSON object of unknown content. */
export type JsonRecord = Readonly<Record<string, unknown>>;

/** The text as a JSON object; undefined for anything else (HTML, truncated, empty, a bare value). */
export function readObject(text: string): JsonRecord | undefined {
	return asObject(readJson(text));
}

/** The text as JSON; undefined when it is not. */
export function readJson(text: string): unknown {
	try {
		return JSON.parse(text) as unknown;
	} catch {
		return undefined;
	}
}

/** The value if it is an object with keys, neither null nor an array. */
export function asObject(value: unknown): JsonRecord | undefined {
	return typeof value === 'object' && value !== null && !Array.isArray(value)
		? (value as JsonRecord)
		: undefined;
}

/** The value if it is a text with something in it. */
export function asText(value: unknown): string | undefined {
	return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined;
}

const EXCERPT_LENGTH = 200;

/** The start of a foreign text for people to read: no markup, one line, at most 200 characters. */
export function excerpt(text: string): string {
	const plain = text
		.slice(0, 20_000)
		.replace(/<(script|style)\b[\s\S]*?<\/\1\s*>/gi, ' ')
		.replace(/<[^>]*>?/g, ' ')
		.replace(/[\s\u0000-\u001f\u007f]+/g, ' ')
		.trim();
	return plain.length > EXCERPT_LENGTH ? `${plain.slice(0, EXCERPT_LENGTH)}…` : plain;
}

/** Whether an HTTP status is one of success. One that could not be read (NaN) is none. */
export function isSuccess(status: number): boolean {
	return status >= 200 && status < 300;
}

/** Whether the answer sends the client elsewhere. */
export function isRedirect(response: WireResponse): boolean {
	return response.status >= 300 && response.status < 400 && response.status !== 304;
}

/** The host an answer redirects to, without path or query, which may carry secrets. */
export function redirectHost(response: WireResponse): string {
	return parseUrl(response.headers['location'] ?? '')?.host ?? 'another address';
}

/** The text as an absolute URL; undefined when it is none. */
export function parseUrl(text: string): URL | undefined {
	try {
		return new URL(text);
	} catch {
		return undefined;
	}
}

/** A value for a path segment or a query, encoded so that no URL parser changes it again. */
export function encodeForUrl(value: string): string {
	return encodeURIComponent(value).replace(
		/[!'()*]/g,
		(character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
	);
}
