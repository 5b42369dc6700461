import { count, either, entry, flag, integer, listOf, text } from '../../core/rules.ts';
import type { Given } from '../../core/rules.ts';
import type { Accounts } from './accounts.ts';
import type { Workflows } from './workflows.ts';

/** The seed option `templates`: how many, or a list with at least their IDs. */
export const templates = either(
	count,
	listOf(
		entry(
			{
				id: integer,
				name: text,
				moduleId: text,
				entity: text,
				documentType: text,
				autoExecute: integer,
				userId: integer,
				systemCode: text,
				robot: flag,
			},
			'id',
		),
	),
);

/** The seed option `users`: a list with at least their IDs. */
export const users = listOf(
	entry(
		{
			id: integer,
			name: text,
			lastName: text,
			admin: flag,
			active: flag,
			subordinates: listOf(integer),
		},
		'id',
	),
);

/** Adds templates. */
export function addTemplates(workflows: Workflows, given: Given<typeof templates> = []): void {
	if (typeof given === 'number') {
		workflows.addTemplates(given);
		return;
	}
	for (const template of given) workflows.setTemplate(template.id, template);
}

/** Adds users of the portal. */
export function addUsers(accounts: Accounts, given: Given<typeof users> = []): void {
	for (const user of given) accounts.addUser(user.id, user.lastName ?? `User ${user.id}`, user);
}
