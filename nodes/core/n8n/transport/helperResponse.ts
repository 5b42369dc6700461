import type { ApiResponse } from '../../http/messages';
import { asObject } from '../../util/json';

/** What n8n's HTTP helper gives with `returnFullResponse`, as an unread answer. */
export function toApiResponse(full: unknown): ApiResponse {
	const answer = asObject(full);
	return {
		status: Number(answer?.['statusCode']),
		headers: headersOf(answer?.['headers']),
		text: textOf(answer?.['body']),
	};
}

/** Header names in lower case, values as text. */
export function headersOf(value: unknown): Record<string, string> {
	const headers: Record<string, string> = {};
	for (const [name, entry] of Object.entries(asObject(value) ?? {})) {
		if (typeof entry === 'string' || typeof entry === 'number') headers[name.toLowerCase()] = String(entry);
		else if (Array.isArray(entry)) headers[name.toLowerCase()] = entry.join(', ');
	}
	return headers;
}

/** A body as text, however the HTTP client hands it out. */
export function textOf(body: unknown): string {
	if (typeof body === 'string') return body;
	if (body === undefined || body === null) return '';
	if (body instanceof Uint8Array) return new TextDecoder().decode(body);
	return JSON.stringify(body);
}
