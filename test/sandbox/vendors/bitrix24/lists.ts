import type { User } from './accounts.ts';
import {
	INSTANCE_COLUMNS,
	INSTANCE_DEFAULTS,
	TASK_COLUMNS,
	TASK_DEFAULTS,
	TEMPLATE_COLUMNS,
	TEMPLATE_DEFAULTS,
	taskRows,
} from './columns.ts';
import type { TaskRow } from './columns.ts';
import { errors } from './errors.ts';
import type { FilterStyle } from './filter.ts';
import { PAGE_SIZE, list } from './list.ts';
import type { Listed } from './list.ts';
import type { Method, MethodAnswer } from './method.ts';
import type { Params } from './input.ts';
import { intval } from './php.ts';
import type { Portal } from './portal.ts';
import type { Instance } from './workflows.ts';

/** One page by row offset; `next` is there only while rows remain. */
export function page<Row>({ rows, write }: Listed<Row>, offset: number): MethodAnswer {
	const result = rows.slice(offset, offset + PAGE_SIZE).map(write);
	const next = offset + result.length;
	return { result, ...(next < rows.length && result.length > 0 ? { next } : {}), total: rows.length };
}

/** A page behind the end is counted as if all rows before it existed. */
function countedPage<Row>(listed: Listed<Row>, offset: number): MethodAnswer {
	const answer = page(listed, offset);
	return { ...answer, total: Math.max(listed.rows.length, offset) };
}

/** Without counting: the first rows, total 0, and a `next` of -1 only when there are no rows. */
function uncountedPage<Row>({ rows, write }: Listed<Row>): MethodAnswer {
	const result = rows.slice(0, PAGE_SIZE).map(write);
	return { result, ...(result.length === 0 ? { next: -1 } : {}), total: 0 };
}

function pageAt<Row>(portal: Portal, listed: Listed<Row>, params: Params): MethodAnswer {
	const start = intval(params['start']);
	if (start >= 0) return countedPage(listed, start);
	// The old server hands a negative offset to its database, which refuses it.
	if (portal.switches.generation === 'old') throw errors.internal();
	return start === -1 ? uncountedPage(listed) : page(listed, 0);
}

/** What a client meets that pages while workflows go on: the first of those it asked for come to their end. */
function finishSome(portal: Portal, found: Instance[]): void {
	const { finishPerPage } = portal.switches;
	if (finishPerPage === 0) return;
	const byId = [...found].sort((a, b) => (a.id < b.id ? -1 : 1));
	for (const instance of byId.slice(0, finishPerPage)) {
		portal.workflows.end(instance, 'completed', '', portal.now());
	}
}

function styleOf({ switches: { generation, dropFilters } }: Portal, masks: boolean): FilterStyle {
	return { generation, masks, dropFilters };
}

/** Page "bizproc.workflow.instances": running workflows only. */
export const instances: Method = {
	scope: 'bizproc',
	run: (portal, user, params) => {
		if (!portal.isAdmin(user)) throw errors.accessDenied();
		portal.counters.instanceLists += 1;
		const rows = portal.workflows.allRunning();
		const listed = list(rows, INSTANCE_COLUMNS, params, INSTANCE_DEFAULTS, styleOf(portal, true));
		const answer = pageAt(portal, listed, params);
		finishSome(portal, listed.rows);
		return answer;
	},
};

/** Page "bizproc.workflow.template.list": without the templates of automation rules. */
export const templateList: Method = {
	scope: 'bizproc',
	run: (portal, user, params) => {
		const isAllowed = portal.switches.templateList === 'allowed';
		if (!portal.isAdmin(user) || !isAllowed) throw errors.accessDenied(400);
		portal.counters.templateLists += 1;
		const style = styleOf(portal, true);
		const rows = [...portal.workflows.templates.values()].filter(({ robot }) => !robot);
		return pageAt(portal, list(rows, TEMPLATE_COLUMNS, params, TEMPLATE_DEFAULTS, style), params);
	},
};

/** Only administrators see the tasks of people who are not below them. */
function visibleTasks(
	portal: Portal,
	user: User,
	{ conditions, ...listed }: Listed<TaskRow>,
): Listed<TaskRow> {
	if (portal.isAdmin(user)) return { conditions, ...listed };
	const visible = [user.id, ...user.subordinates];
	const asked = conditions.find(({ column, operator }) => column.name === 'USER_ID' && operator === '');
	if (asked && !visible.includes(intval(asked.given))) throw errors.accessDenied(400);
	return { ...listed, conditions, rows: listed.rows.filter(({ task }) => visible.includes(task.userId)) };
}

/** Page "bizproc.task.list": paged by page number, so `start` is floored to a multiple of 50. */
export const taskList: Method = {
	scope: 'bizproc',
	run: (portal, user, params) => {
		portal.counters.taskLists += 1;
		const style = styleOf(portal, false);
		const tasks = portal.workflows.shownTasks(portal.switches.edition === 'cloud', portal.now());
		const rows = taskRows(portal.workflows, tasks);
		const listed = visibleTasks(portal, user, list(rows, TASK_COLUMNS, params, TASK_DEFAULTS, style));
		const start = Math.max(0, intval(params['start']));
		return page(listed, Math.floor(start / PAGE_SIZE) * PAGE_SIZE);
	},
};
