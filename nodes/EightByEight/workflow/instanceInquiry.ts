import type { Inquiry, Standing, StandingReport } from '../../termination/contract';
import type { Target } from '../../termination/target';
import { asText, readObject } from '../../termination/wire';
import type { JsonRecord, WireResponse } from '../../termination/wire';
import { isError } from './errorBody';
import { instancePath } from './instance';
import type { WorkflowSettings } from './instance';

/** The states of an instance ("Get instance", field `status`): capitalised words, unlike the verbs of commands. */
export type InstanceState = 'Runnable' | 'Suspended' | 'Complete' | 'Terminated';

/** What each state means for one command. */
type Standings = Readonly<Record<InstanceState, Standing>>;

/**
 * 8x8 Automation, "Get instance" without its logs, as a question about one command. It is asked before the command too,
 * because 8x8 documents nothing about terminating a workflow that has ended, and it may overwrite how and when that ended.
 * Nothing but the state is kept of the answer: its `data` holds phone numbers, names and messages.
 */
export function instanceInquiry(standings: Standings): Inquiry<WorkflowSettings> {
	return {
		when: 'first',
		absentMeans: 'notFound',
		targetsPerRequest: 1,
		request: ([target]) => ({ method: 'GET', path: instancePath(target) }),
		read: (targets, response) => targets.map((target) => reportOf(target, response, standings)),
	};
}

/** How workflows stand that are to be terminated: a suspended one has not ended. */
export const terminateInquiry = instanceInquiry({
	Runnable: 'running',
	Suspended: 'running',
	Complete: 'ended',
	Terminated: 'ended',
});

/** Anything but the answers documented for this call tells nothing; the command's own answer decides then. */
function reportOf(
	target: Target<WorkflowSettings>,
	{ status, text }: WireResponse,
	standings: Standings,
): StandingReport {
	const body = readObject(text);
	if (!body) return {};
	if (status === 404) return isError(body) ? { standing: 'absent' } : {};
	if (status !== 200 || !isAbout(body, target)) return {};
	const state = asText(body['status']);
	if (state === undefined || !Object.hasOwn(standings, state)) return {};
	return { standing: standings[state as InstanceState], state };
}

/** An answer about another workflow would be worse than none. */
function isAbout({ workflowId }: JsonRecord, { id }: Target<WorkflowSettings>): boolean {
	if (typeof workflowId !== 'string') return workflowId === undefined;
	// IDs are hexadecimal; whoever types one may use capitals.
	return workflowId.toLowerCase() === id.toLowerCase();
}
