import type { ApiRequest } from '../../core/http/messages';
import type { RateLimit } from '../../core/http/rateLimiter';
import { encodeForUrl } from '../../core/util/url';

/** The most commands that a batch may have; each further one is rejected (page "batch"). */
export const COMMANDS_PER_BATCH = 50;

/** A query parameter; its name needs no encoding. */
export type Parameter = readonly [name: string, value: string];

/**
 * The key of a command in a batch. Never like an integer: such keys lose their order and, among errors, their
 * names.
 */
export function keyOf(index: number): string {
	return `w${index}`;
}

/** One call of a method, parameters as JSON (page "How to call REST API"). */
export function call(method: string, parameters: object): ApiRequest {
	return { method: 'POST', path: `/${method}`, body: JSON.stringify(parameters) };
}

/** One command of a batch: method and query, each value encoded once. */
export function command(method: string, parameters: readonly Parameter[]): string {
	return `${method}?${parameters.map(([name, value]) => `${name}=${encodeForUrl(value)}`).join('&')}`;
}

/**
 * One request for several commands that run one after another; a rejected one does not stop the others (page
 * "batch").
 */
export function batch(commands: readonly string[]): ApiRequest {
	const cmd = Object.fromEntries(commands.map((text, index) => [keyOf(index), text]));
	return call('batch', { halt: 0, cmd });
}

/**
 * Asks a list for rows by their IDs, each by its own: a list of IDs as a filter is not documented, and the server ignores a
 * filter that it does not know.
 */
export function listByIds(method: string, ids: readonly string[], select: readonly string[]): ApiRequest {
	const [first] = ids;
	if (first !== undefined && ids.length === 1) return call(method, { SELECT: select, FILTER: { ID: first } });
	const selected = select.map((field, index): Parameter => [`SELECT[${index}]`, field]);
	return batch(ids.map((id) => command(method, [...selected, ['FILTER[ID]', id]])));
}

/**
 * A reference to earlier results, as the server reads it: the name, anything up to the next whitespace, and in it a key
 * in brackets. The server reads bytes and knows only the whitespace of ASCII (older servers without the vertical tab).
 */
const REFERENCE = /\$(?:result|next|total|time|error)[^ \t\n\f\r]*\[[^\] \t\n\f\r]+\]/i;

/**
 * Whether a batch would change the text: there the server replaces references to earlier results in each
 * value, after decoding it, so that no encoding protects them.
 */
export function isChangedInBatch(text: string): boolean {
	return REFERENCE.test(text);
}

/*
 * Page "Limits": a counter goes up with each request and down at a steady rate, and at its threshold (50, on
 * Enterprise 250) requests are rejected. The bursts here stay a few below: requests that are sent apart may
 * arrive together.
 */
const STANDARD: RateLimit = { perSecond: 2, burst: 45 };

const ENTERPRISE: RateLimit = { perSecond: 5, burst: 240 };

/**
 * The limit of the portal's plan. The API does not say which plan a portal has, so a user who wants more than the
 * standard rate is taken to have Enterprise.
 */
export function ratesFor(wishedPerSecond: number | undefined): RateLimit[] {
	return [(wishedPerSecond ?? 0) > STANDARD.perSecond ? ENTERPRISE : STANDARD];
}
