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

/** Applies a text function to every text inside a value; keys stay. */
export function mapTexts<T>(value: T, change: (text: string) => string): T {
	if (typeof value === 'string') return change(value) as T;
	if (Array.isArray(value)) return value.map((entry: unknown) => mapTexts(entry, change)) as T;
	if (typeof value === 'object' && value !== null) {
		return Object.fromEntries(
			Object.entries(value).map(([key, entry]) => [key, mapTexts(entry, change)]),
		) as T;
	}
	return value;
}
