import type { Contract, Target } from '../../core/commands/contract';
import type { Command, Confirmed } from '../../core/commands/vocabulary';
import { readAnswer } from './responses';
import { ratesFor, COMMANDS_PER_BATCH, batch, call, command, isChangedInBatch } from './requests';
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
		needsOwnRequest: (target) => parametersOf(target).some(([, value]) => isChangedInBatch(value)),
		request: (targets) => {
			const [first] = targets;
			if (first && targets.length === 1) return call(method, Object.fromEntries(parametersOf(first)));
			return batch(targets.map((target) => command(method, parametersOf(target))));
		},
		read: (targets, response) => readAnswer(targets, response, participle),
		stateQuery: runningList,
		describe: () => ({}),
	};
}

/**
 * Ends workflows and deletes all their data; there is no way back (page "bizproc.workflow.kill"). The table on that page
 * calls the ID an integer, its samples pass text: as a number it would lose digits.
 */
export const killContract = workflowCommand<unknown>({
	command: 'kill',
	participle: 'killed',
	method: 'bizproc.workflow.kill',
	parametersOf: ({ id }) => [['ID', id]],
	groupKey: () => '',
});

/** What Bitrix24 takes beside the workflow ID. */
export interface TerminateSettings {
	/** Shown as the status of the workflow; '' leaves the text to Bitrix24. */
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
	groupKey: ({ settings }) => settings.statusText,
});
