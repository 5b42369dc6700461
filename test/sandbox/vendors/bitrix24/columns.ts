import type { User } from './accounts.ts';
import type { Column } from './filter.ts';
import type { ListDefaults } from './list.ts';
import type { Workflows, Instance, Task, Template } from './workflows.ts';

/** Fields of page "bizproc.workflow.instances", in the order in which the page prints them. */
export const INSTANCE_COLUMNS: Array<Column<Instance>> = [
	{ name: 'DOCUMENT_ID', type: 'text', value: (row) => row.documentId },
	{ name: 'ENTITY', type: 'text', value: (row) => row.entity },
	{ name: 'ID', type: 'text', value: (row) => row.id },
	{ name: 'MODIFIED', type: 'date', value: (row) => row.modified },
	{ name: 'STARTED', type: 'date', value: (row) => row.started, lostInOld: true },
	{ name: 'MODULE_ID', type: 'text', value: (row) => row.moduleId },
	{ name: 'OWNED_UNTIL', type: 'date', value: (row) => row.ownedUntil },
	{ name: 'TEMPLATE_ID', type: 'int', value: (row) => row.templateId },
	{ name: 'STARTED_BY', type: 'int', value: (row) => row.startedBy },
];

export const INSTANCE_DEFAULTS: ListDefaults = {
	select: ['ID', 'MODIFIED', 'OWNED_UNTIL'],
	order: { name: 'MODIFIED', descending: true },
};

const noParts = { type: 'text', value: () => null, output: () => [], outputOnly: true } as const;

/** Fields of page "bizproc.workflow.template.list". */
export const TEMPLATE_COLUMNS: Array<Column<Template>> = [
	{ name: 'ID', type: 'int', value: (row) => row.id },
	{ name: 'MODULE_ID', type: 'text', value: (row) => row.moduleId },
	{ name: 'ENTITY', type: 'text', value: (row) => row.entity },
	{ name: 'DOCUMENT_TYPE', type: 'text', value: (row) => row.documentType },
	{ name: 'AUTO_EXECUTE', type: 'int', value: (row) => row.autoExecute },
	{ name: 'NAME', type: 'text', value: (row) => row.name },
	{ name: 'DESCRIPTION', type: 'text', value: () => '' },
	{ name: 'TEMPLATE', ...noParts },
	{ name: 'PARAMETERS', ...noParts },
	{ name: 'VARIABLES', ...noParts },
	{ name: 'CONSTANTS', ...noParts },
	{ name: 'MODIFIED', type: 'date', value: (row) => row.modified },
	{ name: 'IS_MODIFIED', type: 'text', value: () => 'N' },
	{ name: 'USER_ID', type: 'int', value: (row) => row.userId },
	{ name: 'SYSTEM_CODE', type: 'text', value: (row) => row.systemCode },
];

export const TEMPLATE_DEFAULTS: ListDefaults = { select: ['ID'], order: { name: 'ID', descending: false } };

/** A task with the workflow that it belongs to; the workflow is gone after a kill. */
export interface TaskRow {
	task: Task;
	instance: Instance | undefined;
	template: Template | undefined;
}

export function taskRows(workflows: Workflows, tasks: Task[]): TaskRow[] {
	return tasks.map((task) => {
		const instance = workflows.instances.get(task.workflowId);
		return { task, instance, template: workflows.templates.get(instance?.templateId ?? -1) };
	});
}

/** Fields of page "bizproc.task.list"; DOCUMENT_URL can only be read. */
export const TASK_COLUMNS: Array<Column<TaskRow>> = [
	{ name: 'ENTITY', type: 'text', value: ({ instance }) => instance?.entity ?? null },
	{ name: 'DOCUMENT_ID', type: 'text', value: ({ instance }) => instance?.documentId ?? null },
	{ name: 'ID', type: 'int', value: ({ task }) => task.id },
	{ name: 'WORKFLOW_ID', type: 'text', value: ({ task }) => task.workflowId },
	{ name: 'DOCUMENT_NAME', type: 'text', value: ({ task }) => task.documentName },
	{ name: 'DESCRIPTION', type: 'text', value: () => '' },
	{ name: 'NAME', type: 'text', value: ({ task }) => task.name },
	{ name: 'DOCUMENT_URL', type: 'text', value: documentUrl, outputOnly: true },
	{ name: 'MODIFIED', type: 'date', value: ({ task }) => task.modified },
	{ name: 'WORKFLOW_STARTED', type: 'date', value: ({ instance }) => instance?.started ?? null },
	{ name: 'WORKFLOW_STARTED_BY', type: 'int', value: ({ instance }) => instance?.startedBy ?? null },
	{ name: 'OVERDUE_DATE', type: 'date', value: () => null },
	{ name: 'WORKFLOW_TEMPLATE_ID', type: 'int', value: ({ instance }) => instance?.templateId ?? null },
	{ name: 'WORKFLOW_TEMPLATE_NAME', type: 'text', value: ({ template }) => template?.name ?? null },
	{ name: 'WORKFLOW_STATE', type: 'text', value: ({ instance }) => instance?.title ?? null },
	{ name: 'STATUS', type: 'int', value: ({ task }) => task.status },
	{ name: 'USER_ID', type: 'int', value: ({ task }) => task.userId },
	{ name: 'USER_STATUS', type: 'int', value: ({ task }) => Math.min(task.status, 3) },
	{ name: 'MODULE_ID', type: 'text', value: ({ instance }) => instance?.moduleId ?? null },
	{ name: 'ACTIVITY', type: 'text', value: () => 'ApproveActivity' },
	{ name: 'ACTIVITY_NAME', type: 'text', value: ({ task }) => `A${task.id}` },
	{ name: 'PARAMETERS', ...noParts },
];

export const TASK_DEFAULTS: ListDefaults = {
	select: ['ENTITY', 'DOCUMENT_ID', 'ID', 'WORKFLOW_ID', 'DOCUMENT_NAME', 'NAME', 'DOCUMENT_URL'],
	order: { name: 'ID', descending: true },
};

/** Fields of page "user.get" that every scope of users shows, as far as the portal has them. */
export const USER_COLUMNS: Array<Column<User>> = [
	{ name: 'ID', type: 'int', value: (row) => row.id },
	{ name: 'ACTIVE', type: 'int', value: (row) => Number(row.active), output: (row) => row.active },
	{ name: 'NAME', type: 'text', value: (row) => row.name },
	{ name: 'LAST_NAME', type: 'text', value: (row) => row.lastName },
];

export const USER_DEFAULTS: ListDefaults = {
	select: USER_COLUMNS.map(({ name }) => name),
	order: { name: 'ID', descending: false },
};

function documentUrl({ instance }: TaskRow): string {
	const [, type = '', number = ''] = /^([A-Z]+)_(\d+)$/.exec(instance?.documentId ?? '') ?? [];
	return type === '' ? '' : `/crm/${type.toLowerCase()}/details/${number}/`;
}
