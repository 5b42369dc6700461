import type { Contract, StateQuery, StateReport, Target } from '../../core/commands/contract';
import type { CommandWords } from '../../core/commands/vocabulary';
import { readAnswer } from './responses';
import { pathOf, REQUESTS_IN_FLIGHT, THINGS } from './instance';
import type { WorkflowCommand, WorkflowSettings, InstanceState } from './instance';
import { asText, readObject } from '../../core/util/json';
import type { ApiResponse } from '../../core/http/messages';
import type { JsonRecord } from '../../core/util/json';
import { isError } from './errors';

/**
 * 8x8 Automation, "Update workflow instance status": one PATCH for each instance, with a lower-case verb.
 */
function instanceCommand(
	command: WorkflowCommand,
	named: Pick<CommandWords, 'participle' | 'change'>,
): Contract<WorkflowSettings> {
	const words: CommandWords = { singular: THINGS.singular, plural: THINGS.plural, ...named };
	return {
		command,
		words,
		targetsPerRequest: 1,
		requestsInFlight: REQUESTS_IN_FLIGHT,
		groupKey: ({ settings }) => settings.definitionId,
		request: ([target]) => ({
			method: 'PATCH',
			path: pathOf(target),
			body: JSON.stringify({ status: command }),
		}),
		read: (targets, response) => readAnswer(targets, response, { command, words }),
		stateQuery: instanceStateQuery(command),
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

/** What each state means for one command. */
type Meanings = Readonly<Record<InstanceState, Omit<StateReport, 'vendorState'>>>;

/**
 * What has ended cannot be resumed, so before the command that is all there is to say. Once the command may have been
 * carried out, any state but Suspended shows that it took effect: a workflow that goes on may be Complete, or Terminated
 * by a fault of its next step, before anybody asks. Somebody else may have terminated the suspended one in the same
 * seconds, and nothing would tell; the output has the state, and after a lost answer says that this run only may have
 * done it.
 */
const ENDED_FOR_RESUME = { state: 'ended', stateAfterCommand: 'inState' } as const;

/**
 * How the four states stand towards the three commands ("Get instance", "Update workflow instance status"). Nothing
 * documents what a command does in a state that does not fit: to terminate what has ended may overwrite how and when it
 * ended, and to suspend or resume what is in that state already may be refused.
 */
const MEANINGS: Readonly<Record<WorkflowCommand, Meanings>> = {
	terminate: {
		Runnable: { state: 'running' },
		Suspended: { state: 'running' },
		Complete: { state: 'ended' },
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
 * 8x8 Automation, "Get instance" without its logs, as a question about one command. It is asked before the command too.
 * Nothing but the state is kept of the answer: its `data` holds phone numbers, names and messages.
 */
export function instanceStateQuery(command: WorkflowCommand): StateQuery<WorkflowSettings> {
	return {
		when: 'first',
		absentMeans: 'notFound',
		targetsPerRequest: 1,
		request: ([target]) => ({ method: 'GET', path: pathOf(target) }),
		read: (targets, response) => targets.map((target) => reportOf(target, response, MEANINGS[command])),
	};
}

/** Anything but the answers documented for this call tells nothing; the command's own answer decides then. */
function reportOf(
	target: Target<WorkflowSettings>,
	{ status, text }: ApiResponse,
	meanings: Meanings,
): StateReport {
	const body = readObject(text);
	if (!body) return {};
	if (status === 404) return isError(body) ? { state: 'absent' } : {};
	if (status !== 200 || !isAbout(body, target)) return {};
	const vendorState = asText(body['status']);
	if (vendorState === undefined || !Object.hasOwn(meanings, vendorState)) return {};
	return { ...meanings[vendorState as InstanceState], vendorState };
}

/** An answer about another workflow would be worse than none. */
function isAbout({ workflowId }: JsonRecord, { id }: Target<WorkflowSettings>): boolean {
	if (typeof workflowId !== 'string') return workflowId === undefined;
	// IDs are hexadecimal; whoever types one may use capitals.
	return workflowId.toLowerCase() === id.toLowerCase();
}
