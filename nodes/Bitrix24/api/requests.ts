import { encodeForUrl } from '../../core/http/messages';
import type { WireRequest } from '../../core/http/messages';

/** More commands than this are refused one by one (page "batch"). */
export const COMMANDS_PER_BATCH = 50;

/** A query parameter; its name needs no encoding. */
export type Parameter = readonly [name: string, value: string];

/** The key of a command in a batch. Never like an integer: such keys lose their order and, among refusals, their names. */
export function keyOf(index: number): string {
	return `w${index}`;
}

/** One call of a method, parameters as JSON (page "How to call REST API"). */
export function call(method: string, parameters: object): WireRequest {
	return { method: 'POST', path: `/${method}`, body: JSON.stringify(parameters) };
}

/** One command of a batch: method and query, each value encoded once. */
export function command(method: string, parameters: readonly Parameter[]): string {
	return `${method}?${parameters.map(([name, value]) => `${name}=${encodeForUrl(value)}`).join('&')}`;
}

/** One request for several commands that run one after another; a refused one does not stop the others (page "batch"). */
export function batch(commands: readonly string[]): WireRequest {
	const cmd = Object.fromEntries(commands.map((text, index) => [keyOf(index), text]));
	return call('batch', { halt: 0, cmd });
}

/**
 * Whether a batch would change the text: there the server replaces references to earlier results in each value, after
 * decoding it, so that no encoding protects them.
 */
export function isChangedInBatch(text: string): boolean {
	return /\$(result|next|total|time|error)\S*\[[^\]]+\]/i.test(text);
}
