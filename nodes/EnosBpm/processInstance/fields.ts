import { outputFields } from '../../core/n8n/parameters/outputFields';
import { readRequiredText } from '../../core/n8n/parameters/reader';

const DELETE_REASON = 'Delete Reason';

/** The parameter that holds process instance IDs. They are opaque; samples show UUIDs. */
export const processInstanceIds = {
	name: 'processInstanceId',
	displayName: 'Process Instance ID',
} as const;

/** The form in which instances come. */
export const instanceOutput = outputFields({
	idField: processInstanceIds.name,
	simplified: [
		'name',
		'state',
		'terminable',
		'processDefinitionId',
		'processDefinitionName',
		'taskName',
		'startedBy',
		'startedByName',
		'createdTime',
		'completedTime',
		'terminatedTime',
		'terminateReason',
	],
});

/** The parameter that holds the reason. EnOS keeps it with the instance, for people who look into it later. */
export const deleteReason = { name: 'deleteReason', displayName: DELETE_REASON } as const;

/**
 * The reason, trimmed.
 *
 * @throws ParameterError when it is empty; EnOS wants one ("Terminate Process Instance", request body)
 */
export function readDeleteReason(value: unknown): string {
	return readRequiredText(
		value,
		DELETE_REASON,
		'Enter the reason why the process instances are ended. EnOS requires one.',
	);
}
