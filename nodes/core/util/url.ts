/** The text as an absolute URL; undefined where it is not one. */
export function parseUrl(text: string): URL | undefined {
	try {
		return new URL(text);
	} catch {
		return undefined;
	}
}

/** A value for a path segment or a query, encoded so that no URL parser changes it again. */
export function encodeForUrl(value: string): string {
	// Half a surrogate pair has no encoding.
	return encodeURIComponent(value.replace(/\p{Surrogate}/gu, '\uFFFD')).replace(
		/[!'()*]/g,
		(character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
	);
}
