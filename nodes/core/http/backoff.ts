import { BASE_WAIT_MS, MAX_WAIT_MS } from './limits';
import type { ApiResponse } from './messages';

/** Milliseconds to wait after the nth attempt where the vendor says nothing: 2^(n-1) s, and up to half of that as jitter. */
export function backoffMs(attempt: number, random: number): number {
	const wait = BASE_WAIT_MS * 2 ** Math.max(0, attempt - 1);
	return Math.min(MAX_WAIT_MS, Math.round(wait * (1 + random / 2)));
}

/** The wait that a response asks for in its header `Retry-After`: seconds, or a date (RFC 9110, section 10.2.3). */
export function retryAfterMs({ headers }: ApiResponse, nowMs: number): number | undefined {
	const value = headers['retry-after']?.trim() ?? '';
	const date = /\d\d:\d\d/.test(value) ? Date.parse(value) : NaN;
	const wait = /^\d+(\.\d+)?$/.test(value) ? Number(value) * 1000 : date - nowMs;
	return Number.isFinite(wait) ? Math.max(0, Math.round(wait)) : undefined;
}
