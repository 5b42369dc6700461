import { parseUrl } from '../util/url';

/** One HTTP request as a contract writes it, without host and without secrets. */
export interface ApiRequest {
	method: 'GET' | 'POST' | 'PUT' | 'PATCH';
	/** Path below the base URL, with its query; every value in it is already encoded. */
	path: string;
	/** The body's exact text, JSON. Left out where the request has no body. */
	body?: string;
	/** Defaults to `application/json`. */
	contentType?: string;
}

/** One HTTP response, unread. */
export interface ApiResponse {
	status: number;
	/** Names in lower case. */
	headers: Readonly<Record<string, string>>;
	text: string;
	/** The request carried a token that a user has pasted into the credential, so that n8n has no session to renew. */
	hasPastedToken?: true;
}

/** Whether an HTTP status is one of success. A status that could not be read (NaN) is not. */
export function isSuccess(status: number): boolean {
	return status >= 200 && status < 300;
}

/** The server gave up waiting for the request (RFC 9110, section 15.5.9). */
export const REQUEST_TIMEOUT = 408;

/** The server wants fewer requests (RFC 6585, section 4). */
export const TOO_MANY_REQUESTS = 429;

/** Whether a server is too busy or too broken just now, by the HTTP status alone. */
export function isOutage(status: number): boolean {
	return status === REQUEST_TIMEOUT || status === TOO_MANY_REQUESTS || status >= 500;
}

/** How JSON texts begin. */
const JSON_START = /^[\s\ufeff]*(?:[[{"\d-]|true\b|false\b|null\b|$)/;

/** Whether the body is a web page or another text that no program wrote for a program. An empty body is not. */
export function isPage({ text }: ApiResponse): boolean {
	return !JSON_START.test(text);
}

/** Whether the response sends the client elsewhere. */
export function isRedirect(response: ApiResponse): boolean {
	return response.status >= 300 && response.status < 400 && response.status !== 304;
}

/** The host that a response redirects to, without path or query, which may carry secrets. */
export function redirectHost(response: ApiResponse): string {
	return parseUrl(response.headers['location'] ?? '')?.host ?? 'another address';
}
