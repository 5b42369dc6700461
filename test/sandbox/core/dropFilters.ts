const EVERY_FILTER = '*';

/**
 * Whether the switch `dropFilters` makes a list call overlook this filter. Servers overlook filters that they
 * cannot read, without an error, and then list more than was asked for.
 */
export function isDropped(dropFilters: readonly string[], name: string): boolean {
	return dropFilters.includes(EVERY_FILTER) || dropFilters.includes(name);
}

/** The filters of a call that the switch `dropFilters` leaves in force. */
export function keptFilters<Filters extends object>(
	filters: Filters,
	dropFilters: readonly string[],
): Partial<Filters> {
	const kept = Object.entries(filters).filter(([name]) => !isDropped(dropFilters, name));
	return Object.fromEntries(kept) as Partial<Filters>;
}

/**
 * Whether a value fits the switch `dropFilters`: a list of the vendor's own filter names, or `*` for all of them.
 * A name that the vendor does not have is refused, since a test that drops it would show nothing.
 */
export function isFilterList(value: unknown, known: (name: string) => boolean): value is string[] {
	return (
		Array.isArray(value) &&
		value.every((name) => typeof name === 'string' && (name === EVERY_FILTER || known(name)))
	);
}
