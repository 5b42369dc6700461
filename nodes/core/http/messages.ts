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
