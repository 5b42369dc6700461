import type { CommandResponse, Contract, Target, Verdict } from '../../core/commands/contract';
import type { Command, Confirmed } from '../../core/commands/vocabulary';
import type { ApiResponse } from '../../core/http/messages';
import type { Stop } from '../../core/http/stops';
import { NOT_CONFIRMED } from './knownErrors';
import type { KnownError } from './knownErrors';
import { COMMANDS_PER_BATCH, batch, call, command, isChangedInBatch, ratesFor } from './requests';
import type { Parameter } from './requests';
import { readAnswer } from './responses';
import type { Reply } from './responses';
import { runningList } from './runningList';
import { doubtAboutWorkflowId } from './workflowId';

/** How the commands on running workflows differ. */
export interface WorkflowCommand<Settings> {
	command: Command;
	participle: Confirmed;
	/** The REST method that is called for each workflow. */
	method: string;
	/** The parameters of the method, the workflow ID included. */
	parametersOf: (target: Target<Settings>) => readonly Parameter[];
}

/**
 * A command on running workflows: one call for one workflow, a batch for several. Bitrix24 counts all requests from one
 * address together, and asks not to send them in parallel (page "Limits"). The commands of a batch are carried out in
 * order, and if a workflow crashes the server, the whole response is lost.
 */
export function workflowCommand<Settings>({
	command: name,
	participle,
	method,
	parametersOf,
}: WorkflowCommand<Settings>): Contract<Settings> {
	return {
		command: name,
		words: { singular: 'workflow', plural: 'workflows', participle },
		targetsPerRequest: COMMANDS_PER_BATCH,
		requestsInFlight: 1,
		isSequential: true,
		rates: ratesFor,
		scopeKey: () => '',
		groupKey: () => '',
		needsOwnRequest: (target) => parametersOf(target).some(([, value]) => isChangedInBatch(value)),
		request: (targets) => {
			const [first] = targets;
			if (first && targets.length === 1) return call(method, Object.fromEntries(parametersOf(first)));
			return batch(targets.map((target) => command(method, parametersOf(target))));
		},
		read: (targets, response) => readCommandResponse(response, targets.length, participle),
		stateQuery: runningList,
		doubtAbout: doubtAboutWorkflowId,
		describe: () => ({}),
	};
}

/**
 * An answer to a command, sent alone or as a batch: a success is the result `true` and nothing else (page
 * "bizproc.workflow.terminate").
 */
function readCommandResponse(response: ApiResponse, calls: number, participle: Confirmed): CommandResponse {
	const { replies, resetsAt } = readAnswer(response, calls);
	const errors = replies.map(errorOf);
	const verdicts = replies.map((reply) => verdictOf(reply, participle));
	const [first] = verdicts;
	// A batch that rejects all of its commands for being a batch would do so again; each of them may be sent alone.
	if (first && errors.every((error) => error?.isOfBatch)) {
		return { kind: 'tooMany', atMost: 1, scope: 'group', verdict: first };
	}

	const stop = stopOf(errors.find((error) => error?.stopsRun));
	return {
		kind: 'verdicts',
		verdicts,
		...(stop && { stop }),
		...(errors.some((error) => error?.throttles) && { throttled: true as const }),
		...(resetsAt !== undefined && { resetsAt }),
	};
}

/** Undefined for a command that was carried out. */
function errorOf(reply: Reply): KnownError | undefined {
	if (reply.kind !== 'success') return reply.error;
	return reply.result === true ? undefined : NOT_CONFIRMED;
}

function verdictOf(reply: Reply, participle: Confirmed): Verdict {
	const error = errorOf(reply);
	if (!error) return { outcome: participle };
	const { outcome, reason, hint, cause, byState, notRun, attempts } = error;
	return {
		outcome,
		reason,
		hint,
		...(cause && { cause }),
		...(byState && { byState }),
		...(notRun && { notRun }),
		...(attempts !== undefined && { attempts }),
		...(reply.kind !== 'success' && reply.details),
	};
}

function stopOf(error: KnownError | undefined): Stop | undefined {
	if (!error) return undefined;
	const { reason, hint, hintUntil, cause } = error;
	return { scope: 'run', reason, hint, ...(cause && { cause }), ...(hintUntil && { hintUntil }) };
}

/**
 * Ends workflows and deletes all their data; there is no way back (page "bizproc.workflow.kill"). The table
 * on that page calls the ID an integer, but its samples pass text: as a number it would lose digits.
 */
export const killContract = workflowCommand<unknown>({
	command: 'kill',
	participle: 'killed',
	method: 'bizproc.workflow.kill',
	parametersOf: ({ id }) => [['ID', id]],
});

/** What Terminate sends besides the workflow ID. */
export interface TerminateSettings {
	/** Shown as the status of the workflow; with '' Bitrix24 writes its own text. */
	statusText: string;
}

/** Ends workflows; their history and log are kept (page "bizproc.workflow.terminate"). */
export const terminateContract = workflowCommand<TerminateSettings>({
	command: 'terminate',
	participle: 'terminated',
	method: 'bizproc.workflow.terminate',
	parametersOf: ({ id, settings }) =>
		settings.statusText === ''
			? [['ID', id]]
			: [
					['ID', id],
					['STATUS', settings.statusText],
				],
});
