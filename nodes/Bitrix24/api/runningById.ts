import { found, queryFailed } from '../../core/http/readResult';
import type { QueryError, ReadResult } from '../../core/http/readResult';
import type { ApiRequest, ApiResponse } from '../../core/http/messages';
import { asObject } from '../../core/util/json';
import type { JsonRecord } from '../../core/util/json';
import { isTemporary } from './errors';
import { INSTANCES, NOUN, idOf } from './instance';
import type { InstanceField } from './instance';
import { listByIds } from './requests';
import { readAnswer } from './responses';
import type { Reply } from './responses';

/** What an answer says about one ID. With none of these it says nothing. */
export type RunningReport = { row: JsonRecord } | { isAbsent: true } | { error?: QueryError };

/** Asks for workflows by their IDs (page "bizproc.workflow.instances"). */
export function requestByIds(ids: readonly string[], select: readonly InstanceField[]): ApiRequest {
	return listByIds(INSTANCES, ids, select);
}

/**
 * One report for each ID, in order. If some IDs get no report, those of the others are kept. Never throws.
 */
export function readByIds(ids: readonly string[], response: ApiResponse): ReadResult<RunningReport[]> {
	const { replies } = readAnswer(response, ids.length);
	const errors = replies.map((reply) => errorOf(reply, response.status));
	const [first] = errors;
	const isNoneAnswered = errors.every((error) => error !== undefined);
	const refusal = isNoneAnswered ? errors.find((error) => error.stopsRun) : undefined;
	if (refusal) return queryFailed(refusal);
	if (first && replies.every(isNotServed)) {
		const throttled = replies.some((reply) => reply.kind === 'error' && reply.error.throttles);
		return { kind: 'tryAgain', error: first, ...(throttled && { throttled }) };
	}
	return found(ids.map((id, index) => reportOf(id, replies[index], errors[index])));
}

/** Why a question was not answered. */
function errorOf(reply: Reply, httpStatus: number): QueryError | undefined {
	if (reply.kind === 'success') return undefined;
	const { error, details } = reply;
	const { reason, hint } = error.forList?.(NOUN.plural) ?? error;
	const { cause, stopsRun } = error;
	return { reason, hint, ...(cause && { cause }), ...details, httpStatus, ...(stopsRun && { stopsRun }) };
}

/** Rejected for now, for a reason that has nothing to do with the query; or no answer of Bitrix24. */
function isNotServed(reply: Reply): boolean {
	return reply.kind === 'unreadable' || (reply.kind === 'error' && isTemporary(reply.error));
}

/**
 * Absent only after a complete list without the ID: other rows mean that the server may have ignored the filter.
 */
function reportOf(id: string, reply: Reply | undefined, error: QueryError | undefined): RunningReport {
	if (reply?.kind !== 'success' || !Array.isArray(reply.result)) return error ? { error } : {};
	const rows = reply.result.map((row: unknown) => asObject(row) ?? {});
	// The database ignores case.
	const row = rows.find((other) => idOf(other)?.toLowerCase() === id.toLowerCase());
	if (row) return { row };
	const readable = rows.every((other) => typeof other['ID'] === 'string');
	const complete = reply.next === undefined && reply.total === rows.length;
	return readable && complete ? { isAbsent: true } : {};
}
