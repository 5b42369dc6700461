import { workflowCommand } from './commands';

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
