import { MAX_LIST_REQUESTS } from '../http/limits';
import type { QueryError } from '../http/readResult';
import type { ResourceNoun } from '../util/text';

/** The vendor listed rows that it was asked to leave out. */
export function ignored({ vendor, singular, plural }: ResourceNoun, filter: string, count: number): string {
	const left =
		count === 1 ? `1 ${singular} that does not match it was` : `${count} ${plural} that do not match it were`;
	return `${vendor} ignored the filter '${filter}'. ${left} left out.`;
}

/** Rows lack a readable value for a filter. */
export function unjudged({ singular, plural }: ResourceNoun, filter: string, count: number): string {
	const things = count === 1 ? `1 ${singular} was` : `${count} ${plural} were`;
	return `${things} left out because the value for the filter '${filter}' is missing or could not be read.`;
}

/** Rows that the user may have meant did not meet a filter. */
export function nearlyMet(
	{ singular, plural }: ResourceNoun,
	filter: string,
	{ what, count }: { what: string; count: number },
): string {
	return `The filter '${filter}' left out ${count} ${count === 1 ? singular : plural} ${what}.`;
}

/** The vendor's count is higher than what its pages hold. */
export function missing({ vendor, plural }: ResourceNoun, promised: number, listed: number): string {
	return `${vendor} reported ${promised} ${plural} but listed ${listed}. The count may include ${plural} that a filter excludes. Otherwise, some are missing from this list.`;
}

/** Pages break off where the vendor says that more follow: an error, because the list is not whole. */
export function incomplete({ vendor, plural }: ResourceNoun, promised: number, listed: number): QueryError {
	return {
		reason: `${vendor} reported ${promised} ${plural} but stopped listing after ${listed}`,
		hint: 'Run the node again later, or narrow down the list with filters.',
	};
}

/** The account may list rows that it may not read. */
export function hidden({ vendor, singular, plural }: ResourceNoun, count: number): string {
	const [things, were] = count === 1 ? [singular, 'It was'] : [plural, 'They were'];
	return `${vendor} lists ${count} ${things} that this account is not allowed to read in full. ${were} left out.`;
}

/** Rows have no ID. */
export function withoutId({ vendor, plural }: ResourceNoun): string {
	return `${vendor} listed ${plural} without an ID. They were left out because they cannot be used without one.`;
}

/** A list that does not end: an error. */
export function endless({ vendor }: ResourceNoun): QueryError {
	return {
		reason: `the list from ${vendor} did not end after ${MAX_LIST_REQUESTS} requests`,
		hint: 'Narrow down the list with filters.',
	};
}

/** A list that its limit has cut; `total` where it is known how many there are. */
export function cutByLimit({ plural }: ResourceNoun, limit: number, total: number | undefined): string {
	return total === undefined
		? `Listed the first ${limit} ${plural} because 'Limit' is ${limit}. There may be more.`
		: `Listed ${limit} of ${total} ${plural} because 'Limit' is ${limit}.`;
}
