import { filledText, listOf, oneOf } from './rules.ts';
import { starting } from './switches.ts';
import type { Switch } from './switches.ts';

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
 * The switch `dropFilters`, empty after a reset: a list of the vendor's own filter names, or `*` for all of them. A
 * name that the vendor does not have is refused, since a test that drops it would show nothing. Leave `names` out
 * where each customer names the fields.
 */
export const droppedFilters = (names?: readonly string[]): Switch<string[]> =>
	starting<string[]>([], listOf(names ? oneOf(...names, EVERY_FILTER) : filledText));
