import type { INodePropertyOptions } from 'n8n-workflow';

import { declareWorkflowCommand, workflowCommand } from './commands.operation';
import { suspendContract } from '../api/commands';

/** The command, for one item and for the whole input alike. */
export const suspendCommand = workflowCommand(suspendContract);

/** The operation as the user picks it, with what n8n's routing engine does for it. */
export const suspendOperation: INodePropertyOptions = {
	name: 'Suspend',
	value: 'suspend',
	action: 'Suspend workflow',
	description: 'Halt running workflows until they are resumed; their timers run on meanwhile',
	routing: declareWorkflowCommand(suspendCommand),
};
