/** Shorter texts would blot out ordinary words. */
const MIN_SECRET_LENGTH = 4;

/** A function that replaces every given secret in a text, in the clear or URL-encoded, and bearer and Basic headers. */
export function redactor(secrets: readonly string[]): (text: string) => string {
	const forms = new Set<string>();
	for (const secret of secrets.map((text) => text.trim())) {
		if (secret.length < MIN_SECRET_LENGTH) continue;
		forms.add(secret);
		forms.add(encoded(secret));
	}
	const ordered = [...forms].sort((a, b) => b.length - a.length);
	return (text) =>
		ordered
			.reduce((result, secret) => result.split(secret).join('***'), text)
			.replace(/\b(Bearer|Basic)\s+[\w.~+/=-]{8,}/gi, '$1 ***');
}

function encoded(secret: string): string {
	try {
		return encodeURIComponent(secret);
	} catch {
		return secret;
	}
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
