import type { Json, JsonObject } from '../../core/emulator.ts';

export const STATUSES = ['Runnable', 'Suspended', 'Complete', 'Terminated'] as const;

/** State of an instance. `Terminated` also stands for a fault. */
export type Status = (typeof STATUSES)[number];

export const STEP_STATES = [
	'Pending',
	'Running',
	'Complete',
	'Sleeping',
	'WaitingForEvent',
	'Failed',
	'Cancelled',
] as const;

/** State of one step in an instance's log. */
export type StepState = (typeof STEP_STATES)[number];

export const COMMANDS = ['suspend', 'resume', 'terminate'] as const;

/** A command is a lower-case verb, unlike the states. */
export type Command = (typeof COMMANDS)[number];

/** One version of a workflow definition. */
export interface DefinitionVersion {
	accountId: string;
	subAccountId: string | null;
	trigger: string;
	status: string;
	createdAt: number;
	id: string;
	name: string;
	version: number;
	steps: Json[];
	/** Deleting is a scheduled task: from this time on the version is gone. */
	deleteAt: number;
}

/** A runtime error of an instance. */
export interface StepError {
	step: string;
	message: string;
	errorTime: number;
}

/** A log entry of an instance. */
export interface LogEntry {
	id: string;
	stepName: string;
	startedAt: number;
	completedAt: number | null;
	status: StepState;
}

/** A workflow instance. */
export interface Instance {
	workflowId: string;
	accountId: string;
	definitionId: string;
	version: number;
	status: Status;
	data: JsonObject;
	startedAt: number;
	completedAt: number | null;
	/** Order of creation, for instances that started in the same millisecond. */
	sequence: number;
	/** Until then a step holds the instance's lock. */
	executingUntil: number;
	errors: StepError[];
	/** Set when the log was seeded; otherwise it follows from the state. */
	logs: LogEntry[] | null;
}

/** Neither completed nor terminated. */
export function isLive({ status }: Instance): boolean {
	return status === 'Runnable' || status === 'Suspended';
}
