/** A JSON schema as n8n reads it for the fields that it shows before a node has run. */
export interface Schema {
	type: string | string[];
	properties?: Record<string, Schema>;
	items?: Schema;
}

/** The schema of what was seen: each field that any of the values has, with all the types it had. */
export function schemaOf(values: readonly unknown[]): Schema {
	const types = [...new Set(values.map(typeOf))].sort(nullLast);
	const objects = values.filter((value) => typeOf(value) === 'object') as Array<Record<string, unknown>>;
	const entries = values.filter(Array.isArray).flat();
	return {
		type: types.length === 1 ? types[0]! : types,
		...(objects.length > 0 && { properties: propertiesOf(objects) }),
		...(entries.length > 0 && { items: schemaOf(entries) }),
	};
}

function propertiesOf(objects: ReadonlyArray<Record<string, unknown>>): Record<string, Schema> {
	const names = [...new Set(objects.flatMap((object) => Object.keys(object)))];
	return Object.fromEntries(
		names.map((name) => [
			name,
			schemaOf(objects.filter((object) => name in object).map((object) => object[name])),
		]),
	);
}

function typeOf(value: unknown): string {
	if (value === null) return 'null';
	if (Array.isArray(value)) return 'array';
	return typeof value;
}

/** The editor takes the first of several types. */
function nullLast(a: string, b: string): number {
	return Number(a === 'null') - Number(b === 'null') || a.localeCompare(b);
}
