import { resumeContract } from '../api/commands';
import { defineCommand } from './defineCommand';

/** Resume: lets suspended workflows go on. */
export const resume = defineCommand(resumeContract, {
	name: 'Resume',
	value: 'resume',
	action: 'Resume workflow',
	description: 'Let suspended workflows continue; 8x8 does not document what happens to expired timers',
});
