import type { Json } from '../../core/emulator.ts';

/** A workflow, running or ended. The portal shows only running ones; the emulator remembers all. */
export interface Instance {
	id: string;
	state: 'running' | 'terminated' | 'killed' | 'completed';
	title: string;
	moduleId: string;
	entity: string;
	documentId: string;
	templateId: number;
	startedBy: number;
	started: number;
	modified: number;
	ownedUntil: number | null;
	endedAt: number | null;
	/** What the engine throws when this workflow is to be ended; null ends it. */
	failure: { code: string; description: string } | null;
	/** Whether the class of one of its activities no longer exists: whoever loads it brings the server down. */
	activityGone: boolean;
	parameters: Json;
}

export interface Template {
	id: number;
	name: string;
	moduleId: string;
	entity: string;
	documentType: string;
	autoExecute: number;
	userId: number;
	systemCode: string;
	modified: number;
	/** Templates of automation rules run like others but are never listed. */
	robot: boolean;
}

export interface Task {
	id: number;
	workflowId: string;
	name: string;
	documentName: string;
	userId: number;
	/** 0 in progress, 1 approved, 2 rejected, 3 completed, 4 overdue. */
	status: number;
	modified: number;
}

const DAY_MS = 86_400_000;

const template = (
	id: number,
	name: string,
	[moduleId, entity, documentType]: readonly [string, string, string],
	more: Partial<Template> = {},
): Template => ({
	id,
	name,
	moduleId,
	entity,
	documentType,
	autoExecute: 0,
	userId: 1,
	systemCode: '',
	modified: Date.UTC(2024, 8, 13, 7, 0, id % 60),
	robot: false,
	...more,
});

const LEAD = ['crm', 'CCrmDocumentLead', 'LEAD'] as const;
const DEAL = ['crm', 'CCrmDocumentDeal', 'DEAL'] as const;

/** The number of the automation-rule template that no list shows. */
export const ROBOT_TEMPLATE = 900;

const defaultTemplates = (): Template[] => [
	template(1, 'Approve lead', LEAD),
	template(27, 'Approve list element', ['lists', 'BizprocDocument', 'iblock_27']),
	template(30, 'Approve file', ['disk', 'Bitrix\\Disk\\BizProcDocument', 'STORAGE_1']),
	template(212, 'Approve deal', DEAL, { autoExecute: 1 }),
	template(379, 'App template', LEAD, { systemCode: 'rest_app_5' }),
	template(525, 'Display Time', LEAD, { systemCode: 'rest_app_5' }),
	template(ROBOT_TEMPLATE, 'Automation rules', DEAL, { autoExecute: 8, robot: true }),
];

/** The workflows of the portal with their templates and tasks. */
export class Workflows {
	readonly instances = new Map<string, Instance>();
	readonly templates = new Map<number, Template>(defaultTemplates().map((entry) => [entry.id, entry]));
	private readonly tasks = new Map<string, Task[]>();
	private made = 0;
	private nextTask = 879;

	running(id: string): Instance | undefined {
		const instance = this.instances.get(id);
		return instance?.state === 'running' ? instance : undefined;
	}

	allRunning(): Instance[] {
		return [...this.instances.values()].filter(({ state }) => state === 'running');
	}

	/** A workflow ID as PHP's `uniqid('', true)` makes it: time, microseconds, a digit, a dot, eight digits. */
	newId(startedMs: number): string {
		let id: string;
		do {
			this.made += 1;
			const seconds = Math.floor(startedMs / 1000)
				.toString(16)
				.padStart(8, '0');
			const tail = String((this.made * 736_338_717) % 1_000_000_000).padStart(9, '0');
			id = `${seconds}${String(10_000 + (this.made % 90_000)).padStart(5, '0')}${tail[0]}.${tail.slice(1)}`;
		} while (this.instances.has(id));
		return id;
	}

	addTask(instance: Instance, userId: number, status: number): Task {
		const task: Task = {
			id: this.nextTask,
			workflowId: instance.id,
			name: `Approve ${instance.documentId}`,
			documentName: `Document ${instance.documentId}`,
			userId,
			status,
			modified: instance.modified,
		};
		this.nextTask += 1;
		this.tasks.set(instance.id, [...this.tasksOf(instance.id), task]);
		return task;
	}

	/** All tasks of one workflow, open or not. */
	tasksOf(workflowId: string): Task[] {
		return this.tasks.get(workflowId) ?? [];
	}

	addTemplates(count: number): void {
		let id = 1000 + this.templates.size;
		for (let number = 0; number < count; number += 1) {
			while (this.templates.has(id)) id += 1;
			this.templates.set(id, template(id, `Template ${id}`, LEAD));
		}
	}

	/** Adds a template, by default for leads, or replaces the one with that ID. */
	setTemplate(id: number, more: Partial<Template>): void {
		this.templates.set(id, template(id, `Template ${id}`, LEAD, more));
	}

	/** Ends a running workflow; open tasks go, and with `killed` all of them. Returns how many went. */
	end(instance: Instance, state: 'terminated' | 'killed' | 'completed', title: string, now: number): number {
		const before = this.tasksOf(instance.id);
		const left = before.filter((task) => state !== 'killed' && task.status !== 0);
		this.tasks.set(instance.id, left);
		Object.assign(instance, { state, title, endedAt: now, modified: now, ownedUntil: null });
		return before.length - left.length;
	}

	/** The tasks that the portal still shows: the cloud drops them a day after the workflow's end. */
	shownTasks(cloud: boolean, now: number): Task[] {
		return [...this.tasks.values()].flat().filter(({ workflowId }) => {
			const endedAt = this.instances.get(workflowId)?.endedAt;
			return !cloud || typeof endedAt !== 'number' || endedAt + DAY_MS > now;
		});
	}
}
