import type { Contract } from '../../core/commands/contract';
import type { Words } from '../../core/commands/vocabulary';
import { readAnswer } from './responses';
import { pathOf, REQUESTS_IN_FLIGHT, THINGS } from './instance';
import type { WorkflowCommand, WorkflowSettings } from './instance';
import { instanceInquiry } from './instanceInquiry';

/**
 * 8x8 Automation, "Update workflow instance status": one PATCH for each instance, with a lower-case verb.
 */
function instanceCommand(
	command: WorkflowCommand,
	named: Pick<Words, 'participle' | 'change'>,
): Contract<WorkflowSettings> {
	const words: Words = { singular: THINGS.singular, plural: THINGS.plural, ...named };
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
		inquiry: instanceInquiry(command),
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
