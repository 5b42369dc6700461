/** The keys that lead from the JSON of an item to one of its values. */
export type PlainPath = readonly string[];

// No escapes, no braces: what ends a text or an expression is for n8n to say. An index is written as JavaScript writes it.
const KEY = String.raw`\.([\p{ID_Start}$_][\p{ID_Continue}$]*)|\["([^"\\{}\p{Cc}\p{Zl}\p{Zp}\p{Cs}]*)"\]|\['([^'\\{}\p{Cc}\p{Zl}\p{Zp}\p{Cs}]*)'\]|\[(0|[1-9]\d{0,8})\]`;
const EXPRESSION = new RegExp(String.raw`^=\{\{[ \t\r\n]*\$json((?:${KEY})+)[ \t\r\n]*\}\}$`, 'u');
const EACH_KEY = new RegExp(KEY, 'gu');

/**
 * The path that a parameter consists of, as it stands in the workflow: one expression, and in it nothing but a path into
 * the item's JSON, such as `={{ $json.a["b c"][0] }}`. Undefined for anything else.
 */
export function plainPathIn(raw: string): PlainPath | undefined {
	const [, keys] = EXPRESSION.exec(raw) ?? [];
	if (keys === undefined) return undefined;
	const path = Array.from(keys.matchAll(EACH_KEY), ([, name, quoted, single, index]) =>
		// One of them is there: a key was matched.
		String(name ?? quoted ?? single ?? index),
	);
	// What every object has, n8n forbids or answers from elsewhere.
	return path.some((key) => key in Object.prototype) ? undefined : path;
}

/** The text at a path of own properties. Undefined where anything else is there, a getter among it. */
export function textAt(json: unknown, path: PlainPath): string | undefined {
	let value = json;
	for (const key of path) {
		if (typeof value !== 'object' || value === null) return undefined;
		const property: PropertyDescriptor | undefined = Object.getOwnPropertyDescriptor(value, key);
		value = property?.value;
	}
	return typeof value === 'string' ? value : undefined;
}
