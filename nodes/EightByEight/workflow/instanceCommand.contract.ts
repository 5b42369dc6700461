import type { Contract, Inquiry } from '../../termination/contract';
import type { Words } from '../../termination/vocabulary';
import { readAnswer } from './answers';
import { instancePath } from './instance';
import type { WorkflowSettings } from './instance';
import { terminateInquiry } from './instanceInquiry';

/** 8x8 documents no limit for this API; five is polite and still fast. */
const REQUESTS_IN_FLIGHT = 5;

/**
 * 8x8 Automation, "Update workflow instance status": one PATCH for each instance, with a lower-case verb.
 */
export function instanceCommand(
	command: 'terminate' | 'suspend' | 'resume',
	participle: Words['participle'],
	inquiry: Inquiry<WorkflowSettings>,
): Contract<WorkflowSettings> {
	const words: Words = { singular: 'workflow', plural: 'workflows', participle };
	return {
		command,
		words,
		targetsPerRequest: 1,
		requestsInFlight: REQUESTS_IN_FLIGHT,
		groupKey: ({ settings }) => settings.definitionId,
		request: ([target]) => ({
			method: 'PATCH',
			path: instancePath(target),
			body: JSON.stringify({ status: command }),
		}),
		read: (targets, response) => readAnswer(targets, response, { command, participle }),
		inquiry,
		describe: ({ settings }) => ({ definitionId: settings.definitionId }),
	};
}

/** Ends workflow instances for good: a terminated one cannot be resumed. */
export const terminateContract = instanceCommand('terminate', 'terminated', terminateInquiry);
