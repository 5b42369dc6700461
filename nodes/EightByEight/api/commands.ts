import { forAll } from '../../core/commands/contract';
import type { CommandResponse, Contract, Verdict } from '../../core/commands/contract';
import { RUN_AGAIN } from '../../core/commands/verdicts';
import type { CommandWords, Verb } from '../../core/commands/vocabulary';
import { UNAVAILABLE } from '../../core/http/cause';
import { ATTEMPTS_AT_A_LOCK } from '../../core/http/limits';
import type { ApiResponse } from '../../core/http/messages';
import type { Stop } from '../../core/http/stops';
import { asObject, asText } from '../../core/util/json';
import { NOT_FOLLOWED, UNREADABLE, WORKFLOW_NOT_FOUND } from './errors';
import type { KnownError, VendorDetails } from './errors';
import { instanceStateQuery } from './getInstance';
import { doubtAboutWorkflowId, NOUN, REQUESTS_IN_FLIGHT, targetPath } from './instance';
import type { WorkflowCommand, WorkflowSettings } from './instance';
import { liveStates } from './liveStates';
import { classify } from './responses';
import type { ClassifiedResponse } from './responses';

/**
 * 8x8 Automation, "Update workflow instance status": one PATCH for each instance, with a lower-case verb.
 */
function instanceCommand(command: WorkflowCommand, verb: Verb): Contract<WorkflowSettings> {
	const words: CommandWords = { singular: NOUN.singular, plural: NOUN.plural, ...verb };
	return {
		command,
		words,
		targetsPerRequest: 1,
		requestsInFlight: REQUESTS_IN_FLIGHT,
		scopeKey: ({ settings }) => settings.definitionId,
		groupKey: ({ settings }) => settings.definitionId,
		request: ([target]) => ({
			method: 'PATCH',
			path: targetPath(target),
			body: JSON.stringify({ status: command }),
		}),
		read: (targets, response) => readCommandResponse(targets, response, { command, words }),
		stateQuery: { ...instanceStateQuery(command), list: liveStates(command) },
		keepsEnded: true,
		doubtAbout: doubtAboutWorkflowId,
		describe: ({ settings }) => ({ definitionId: settings.definitionId }),
	};
}

/** Ends workflow instances for good: a terminated one cannot be resumed. */
export const terminateContract = instanceCommand('terminate', { participle: 'terminated' });

/** Halts running workflow instances until they are resumed. */
export const suspendContract = instanceCommand('suspend', {
	participle: 'suspended',
	change: { from: 'running', to: 'suspended' },
});

/** Lets suspended workflow instances go on. */
export const resumeContract = instanceCommand('resume', {
	participle: 'resumed',
	change: { from: 'suspended', to: 'running' },
});

/** The command that a response belongs to. */
interface SentCommand {
	command: WorkflowCommand;
	words: CommandWords;
}

/** The states that a command cannot have led to ("Get instance", `status`). What was resumed may have ended since. */
const CONTRADICTIONS: Readonly<Record<WorkflowCommand, readonly string[]>> = {
	terminate: ['Runnable', 'Suspended', 'Complete'],
	suspend: ['Runnable', 'Complete', 'Terminated'],
	resume: ['Suspended'],
};

const BAD_REQUEST = 400;

const UNPROCESSABLE = 422;

function readCommandResponse(
	targets: readonly unknown[],
	response: ApiResponse,
	sent: SentCommand,
): CommandResponse {
	const classified = classify(response);
	const { details } = classified;
	switch (classified.kind) {
		case 'success':
			return forAll(targets, successVerdict(classified, sent));
		case 'knownError':
			return knownErrorResponse(targets, classified.error, details);
		case 'notFound': {
			const { reason, hint, cause } = classified.error;
			const outcome = classified.what === 'workflow' ? 'notFound' : 'failed';
			return forAll(targets, { outcome, reason, hint, ...(cause && { cause }), ...details });
		}
		case 'outage': {
			const { reason } = classified;
			return forAll(targets, { outcome: 'unknown', reason, hint: RUN_AGAIN, cause: UNAVAILABLE, ...details });
		}
		case 'rejected':
			return forAll(targets, { ...rejectedVerdict(classified.httpStatus, sent), ...details });
	}
}

/** The documented success has no body; an object also counts as one unless it names a state that contradicts it. */
function successVerdict(
	{ isEmpty, body, details }: Extract<ClassifiedResponse, { kind: 'success' }>,
	{ command, words }: SentCommand,
): Verdict {
	if (isEmpty) return { outcome: words.participle };
	const instance = asObject(body);
	if (!instance) {
		const { reason, hint } = UNREADABLE;
		return { outcome: 'unknown', reason, hint: `${hint} Look up the workflow in 8x8.`, ...details };
	}
	const state = asText(instance['status']);
	if (state !== undefined && CONTRADICTIONS[command].includes(state)) {
		return {
			outcome: 'unknown',
			reason: `8x8 accepted the command but still reports the state ${state}`,
			hint: 'Look up the workflow in 8x8.',
		};
	}
	return { outcome: words.participle };
}

function knownErrorResponse(
	targets: readonly unknown[],
	{ reason, hint, cause, stopsRun, notRun }: KnownError,
	details: VendorDetails,
): CommandResponse {
	const why = { reason, hint, ...(cause && { cause }) };
	const stop: Stop | undefined = stopsRun && { scope: 'run', ...why };
	return forAll(targets, { outcome: 'failed', ...why, ...(notRun && { notRun }), ...details }, stop);
}

/**
 * The command itself was refused. 8x8 does not document what that looks like, so the workflow's state decides. A step
 * that is being executed may hold a lock, as in other engines of this kind, and HTTP 400 may come from it: the same
 * command may work a little later.
 */
function rejectedVerdict(httpStatus: number, { command, words }: SentCommand): Verdict {
	const { participle, change } = words;
	const { reason, hint } = httpStatus === UNPROCESSABLE ? NOT_FOLLOWED : wrongState(command, httpStatus);
	return {
		outcome: 'failed',
		reason,
		hint,
		byState: {
			running: {
				outcome: 'failed',
				reason: `${reason}, and it ${change ? `is still ${change.from}` : 'has not ended'}`,
				hint,
			},
			...(change && {
				inState: {
					outcome: participle,
					alreadyInState: true,
					reason: `${reason}, and it is no longer ${change.from}`,
				},
			}),
			ended: { outcome: 'alreadyEnded', reason: `${reason}, and it has ended` },
			absent: {
				outcome: 'notFound',
				reason: `${reason}, and ${WORKFLOW_NOT_FOUND.reason}`,
				hint: WORKFLOW_NOT_FOUND.hint,
			},
		},
		...(httpStatus === BAD_REQUEST && { notRun: true, attempts: ATTEMPTS_AT_A_LOCK }),
	};
}

/** Which workflows a command is for, as far as the documentation says ("Update workflow instance status"). */
const FITTING: Readonly<Record<WorkflowCommand, string>> = {
	terminate: 'only a running or suspended workflow can be terminated',
	suspend: 'only a running workflow can be suspended',
	resume: 'only a suspended workflow can be resumed',
};

function wrongState(command: WorkflowCommand, httpStatus: number): KnownError {
	return {
		reason: `8x8 refused to ${command} it (HTTP ${httpStatus})`,
		hint: `Look up its state in 8x8: ${FITTING[command]}. If a step was running at that moment, run the node again later.`,
	};
}
