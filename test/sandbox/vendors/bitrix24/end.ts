import { ServerCrash, errors, localised } from './errors.ts';
import type { Params } from './input.ts';
import type { Method } from './method.ts';
import { isEmpty, strval, trim } from './php.ts';
import type { Portal } from './portal.ts';
import type { Instance } from './workflows.ts';

/** The running workflow that ID names; a lock on it is not asked for. */
function runningWorkflow(portal: Portal, params: Params): Instance {
	const id = params['ID'];
	const { generation, lang } = portal.switches;
	if (isEmpty(id)) throw errors.emptyWorkflowId();
	if (generation !== 'old' && typeof id !== 'string') throw errors.workflowIdNoText();
	if (typeof id === 'object') throw errors.emptyWorkflowId();
	// The database ignores spaces behind a text.
	const instance = typeof id === 'string' ? portal.workflows.running(id.replace(/ +$/, '')) : undefined;
	if (!instance) {
		portal.counters.notFound += 1;
		throw errors.engine(localised[lang].notFound);
	}
	if (instance.activityGone) {
		portal.counters.crashes += 1;
		throw new ServerCrash(`Class "CBPGoneActivity" not found in workflow ${instance.id}`);
	}
	if (instance.failure) throw errors.engine(instance.failure.description, instance.failure.code);
	return instance;
}

/** Page "bizproc.workflow.terminate": the state is kept with a title, open tasks are deleted. */
export const terminate: Method = {
	scope: 'bizproc',
	run: (portal, user, params) => {
		if (!portal.isAdmin(user)) throw errors.accessDenied();
		const instance = runningWorkflow(portal, params);
		const status = isEmpty(params['STATUS']) ? '' : trim(strval(params['STATUS']));
		const title = status === '' ? localised[portal.switches.lang].interrupted : status;
		portal.counters.tasksDeleted += portal.workflows.end(instance, 'terminated', title, portal.now());
		portal.counters.terminates += 1;
		return { result: true };
	},
};

/** Page "bizproc.workflow.kill": as terminate, then everything is deleted. STATUS is not read. */
export const kill: Method = {
	scope: 'bizproc',
	run: (portal, user, params) => {
		if (!portal.isAdmin(user)) throw errors.accessDenied();
		const instance = runningWorkflow(portal, params);
		portal.counters.tasksDeleted += portal.workflows.end(instance, 'killed', '', portal.now());
		portal.counters.kills += 1;
		return { result: true };
	},
};
