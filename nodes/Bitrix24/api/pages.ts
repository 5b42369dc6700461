import type { PageRequest } from '../../core/queries/list';
import { encodeForUrl } from '../../core/util/url';
import { readPage } from './reading';
import { batch, call, command } from './requests';
import type { Parameter } from './requests';

/** Rows on a page of every list; it cannot be changed (page "List methods"). */
export const PAGE_SIZE = 50;

/** The pages of a list that one request asks for. */
export interface ListCall {
	method: string;
	/** What is listed, for sentences. */
	plural: string;
	select: readonly string[];
	/** By field and operator. Left out of the request when it has no entry. */
	filter: Readonly<Record<string, string>>;
	order: Readonly<Record<string, 'ASC' | 'DESC'>>;
	/** The offsets of the pages, in the order in which they are read. */
	starts: readonly number[];
}

/** One request for one page, or one batch for several. */
export function pageRequest({ method, plural, select, filter, order, starts }: ListCall): PageRequest {
	const [first, ...others] = starts;
	const hasFilter = Object.keys(filter).length > 0;
	const request =
		others.length === 0
			? call(method, {
					SELECT: select,
					...(hasFilter && { FILTER: filter }),
					ORDER: order,
					start: first ?? 0,
				})
			: batch(starts.map((start) => command(method, parametersOf(select, filter, order, start))));
	return { request, read: (response) => readPage(response, Math.max(1, starts.length), plural) };
}

/** Names of filters hold `=`, which would end the name: what stands in the brackets is encoded. */
function parametersOf(
	select: ListCall['select'],
	filter: ListCall['filter'],
	order: ListCall['order'],
	start: number,
): Parameter[] {
	const within = (name: string, values: object): Parameter[] =>
		Object.entries(values).map(([key, value]) => [`${name}[${encodeForUrl(key)}]`, String(value)]);
	return [
		...within('SELECT', select),
		...within('FILTER', filter),
		...within('ORDER', order),
		// Upper case is for all names but this one (page "How to call REST API").
		['start', String(start)],
	];
}
