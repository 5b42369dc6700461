import type { Contract } from '../../core/commands/contract';
import type { Target } from '../../core/commands/target';
import type { Command, Confirmed } from '../../core/commands/vocabulary';
import { readAnswer } from './responses';
import { ratesFor } from './rates';
import { COMMANDS_PER_BATCH, batch, call, command, isChangedInBatch } from './requests';
import type { Parameter } from './requests';
import { runningList } from './runningList';

/** What tells one command on running workflows from another. */
export interface WorkflowCommand<Settings> {
	command: Command;
	participle: Confirmed;
	/** The REST method that is called for each workflow. */
	method: string;
	/** What the method takes, the workflow ID included. */
	parametersOf: (target: Target<Settings>) => readonly Parameter[];
	/** Workflows whose keys are equal may share a batch. */
	groupKey: Contract<Settings>['groupKey'];
}

/**
 * A command on running workflows: one call for one of them, a batch for several. All requests of one address count together
 * at Bitrix24, which asks not to send them side by side (page "Limits").
 */
export function workflowCommand<Settings>({
	command: name,
	participle,
	method,
	parametersOf,
	groupKey,
}: WorkflowCommand<Settings>): Contract<Settings> {
	return {
		command: name,
		words: { singular: 'workflow', plural: 'workflows', participle },
		targetsPerRequest: COMMANDS_PER_BATCH,
		requestsInFlight: 1,
		rates: ratesFor,
		groupKey,
		travelsAlone: (target) => parametersOf(target).some(([, value]) => isChangedInBatch(value)),
		request: (targets) => {
			const [first] = targets;
			if (first && targets.length === 1) return call(method, Object.fromEntries(parametersOf(first)));
			return batch(targets.map((target) => command(method, parametersOf(target))));
		},
		read: (targets, response) => readAnswer(targets, response, participle),
		inquiry: runningList,
		describe: () => ({}),
	};
}
