/** More than this many are counted, not listed. */
const MAX_LISTED = 20;

/** One line for each of the first ones, and a last line about those that are left out. */
export function firstOf<T>(
	all: readonly T[],
	line: (one: T) => string,
	rest: (more: number) => string,
): string[] {
	const lines = all.slice(0, MAX_LISTED).map(line);
	const more = all.length - lines.length;
	return more > 0 ? [...lines, rest(more)] : lines;
}
