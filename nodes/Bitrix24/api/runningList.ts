import type { StateQuery, TargetState } from '../../core/commands/contract';
import { isSuccess } from '../../core/http/messages';
import { asObject } from '../../core/util/json';
import { INSTANCES } from './instance';
import { isTemporary, meaningOf } from './errors';
import { readReplies } from './replies';
import type { Reply } from './replies';
import { COMMANDS_PER_BATCH, batch, call, command } from './requests';

/**
 * Asks which of the targets are among the running workflows (page "bizproc.workflow.instances"), each by its own ID:
 * a list of IDs as filter is not documented, and a filter that the server does not know is dropped without a word.
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
	read: (targets, { status, text }) => {
		const replies = readReplies(text, targets.length);
		if (replies.every((reply) => isNotServed(reply, status))) return 'tryAgain';
		return targets.map(({ id }, index) => {
			const state = isSuccess(status) ? stateOf(id, replies[index]) : undefined;
			return state === undefined ? {} : { state };
		});
	},
};

/** Refused for now, for a reason that has nothing to do with what was asked. */
function isNotServed(reply: Reply, status: number): boolean {
	return reply.kind === 'refused' && isTemporary(meaningOf(reply.refusal, status));
}

/** `absent` only by a complete list without the ID: other rows in it mean that the filter may have been dropped. */
function stateOf(id: string, reply: Reply | undefined): TargetState | undefined {
	if (reply?.kind !== 'result' || !Array.isArray(reply.result)) return undefined;
	const ids = reply.result.map((row: unknown) => asObject(row)?.['ID']);
	// The database compares without case.
	if (ids.some((other) => typeof other === 'string' && other.toLowerCase() === id.toLowerCase())) {
		return 'running';
	}
	const readable = ids.every((other) => typeof other === 'string');
	const complete = reply.next === undefined && reply.total === ids.length;
	return readable && complete ? 'absent' : undefined;
}
