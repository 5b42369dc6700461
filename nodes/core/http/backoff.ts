import { BASE_WAIT_MS, MAX_WAIT_MS } from './limits';
import type { ApiResponse } from './messages';

/** Milliseconds to wait after the nth attempt where the vendor says nothing: 2^(n-1) s, and up to half of that as jitter. */
export function backoffMs(attempt: number, random: number): number {
	const wait = BASE_WAIT_MS * 2 ** Math.max(0, attempt - 1);
	return Math.min(MAX_WAIT_MS, Math.round(wait * (1 + random / 2)));
}

/**
 * The wait that a response asks for in its header `Retry-After`: seconds, or a date (RFC 9110, section 10.2.3). A date is
 * read against the response's own `Date`, because clocks differ; without that against `wallTime`, in epoch milliseconds.
 */
export function retryAfterMs({ headers }: ApiResponse, wallTime: number): number | undefined {
	const value = headers['retry-after']?.trim() ?? '';
	if (/^\d+(\.\d+)?$/.test(value)) return finite(Number(value) * 1000);
	const sent = dateOf(headers['date'] ?? '');
	return finite(dateOf(value) - (Number.isNaN(sent) ? wallTime : sent));
}

function dateOf(text: string): number {
	return /\d\d:\d\d/.test(text) ? Date.parse(text) : NaN;
}

function finite(ms: number): number | undefined {
	return Number.isFinite(ms) ? Math.max(0, Math.round(ms)) : undefined;
}
