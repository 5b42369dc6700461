/** A copy of an object without these fields. */
export function omit<T extends object, K extends keyof T>(value: T, ...fields: readonly K[]): Omit<T, K> {
	const without = new Set<PropertyKey>(fields);
	return Object.fromEntries(Object.entries(value).filter(([name]) => !without.has(name))) as Omit<T, K>;
}
