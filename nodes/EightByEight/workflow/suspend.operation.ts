import { suspendContract } from '../api/commands';
import { defineCommand } from './defineCommand';

/** Suspend: halts running workflows. */
export const suspend = defineCommand(suspendContract, {
	name: 'Suspend',
	value: 'suspend',
	action: 'Suspend workflow',
	description:
		'Pause running workflows until resumed; 8x8 does not document whether their timers keep running',
});
