import { isSuccess } from '../../core/http/messages';
import type { ApiResponse } from '../../core/http/messages';
import { queryFailed, readOutage } from '../../core/http/readResult';
import type { QueryError, ReadResult } from '../../core/http/readResult';
import type { Page, PageRequest, PageShape } from '../../core/queries/list';
import { asObject } from '../../core/util/json';
import { clockTime, outsideText } from '../../core/util/text';
import { encodeForUrl } from '../../core/util/url';
import { isTemporary, unreadable } from './errors';
import { NOUN } from './instance';
import type { ErrorText, KnownError } from './knownErrors';
import { batch, call, command } from './requests';
import type { Parameter } from './requests';
import { readAnswer } from './responses';
import type { Reply, VendorDetails } from './responses';

/** Rows on a page of any list; fixed by Bitrix24 (page "List methods"). */
export const PAGE_SIZE = 50;

/** The pages of a list that one request asks for. */
export interface ListCall {
	method: string;
	/** What is listed, for messages. */
	plural: string;
	select: readonly string[];
	/** Values by operator and field. Left out of the request when it has no entry. */
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

/**
 * Names of filters contain `=`, which would end the parameter name, so the text in the brackets is encoded.
 */
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
		// The only name that is not in upper case (page "How to call REST API").
		['start', String(start)],
	];
}

/** What the error texts of a list depend on. */
interface ListContext {
	response: ApiResponse;
	plural: string;
	resetsAt: number | undefined;
}

/**
 * Reads the answer to one list call, or to a batch of them, as one page: all rows in the order of the calls.
 * An error of one call is an error of the whole, because an incomplete page is of no use. Never throws.
 *
 * @param calls how many calls the request made
 * @param plural what is listed
 */
export function readPage(response: ApiResponse, calls: number, plural: string): ReadResult<Page> {
	const { replies, resetsAt } = readAnswer(response, calls);
	const rows: Array<Page['rows']> = [];
	const pages: PageShape[] = [];
	const errors: Array<ReadResult<never>> = [];
	for (const reply of replies) {
		const listed = rowsOf(reply);
		if (listed) {
			rows.push(listed);
			pages.push({ length: listed.length, ...nextOf(reply) });
		} else errors.push(errorOf(reply, { response, plural, resetsAt }));
	}
	const error = errors.find(({ kind }) => kind !== 'tryAgain') ?? errors[0];
	if (error) return error;
	const total = totalOf(replies);
	return {
		kind: 'found',
		value: {
			rows: rows.flat(),
			...(calls > 1 && { pages }),
			...(pages.at(-1)?.hasNext && { hasNext: true }),
			...(total !== undefined && { total }),
		},
	};
}

/** The offset of the next page, which Bitrix24 leaves out on the last one (page "List methods"). */
function nextOf(reply: Reply): Pick<PageShape, 'hasNext'> {
	return reply.kind === 'success' && typeof reply.next === 'number' ? { hasNext: true } : {};
}

function rowsOf(reply: Reply): Page['rows'] | undefined {
	if (reply.kind !== 'success' || !Array.isArray(reply.result)) return undefined;
	return reply.result.map((row: unknown) => asObject(row) ?? {});
}

/**
 * How many rows there are on all pages, as counted by the last call whose page has rows: beyond the end, Bitrix24
 * returns the offset instead.
 */
function totalOf(replies: readonly Reply[]): number | undefined {
	const withRows = replies.filter((reply) => rowsOf(reply)?.length);
	const reply = withRows.at(-1) ?? replies.at(-1);
	const total = reply?.kind === 'success' ? reply.total : undefined;
	return typeof total === 'number' ? total : undefined;
}

function errorOf(reply: Reply, context: ListContext): ReadResult<never> {
	switch (reply.kind) {
		case 'error':
		case 'leftOut':
			return rejected(reply.error, reply.details, context);
		case 'unreadable':
			return notAList(reply.error, context);
		case 'success':
			return notAList(unreadable(context.response.status), context);
	}
}

function rejected(known: KnownError, details: VendorDetails, context: ListContext): ReadResult<never> {
	const mayPass = isTemporary(known);
	const error: QueryError = {
		...textFor(known, context),
		...details,
		httpStatus: context.response.status,
		...((known.stopsRun ?? mayPass) && { stopsRun: true as const }),
	};
	if (known.endsSession) return { kind: 'sessionExpired', error };
	if (mayPass) return { kind: 'tryAgain', error, ...(known.throttles && { throttled: true as const }) };
	return queryFailed(error);
}

/**
 * Under heavy load Bitrix24 answers with HTML or cuts answers off. That passes, and repeating a list does no
 * harm.
 */
function notAList(known: KnownError, context: ListContext): ReadResult<never> {
	const { response } = context;
	const outage = readOutage(response, NOUN.vendor);
	if (outage) return outage;
	const vendorMessage = outsideText(response.text);
	const error: QueryError = {
		...textFor(known, context),
		httpStatus: response.status,
		...(vendorMessage !== '' && { vendorMessage }),
		stopsRun: true,
	};
	return isSuccess(response.status) ? { kind: 'tryAgain', error } : queryFailed(error);
}

function textFor(
	{ reason, hint, hintUntil, forList, cause }: KnownError,
	{ plural, resetsAt }: ListContext,
): ErrorText & Pick<QueryError, 'cause'> {
	if (forList) return { ...forList(plural), ...(cause && { cause }) };
	const time = resetsAt === undefined ? undefined : clockTime(resetsAt);
	if (!hintUntil || resetsAt === undefined || time === undefined) {
		return { reason, hint, ...(cause && { cause }) };
	}
	return {
		reason,
		hint: hintUntil(time),
		...(cause && { cause: { ...cause, resetsAtMs: resetsAt * 1000 } }),
	};
}
