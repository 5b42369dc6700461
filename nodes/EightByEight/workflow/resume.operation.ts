import { resumeContract } from '../api/commands';
import { defineCommand } from './defineCommand';

/** Resume: lets suspended workflows go on. */
export const resume = defineCommand(resumeContract, {
	name: 'Resume',
	value: 'resume',
	action: 'Resume workflow',
	description: 'Let suspended workflows go on; a timer that ran out meanwhile may act at once',
});
