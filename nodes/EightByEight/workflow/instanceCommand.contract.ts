import type { Contract } from '../../termination/contract';
import type { Words } from '../../termination/vocabulary';
import { encodeForUrl } from '../../termination/wire';
import { readAnswer } from './answers';

/** What 8x8 needs beside the workflow (instance) ID. */
export interface WorkflowSettings {
	definitionId: string;
}

/** 8x8 documents no limit for this API; five is polite and still fast. */
const REQUESTS_IN_FLIGHT = 5;

/**
 * 8x8 Automation, "Update workflow instance status": one PATCH for each instance, with a lower-case verb.
 */
export function instanceCommand(
	command: 'terminate' | 'suspend' | 'resume',
	participle: Words['participle'],
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
			path: `/definitions/${encodeForUrl(target?.settings.definitionId ?? '')}/workflows/${encodeForUrl(target?.id ?? '')}`,
			body: JSON.stringify({ status: command }),
		}),
		read: (targets, response) => readAnswer(targets, response, { command, participle }),
		describe: ({ settings }) => ({ definitionId: settings.definitionId }),
	};
}

/** Ends workflow instances for good: a terminated one cannot be resumed. */
export const terminateContract = instanceCommand('terminate', 'terminated');
