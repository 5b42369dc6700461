import type { StateQuery, StateReport } from '../../core/commands/contract';
import type { ApiResponse } from '../../core/http/messages';
import { found, queryFailed } from '../../core/http/readResult';
import type { ReadResult } from '../../core/http/readResult';
import type { Lookup } from '../../core/queries/lookup';
import { asObject, asText } from '../../core/util/json';
import type { JsonRecord } from '../../core/util/json';
import { omit } from '../../core/util/omit';
import { instancePath, NOUN, REQUESTS_IN_FLIGHT, showInstance, targetPath } from './instance';
import { errorsPath, readErrors } from './instanceErrors';
import type { DisplayOptions, InstanceState, WorkflowCommand, WorkflowSettings } from './instance';
import { classify, readResult } from './responses';

/** What a Get asks for besides the IDs. */
export interface InstanceQuery extends DisplayOptions {
	includeLogs: boolean;
	includeErrors: boolean;
}

/** 8x8 Automation, "Get instance", and "Get instance errors" where they are wanted. A response about another workflow would be worse than an error. */
export const instanceLookup: Lookup<InstanceQuery> = {
	noun: NOUN,
	requestsInFlight: REQUESTS_IN_FLIGHT,
	request: (id, query) => ({
		method: 'GET',
		path: `${instancePath(query, id)}${query.includeLogs ? '?includeLogs=true' : ''}`,
	}),
	read: (id, _query, response) =>
		readResult(response, {
			pick: (body) => {
				const instance = asObject(body);
				return instance && hasId(instance, id) ? instance : undefined;
			},
		}),
	detail: {
		isNeeded: ({ includeErrors }) => includeErrors,
		request: (id, query) => ({ method: 'GET', path: errorsPath(query, id) }),
		read: (id, row, response) => {
			const result = readErrors(id, response);
			return result.kind === 'found' ? found({ ...row, errors: result.value }) : result;
		},
	},
	show: (row, query) => showInstance(row, query),
};

/** What each state means for one command. */
type StateMeanings = Readonly<Record<InstanceState, Omit<StateReport, 'vendorState'>>>;

/**
 * Before the command the only fact that matters is that what has ended cannot be resumed. Once the command may
 * have been carried out, any state but Suspended shows that it took effect: a workflow that goes on may be
 * Complete, or Terminated by a fault of its next step, before its state is read. Somebody else may have terminated
 * the suspended one in the same seconds, which cannot be seen; the output has the state, and after a lost answer
 * it says that this run may have done it.
 */
const ENDED_FOR_RESUME = { state: 'ended', stateAfterCommand: 'inState' } as const;

/**
 * What the four states mean for the three commands ("Get instance", "Update workflow instance status"). It is not
 * documented what a command does in a state that does not fit: to terminate what has ended may overwrite how and
 * when it ended, and to suspend or resume what is in that state already may be refused.
 */
const MEANINGS: Readonly<Record<WorkflowCommand, StateMeanings>> = {
	terminate: {
		Runnable: { state: 'running' },
		Suspended: { state: 'running' },
		// No command leads to it ("Update workflow instance status"): the workflow has ended by itself.
		Complete: { state: 'ended', endedByItself: true },
		Terminated: { state: 'ended' },
	},
	suspend: {
		Runnable: { state: 'running' },
		Suspended: { state: 'inState' },
		Complete: { state: 'ended' },
		Terminated: { state: 'ended' },
	},
	resume: {
		Runnable: { state: 'inState' },
		Suspended: { state: 'running' },
		Complete: ENDED_FOR_RESUME,
		Terminated: ENDED_FOR_RESUME,
	},
};

/**
 * "Get instance" without its logs, as the state query of a command; sent before the command too. Nothing but the
 * state is kept of the response: its `data` holds phone numbers, names and messages.
 */
export function instanceStateQuery(command: WorkflowCommand): StateQuery<WorkflowSettings> {
	return {
		when: 'first',
		absentMeans: 'notFound',
		targetsPerRequest: 1,
		request: ([target]) => ({ method: 'GET', path: targetPath(target) }),
		read: ([target], response) => readState(target?.id ?? '', response, command),
	};
}

/** What the word for a state means for a command; a word that is not known is shown and means nothing. */
export function reportOf(vendorState: string, command: WorkflowCommand): StateReport {
	const meanings = MEANINGS[command];
	return Object.hasOwn(meanings, vendorState)
		? { ...meanings[vendorState as InstanceState], vendorState }
		: { vendorState };
}

/**
 * Only the responses documented for this call say anything about the state: HTTP 404 with an error of 8x8 about the
 * workflow, whatever its code, and HTTP 200 with a state. What else comes with a status of success leaves the question
 * open.
 */
function readState(id: string, response: ApiResponse, command: WorkflowCommand): ReadResult<StateReport[]> {
	const result = readResult(response, { pick: (body) => stateIn(body, id) });
	if (result.kind === 'found') return found([reportOf(result.value, command)]);
	if (result.kind !== 'failed') return result;
	const error = omit(result.error, 'notFound');
	return isAbsent(response) ? found([{ state: 'absent', error }]) : queryFailed(error);
}

function isAbsent(response: ApiResponse): boolean {
	const classified = classify(response);
	const { httpStatus, isVendorError } = classified;
	return (
		httpStatus === 404 && isVendorError && classified.kind === 'notFound' && classified.what === 'workflow'
	);
}

/** The state in an instance. Without an ID it is taken to be about the workflow that was asked for. */
function stateIn(body: unknown, id: string): string | undefined {
	const instance = asObject(body);
	if (!instance || !(instance['workflowId'] === undefined || hasId(instance, id))) return undefined;
	return asText(instance['status']);
}

/** IDs are hexadecimal, and a user may type one in capitals. */
function hasId({ workflowId }: JsonRecord, id: string): boolean {
	return typeof workflowId === 'string' && workflowId.toLowerCase() === id.toLowerCase();
}
