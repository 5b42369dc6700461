import { defineOperation } from '../../core/n8n/defineOperation';
import { commandOperation } from '../../core/n8n/operations/commandOperation';
import { commandOptions } from '../../core/n8n/parameters/commandOptions';
import { DEFAULT_REASON } from '../../core/n8n/parameters/defaultReason';
import { noticeField } from '../../core/n8n/parameters/noticeField';
import { NOUN } from '../api/instance';
import { TERMINATE, terminateContract } from '../api/terminate';
import { connection } from '../connection';
import { deleteReason, processInstanceIds, readDeleteReason } from './fields';

/** EnOS BPM, "Terminate Process Instance". */
export const terminate = defineOperation({
	name: 'Terminate',
	value: 'terminate',
	action: 'Terminate process instance permanently',
	description: 'End running process instances permanently; EnOS keeps the reason with them',
	request: { method: 'POST', url: TERMINATE },
	operation: commandOperation({
		contract: terminateContract,
		identifier: processInstanceIds,
		settings: (read) => ({ deleteReason: readDeleteReason(read(deleteReason.name)) }),
		connection: () => connection,
	}),
	fields: [
		{
			displayName: processInstanceIds.displayName,
			name: processInstanceIds.name,
			type: 'string',
			typeOptions: { rows: 2 },
			required: true,
			default: '',
			placeholder: 'e.g. 54366b8f-ab3d-11ec-8df5-120e04f331d8',
			description:
				'The ID of the process instance to terminate. To terminate several, separate their IDs with commas or new lines, or use an expression that returns an array.',
		},
		{
			displayName: deleteReason.displayName,
			name: deleteReason.name,
			type: 'string',
			required: true,
			default: DEFAULT_REASON,
			description: 'Why the process instance is ended; EnOS keeps the reason with the process instance',
		},
		noticeField('terminateNotice', 'A terminated process instance cannot be resumed.'),
		commandOptions({ noun: NOUN }),
	],
});
