import { userById } from './directory.ts';
import { statusOf } from './instances.ts';
import type { Instance } from './instances.ts';
import type { UserToken } from './tokens.ts';
import type { World } from './world.ts';

/** Whether an instance lies in an organization that the session works in. */
export function isVisible(instance: Instance, session: UserToken): boolean {
	if (session.orgId !== null) return instance.orgId === session.orgId;
	return userById(session.userId).orgIds.includes(instance.orgId);
}

/** Whether the service would let this user terminate the instance now. */
export function mayTerminate(world: World, instance: Instance, session: UserToken): boolean {
	return (
		world.switches.terminate !== 'denied' && instance.terminable && userById(session.userId).mayTerminate
	);
}

/** The ProcessInstance struct of the page "Get Process Instance". */
export function processInstance(world: World, instance: Instance, session: UserToken): object {
	return { ...firstFields(world, instance), ...otherFields(world, instance, session) };
}

/** A row of Query Process Instance; whether rows are full is not documented. */
export function listRow(world: World, instance: Instance, session: UserToken): object {
	if (world.switches.listRow === 'firstFields') return firstFields(world, instance);
	const { completedTime, terminatedTime, ...others } = otherFields(world, instance, session);
	const endTimes = world.switches.listRow === 'full' ? { completedTime, terminatedTime } : {};
	return { ...firstFields(world, instance), ...others, ...endTimes };
}

function firstFields(world: World, instance: Instance): object {
	const { id, name, businessKey, definitionId, orgId } = instance;
	const definitionName = world.instances.definitionName(definitionId) ?? '';
	return {
		id,
		name,
		businessKey,
		processDefinitionId: definitionId,
		processDefinitionName: definitionName,
		processDefinitionDescription: null,
		processDefinitionKey: definitionName.toLowerCase().replaceAll(' ', '-'),
		processDefinitionCategory: null,
		processDefinitionVersion: 1,
		processDefinitionDeploymentId: null,
		graphicalNotationDefined: true,
		startFormDefined: false,
		tenantId: orgId,
	};
}

function otherFields(world: World, instance: Instance, session: UserToken) {
	const running = statusOf(instance) === 'inProgress';
	const completed =
		instance.completedTime ??
		(world.switches.completedTimeOfTerminated === 'set' ? instance.terminatedTime : null);
	return {
		createdTime: timestamp(world, instance.createdTime),
		completedTime: timestamp(world, completed),
		terminable: running && mayTerminate(world, instance, session),
		terminatedTime: timestamp(world, instance.terminatedTime),
		terminateReason: instance.terminateReason,
		startedBy: person(instance.startedBy, instance.orgId),
		terminatedBy: person(instance.terminatedBy, instance.orgId),
		assignee: null,
		taskName: running ? 'Approve' : null,
		url: null,
	};
}

function timestamp(world: World, ms: number | null): number | string | null {
	if (ms === null || world.switches.timestamps === 'epochMs') return ms;
	return world.switches.timestamps === 'iso' ? new Date(ms).toISOString() : String(ms);
}

function person(id: string | null, tenantId: string): object | null {
	if (id === null) return null;
	const { name, email } = userById(id);
	const [firstName, ...lastName] = name.split(' ');
	return {
		id,
		firstName,
		lastName: lastName.join(' '),
		email,
		fullName: name,
		tenantId,
		groups: [],
		privileges: [],
	};
}
