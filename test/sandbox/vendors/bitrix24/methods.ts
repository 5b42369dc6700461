import { kill, terminate } from './end.ts';
import { instances, taskList, templateList } from './lists.ts';
import type { Method } from './method.ts';
import type { Portal } from './portal.ts';
import { start } from './start.ts';
import { userGet } from './users.ts';

/** Page "profile": who calls; nothing for an inactive user. */
const profile: Method = {
	scope: 'basic',
	run: (portal, user) => {
		portal.counters.profiles += 1;
		if (!user.active) return { result: [] };
		return {
			result: {
				ID: String(user.id),
				ADMIN: portal.isAdmin(user),
				NAME: user.name,
				LAST_NAME: user.lastName,
				PERSONAL_GENDER: '',
				TIME_ZONE: '',
			},
		};
	},
};

const METHODS = new Map<string, Method>([
	['bizproc.workflow.terminate', terminate],
	['bizproc.workflow.kill', kill],
	['bizproc.workflow.instances', instances],
	['bizproc.workflow.instance.list', instances],
	['bizproc.workflow.template.list', templateList],
	['bizproc.workflow.start', start],
	['bizproc.task.list', taskList],
	['profile', profile],
	['user.get', userGet],
]);

/** A method's name as the server looks it up. */
export const methodName = (text: string): string => text.replace(/\.json$/i, '').toLowerCase();

/** The method of that name; a plan without business processes does not have theirs. */
export function findMethod(portal: Portal, name: string): Method | undefined {
	const method = METHODS.get(name);
	return method?.scope === 'bizproc' && portal.switches.plan === 'noBizproc' ? undefined : method;
}
