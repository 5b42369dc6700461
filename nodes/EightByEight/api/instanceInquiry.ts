import type { Inquiry, StandingReport } from '../../core/commands/contract';
import type { Target } from '../../core/commands/target';
import { asText, readObject } from '../../core/http/messages';
import type { JsonRecord, WireResponse } from '../../core/http/messages';
import { isError } from './errorBody';
import { pathOf } from './instance';
import type { InstanceState, WorkflowCommand, WorkflowSettings } from './instance';

/** What each state means for one command. */
type Meanings = Readonly<Record<InstanceState, Omit<StandingReport, 'state'>>>;

/**
 * What has ended cannot be resumed, so before the command that is all there is to say. Once the command may have been
 * carried out, any state but Suspended shows that it took effect: a workflow that goes on may be Complete, or Terminated
 * by a fault of its next step, before anybody asks. Somebody else may have terminated the suspended one in the same
 * seconds, and nothing would tell; the output has the state, and after a lost answer says that this run only may have
 * done it.
 */
const ENDED_FOR_RESUME = { standing: 'ended', standingAfter: 'inState' } as const;

/**
 * How the four states stand towards the three commands ("Get instance", "Update workflow instance status"). Nothing
 * documents what a command does in a state that does not fit: to terminate what has ended may overwrite how and when it
 * ended, and to suspend or resume what is in that state already may be refused.
 */
const MEANINGS: Readonly<Record<WorkflowCommand, Meanings>> = {
	terminate: {
		Runnable: { standing: 'running' },
		Suspended: { standing: 'running' },
		Complete: { standing: 'ended' },
		Terminated: { standing: 'ended' },
	},
	suspend: {
		Runnable: { standing: 'running' },
		Suspended: { standing: 'inState' },
		Complete: { standing: 'ended' },
		Terminated: { standing: 'ended' },
	},
	resume: {
		Runnable: { standing: 'inState' },
		Suspended: { standing: 'running' },
		Complete: ENDED_FOR_RESUME,
		Terminated: ENDED_FOR_RESUME,
	},
};

/**
 * 8x8 Automation, "Get instance" without its logs, as a question about one command. It is asked before the command too.
 * Nothing but the state is kept of the answer: its `data` holds phone numbers, names and messages.
 */
export function instanceInquiry(command: WorkflowCommand): Inquiry<WorkflowSettings> {
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
	{ status, text }: WireResponse,
	meanings: Meanings,
): StandingReport {
	const body = readObject(text);
	if (!body) return {};
	if (status === 404) return isError(body) ? { standing: 'absent' } : {};
	if (status !== 200 || !isAbout(body, target)) return {};
	const state = asText(body['status']);
	if (state === undefined || !Object.hasOwn(meanings, state)) return {};
	return { ...meanings[state as InstanceState], state };
}

/** An answer about another workflow would be worse than none. */
function isAbout({ workflowId }: JsonRecord, { id }: Target<WorkflowSettings>): boolean {
	if (typeof workflowId !== 'string') return workflowId === undefined;
	// IDs are hexadecimal; whoever types one may use capitals.
	return workflowId.toLowerCase() === id.toLowerCase();
}
