import { workflowCommand } from './commands';

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
