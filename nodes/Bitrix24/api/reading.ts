import { NOTHING_CHANGED, readOutage, queryFailed } from '../../core/http/readResult';
import type { ReadResult, QueryError } from '../../core/http/readResult';
import type { Page } from '../../core/queries/list';
import { clockTime, excerpt } from '../../core/util/text';
import { isSuccess } from '../../core/http/messages';
import { asObject } from '../../core/util/json';
import type { ApiResponse } from '../../core/http/messages';
import { NOUN } from './instance';
import { isTemporary, meaningOf, NOT_ADMINISTRATOR, unclear } from './errors';
import type { Meaning } from './errors';
import { readReplies, latestReset } from './replies';
import type { Reply, RestRefusal } from './replies';

/** The end of a session, where it is not n8n that renews it (page "Error codes"). */
const EXPIRED = 'expired_token';

/**
 * Reads the answer to one list call, or to a batch of them, as one page: all rows in the order of the calls. A error of
 * one call is that of the whole, because half a page is none. Never throws.
 *
 * @param calls how many calls the request made
 * @param plural what is listed
 */
export function readPage(response: ApiResponse, calls: number, plural: string): ReadResult<Page> {
	const replies = readReplies(response.text, calls);
	const resetsAt = latestReset(replies);
	const rows: Array<Page['rows']> = [];
	const troubles: Array<ReadResult<never>> = [];
	for (const reply of replies) {
		const listed = rowsOf(reply, response);
		if (listed) rows.push(listed);
		else troubles.push(troubleOf(reply, response, plural, resetsAt));
	}
	const trouble = troubles.find(({ kind }) => kind !== 'tryAgain') ?? troubles[0];
	if (trouble) return trouble;
	const total = totalOf(replies.at(-1));
	return { kind: 'found', value: { rows: rows.flat(), ...(total !== undefined && { total }) } };
}

function rowsOf(reply: Reply, { status }: ApiResponse): Page['rows'] | undefined {
	if (reply.kind !== 'result' || !isSuccess(status) || !Array.isArray(reply.result)) return undefined;
	return reply.result.map((row: unknown) => asObject(row) ?? {});
}

/** How many rows there are on all pages, as the last of the calls counted them. */
function totalOf(reply: Reply | undefined): number | undefined {
	const total = reply?.kind === 'result' ? reply.total : undefined;
	return typeof total === 'number' ? total : undefined;
}

function troubleOf(
	reply: Reply,
	response: ApiResponse,
	plural: string,
	resetsAt: number | undefined,
): ReadResult<never> {
	if (reply.kind === 'refused') return refusedBy(reply.refusal, response.status, plural, resetsAt);
	if (reply.kind === 'notRun') {
		const reason = 'Bitrix24 left a part of the list out';
		return {
			kind: 'tryAgain',
			error: { reason, hint: NOTHING_CHANGED, httpStatus: response.status, stopsRun: true },
		};
	}
	return unreadable(response);
}

/** By code and description, as for a command; what it means for a look-up differs, and what helps. */
function refusedBy(
	said: RestRefusal,
	httpStatus: number,
	plural: string,
	resetsAt: number | undefined,
): ReadResult<never> {
	const meaning = meaningOf(said, httpStatus);
	const mayPass = isTemporary(meaning);
	const error: QueryError = {
		...wordsFor(meaning, plural, resetsAt),
		...(said.code !== '' && { code: excerpt(said.code) }),
		...(said.description !== '' && { vendorMessage: excerpt(said.description) }),
		httpStatus,
		...((meaning.stopsRun ?? mayPass) && { stopsRun: true as const }),
	};
	if (said.code.toLowerCase() === EXPIRED) return { kind: 'sessionExpired', error };
	if (mayPass) {
		return { kind: 'tryAgain', error, ...(meaning.throttles && { throttled: true as const }) };
	}
	return queryFailed(error);
}

function wordsFor(
	meaning: Meaning,
	plural: string,
	resetsAt: number | undefined,
): Pick<QueryError, 'reason' | 'hint'> {
	const { reason, hint, hintUntil, stopsRun, notRun, outcome, isOfBatch } = meaning;
	if (meaning === NOT_ADMINISTRATOR) {
		return { reason: `only a Bitrix24 administrator may list ${plural}`, hint };
	}
	if (isOfBatch) {
		return {
			reason: 'Bitrix24 did not take the list calls as a batch',
			hint: 'Narrow the list down by filters, or set a limit of 50: one page needs no batch.',
		};
	}
	if (outcome === 'unknown') return { reason, hint: NOTHING_CHANGED };
	if (stopsRun || notRun) {
		const time = resetsAt === undefined ? undefined : clockTime(resetsAt);
		return { reason, hint: hintUntil && time !== undefined ? hintUntil(time) : hint };
	}
	// What is left in the table speaks of one workflow, and a list has none.
	return {
		reason: `Bitrix24 objected to listing the ${plural}`,
		hint: "What Bitrix24 said is in the details as 'vendorMessage'.",
	};
}

/** HTML under heavy load and answers that were cut off pass; a repetition does no harm. */
function unreadable(response: ApiResponse): ReadResult<never> {
	const { status, text } = response;
	const outage = readOutage(response, NOUN.vendor);
	if (outage) return outage;
	const { reason, hint, stopsRun } = unclear(status);
	const words = excerpt(text);
	const error: QueryError = {
		reason,
		hint: stopsRun
			? hint
			: 'A proxy may have answered in place of Bitrix24. Check the address in the credential.',
		httpStatus: status,
		...(words !== '' && { vendorMessage: words }),
		stopsRun: true,
	};
	return isSuccess(status) ? { kind: 'tryAgain', error } : queryFailed(error);
}
