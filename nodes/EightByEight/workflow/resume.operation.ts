import type { INodePropertyOptions } from 'n8n-workflow';

import { declareWorkflowCommand, workflowCommand } from './commands.operation';
import { resumeContract } from '../api/commands';

/** The command, for one item and for the whole input alike. */
export const resumeCommand = workflowCommand(resumeContract);

/** The operation as the user picks it, with what n8n's routing engine does for it. */
export const resumeOperation: INodePropertyOptions = {
	name: 'Resume',
	value: 'resume',
	action: 'Resume workflow',
	description: 'Let suspended workflows go on; a timer that ran out meanwhile may act at once',
	routing: declareWorkflowCommand(resumeCommand),
};
