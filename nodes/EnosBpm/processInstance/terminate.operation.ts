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
	description: 'End running process instances for good; EnOS keeps the reason with them',
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
			required: true,
			default: '',
			placeholder: 'e.g. 54366b8f-ab3d-11ec-8df5-120e04f331d8',
			description:
				'The process instance to terminate. Several: separated by commas or new lines, or an array from an expression.',
		},
		{
			displayName: deleteReason.displayName,
			name: deleteReason.name,
			type: 'string',
			required: true,
			default: DEFAULT_REASON,
			description: 'Why the process instance ends; EnOS keeps it with the process instance',
		},
		noticeField('terminateNotice', 'A process instance that has been terminated cannot be resumed.'),
		commandOptions({ noun: NOUN }),
	],
});
