import type { INodePropertyOptions } from 'n8n-workflow';

import { declareWorkflowCommand, workflowCommand } from './commands.operation';
import { terminateContract } from '../api/commands';

/** The command, for one item and for the whole input alike. */
export const terminateCommand = workflowCommand(terminateContract);

/** The operation as the user picks it, with what n8n's routing engine does for it. */
export const terminateOperation: INodePropertyOptions = {
	name: 'Terminate',
	value: 'terminate',
	action: 'Terminate workflow permanently',
	description: 'End running or suspended workflows for good; a terminated workflow cannot be resumed',
	routing: declareWorkflowCommand(terminateCommand),
};
