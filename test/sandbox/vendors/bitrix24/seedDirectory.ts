import type { Json } from '../../core/emulator.ts';
import { areEntries } from '../../core/entries.ts';
import type { Check } from '../../core/entries.ts';
import type { Accounts, User } from './accounts.ts';
import type { Template, Workflows } from './workflows.ts';

const isText: Check = (value) => typeof value === 'string';
const isFlag: Check = (value) => typeof value === 'boolean';
const isNumber: Check = (value) => Number.isInteger(value);

const TEMPLATE: Record<keyof Omit<Template, 'modified'>, Check> = {
	id: isNumber,
	name: isText,
	moduleId: isText,
	entity: isText,
	documentType: isText,
	autoExecute: isNumber,
	userId: isNumber,
	systemCode: isText,
	robot: isFlag,
};

const USER: Record<keyof User, Check> = {
	id: isNumber,
	name: isText,
	lastName: isText,
	admin: isFlag,
	active: isFlag,
	subordinates: (value) => Array.isArray(value) && value.every(isNumber),
};

/** Whether a seed option names templates: how many, or a list with at least their IDs. */
export function areTemplates(value: Json): boolean {
	return (Number.isInteger(value) && Number(value) >= 0) || areEntries(value, 'id', TEMPLATE);
}

/** Whether a seed option names users: a list with at least their IDs. */
export function areUsers(value: Json): boolean {
	return areEntries(value, 'id', USER);
}

/** Adds templates. */
export function addTemplates(workflows: Workflows, given: Json = []): void {
	if (typeof given === 'number') {
		workflows.addTemplates(given);
		return;
	}
	for (const entry of given as unknown as Array<Partial<Template> & { id: number }>) {
		workflows.setTemplate(entry.id, entry);
	}
}

/** Adds users of the portal. */
export function addUsers(accounts: Accounts, given: Json = []): void {
	for (const entry of given as unknown as Array<Partial<User> & { id: number }>) {
		accounts.addUser(entry.id, entry.lastName ?? `User ${entry.id}`, entry);
	}
}
