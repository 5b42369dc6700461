import { MAX_LIST_REQUESTS } from '../http/limits';
import type { QueryError } from '../http/readResult';
import type { ResourceNoun } from '../util/text';

/** The vendor listed rows that it was asked to leave out. */
export function ignored({ vendor, singular, plural }: ResourceNoun, filter: string, count: number): string {
	const one = count === 1;
	return `${vendor} did not keep to the filter '${filter}': it listed ${count} ${one ? singular : plural} that the filter excludes. The node left ${one ? 'it' : 'them'} out.`;
}

/** Rows lack a readable value for a filter. */
export function unjudged({ singular, plural }: ResourceNoun, filter: string, count: number): string {
	const [things, them] = count === 1 ? [`1 ${singular} has`, 'it'] : [`${count} ${plural} have`, 'them'];
	return `${things} no value for the filter '${filter}' that the node could read. It left ${them} out.`;
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
	return `${vendor} said that there are ${promised} ${plural} and listed ${listed}. It may count what a filter excludes; if it does not, some are missing here.`;
}

/** Pages break off where the vendor says that more follow: an error, because the list is not whole. */
export function incomplete({ vendor, plural }: ResourceNoun, promised: number, listed: number): QueryError {
	return {
		reason: `${vendor} said that there are ${promised} ${plural} and gave only ${listed} of them, though more had to follow`,
		hint: 'Run it again a little later, or narrow the list down by filters.',
	};
}

/** The account may list rows that it may not read. */
export function hidden({ vendor, singular, plural }: ResourceNoun, count: number): string {
	const [things, them] = count === 1 ? [singular, 'it'] : [plural, 'them'];
	return `${count} ${things} may not be read in full: ${vendor} lists ${them} and refuses this account the rest. The node left ${them} out.`;
}

/** Rows have no ID. */
export function withoutId({ vendor, plural }: ResourceNoun): string {
	return `${vendor} listed ${plural} without an ID, which nothing can be done with. The node left them out.`;
}

/** A list that does not end: an error. */
export function endless({ vendor }: ResourceNoun): QueryError {
	return {
		reason: `the list of ${vendor} did not come to an end after ${MAX_LIST_REQUESTS} requests`,
		hint: 'Narrow it down by filters.',
	};
}

/** A list that its limit has cut; `total` where it is known how many there are. */
export function cutByLimit({ plural }: ResourceNoun, limit: number, total: number | undefined): string {
	return total === undefined
		? `Listed the first ${limit} ${plural}, because the Limit is ${limit}. There may be more.`
		: `Listed ${limit} of ${total} ${plural}, because the Limit is ${limit}.`;
}
