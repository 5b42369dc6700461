import { noticeField } from '../../core/n8n/parameters/noticeField';
import { terminateContract } from '../api/commands';
import { defineCommand } from './defineCommand';

/** Terminate: ends workflows for good. */
export const terminate = defineCommand(
	terminateContract,
	{
		name: 'Terminate',
		value: 'terminate',
		action: 'Terminate workflow permanently',
		description: 'End running or suspended workflows permanently; a terminated workflow cannot be resumed',
	},
	[noticeField('terminateNotice', 'A terminated workflow cannot be resumed.')],
);
