import type { Json, JsonObject } from '../../core/emulator.ts';

/** What PHP's `empty()` calls empty. */
export function isEmpty(value: Json | undefined): boolean {
	if (value === undefined || value === null || value === false) return true;
	if (value === '' || value === '0' || value === 0) return true;
	return typeof value === 'object' && Object.keys(value).length === 0;
}

/** PHP's `intval()` for the values a request can carry. */
export function intval(value: Json | undefined): number {
	if (value === true) return 1;
	if (typeof value === 'number') return Math.trunc(value);
	if (typeof value !== 'string') return 0;
	const match = /^\s*[+-]?\d+/.exec(value);
	return match ? Number.parseInt(match[0], 10) : 0;
}

/** PHP's string conversion; an array becomes the word "Array". */
export function strval(value: Json | undefined): string {
	if (value === undefined || value === null || value === false) return '';
	if (value === true) return '1';
	return typeof value === 'object' ? 'Array' : String(value);
}

/** PHP's `trim()`, which knows blanks of ASCII only. */
export function trim(text: string): string {
	return text.replace(/^[ \t\n\r\0\v]+|[ \t\n\r\0\v]+$/g, '');
}

/** The values of a PHP array, whether JSON wrote it as a list or as a map; undefined for a scalar. */
export function arrayValues(value: Json | undefined): Json[] | undefined {
	return typeof value === 'object' && value !== null ? Object.values(value) : undefined;
}

/** The pairs of a PHP array; undefined for a scalar. */
export function arrayEntries(value: Json | undefined): Array<[string, Json]> | undefined {
	return typeof value === 'object' && value !== null ? Object.entries(value) : undefined;
}

/** `json_encode()` of a PHP array: nothing → `[]`, keys 0 to n in order → a list, anything else → a map. */
export function shape(entries: Array<[string, Json]>): Json {
	if (entries.every(([key], index) => key === String(index))) return entries.map(([, value]) => value);
	return Object.fromEntries(entries);
}

const emptyMap = (): JsonObject => Object.create(null) as JsonObject;

function decode(text: string): string {
	// A lone % stays as it is in PHP, where decodeURIComponent would throw.
	return text.replace(/\+/g, ' ').replace(/(?:%[0-9a-f]{2})+/gi, (run) => {
		return Buffer.from(run.replaceAll('%', ''), 'hex').toString('utf8');
	});
}

function place(target: JsonObject, name: string, value: string): void {
	const open = name.indexOf('[');
	const head = (open > 0 ? name.slice(0, open) : name).replace(/[. ]/g, '_');
	const tail = open > 0 ? [...name.slice(open).matchAll(/\[([^\]]*)\]/g)].map((match) => match[1] ?? '') : [];
	let map = target;
	let key = head;
	for (const next of tail) {
		const inner = map[key];
		const child = typeof inner === 'object' && inner !== null ? (inner as JsonObject) : emptyMap();
		map[key] = child;
		map = child;
		key = next === '' ? String(Object.keys(child).length) : next;
	}
	map[key] = value;
}

/** PHP's `parse_str()`: brackets nest, `+` is a space, the first `=` splits, a later name overwrites. */
export function parseStr(text: string): JsonObject {
	const result = emptyMap();
	for (const pair of text.split('&')) {
		if (pair === '') continue;
		const equals = pair.indexOf('=');
		const name = decode(equals < 0 ? pair : pair.slice(0, equals)).trimStart();
		if (name !== '') place(result, name, equals < 0 ? '' : decode(pair.slice(equals + 1)));
	}
	return result;
}
