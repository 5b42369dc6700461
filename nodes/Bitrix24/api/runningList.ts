import type { StateQuery, StateReport, TargetState } from '../../core/commands/contract';
import { found, queryFailed } from '../../core/http/readResult';
import type { QueryError } from '../../core/http/readResult';
import { asObject } from '../../core/util/json';
import { isTemporary } from './errors';
import { INSTANCES } from './instance';
import { COMMANDS_PER_BATCH, batch, call, command } from './requests';
import { readAnswer } from './responses';
import type { Reply } from './responses';

/**
 * Asks which of the targets are among the running workflows (page "bizproc.workflow.instances"), each by its
 * own ID: a list of IDs as a filter is not documented, and the server ignores a filter that it does not know.
 */
export const runningList: StateQuery<unknown> = {
	when: 'inDoubt',
	absentMeans: 'notRunning',
	targetsPerRequest: COMMANDS_PER_BATCH,
	request: (targets) => {
		const [first] = targets;
		if (first && targets.length === 1) return call(INSTANCES, { SELECT: ['ID'], FILTER: { ID: first.id } });
		return batch(
			targets.map(({ id }) =>
				command(INSTANCES, [
					['SELECT[0]', 'ID'],
					['FILTER[ID]', id],
				]),
			),
		);
	},
	read: (targets, response) => {
		const { replies } = readAnswer(response, targets.length);
		const errors = replies.map((reply) => errorOf(reply, response.status));
		const [first] = errors;
		// What is said about one of them is not thrown away for the others.
		const isNoneAnswered = errors.every((error) => error !== undefined);
		const refusal = isNoneAnswered ? errors.find((error) => error.stopsRun) : undefined;
		if (refusal) return queryFailed(refusal);
		if (first && replies.every(isNotServed)) {
			const throttled = replies.some((reply) => reply.kind === 'error' && reply.error.throttles);
			return { kind: 'tryAgain', error: first, ...(throttled && { throttled }) };
		}
		return found(targets.map(({ id }, index) => reportOf(id, replies[index], errors[index])));
	},
};

/** Why a question was not answered. */
function errorOf(reply: Reply, httpStatus: number): QueryError | undefined {
	if (reply.kind === 'success') return undefined;
	const { error, details } = reply;
	const { reason, hint } = error.forList?.('workflows') ?? error;
	const { cause, stopsRun } = error;
	return {
		reason,
		hint,
		...(cause && { cause }),
		...details,
		httpStatus,
		...(stopsRun && { stopsRun }),
	};
}

/** Rejected for now, for a reason that has nothing to do with the query; or no answer of Bitrix24. */
function isNotServed(reply: Reply): boolean {
	return reply.kind === 'unreadable' || (reply.kind === 'error' && isTemporary(reply.error));
}

function reportOf(id: string, reply: Reply | undefined, error: QueryError | undefined): StateReport {
	const state = stateOf(id, reply);
	return { ...(state !== undefined && { state }), ...(error && { error }) };
}

/**
 * `absent` only after a complete list without the ID: other rows mean that the server may have ignored the
 * filter.
 */
function stateOf(id: string, reply: Reply | undefined): TargetState | undefined {
	if (reply?.kind !== 'success' || !Array.isArray(reply.result)) return undefined;
	const ids = reply.result.map((row: unknown) => asObject(row)?.['ID']);
	// The database ignores case.
	if (ids.some((other) => typeof other === 'string' && other.toLowerCase() === id.toLowerCase())) {
		return 'running';
	}
	const readable = ids.every((other) => typeof other === 'string');
	const complete = reply.next === undefined && reply.total === ids.length;
	return readable && complete ? 'absent' : undefined;
}
