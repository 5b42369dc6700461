import type { Target } from '../../core/commands/contract';
import type { Lookup } from '../../core/queries/lookup';
import { encodeForUrl } from '../../core/util/url';
import { asText } from '../../core/util/json';
import type { JsonRecord } from '../../core/util/json';
import { readInstance } from './reading';

/** The verbs of "Update workflow instance status". */
export type WorkflowCommand = 'terminate' | 'suspend' | 'resume';

/** The states of an instance ("Get instance", field `status`): capitalised words, unlike the verbs of commands. */
export type InstanceState = 'Runnable' | 'Suspended' | 'Complete' | 'Terminated';

/** What 8x8 needs beside the workflow (instance) ID. */
export interface WorkflowSettings {
	definitionId: string;
}

/** How workflow instances are named in sentences for people. */
export const THINGS = { vendor: '8x8', singular: 'workflow', plural: 'workflows' } as const;

/** 8x8 documents no limit for this API; five is polite and still fast. */
export const REQUESTS_IN_FLIGHT = 5;

/** Where one instance is read and told what to do ("Get instance", "Update workflow instance status"). */
export function instancePath({ definitionId }: WorkflowSettings, workflowId: string): string {
	return `/definitions/${encodeForUrl(definitionId)}/workflows/${encodeForUrl(workflowId)}`;
}

/** The same for a target of a command. */
export function pathOf(target: Target<WorkflowSettings> | undefined): string {
	return instancePath(target?.settings ?? { definitionId: '' }, target?.id ?? '');
}

/** How an instance is to be shown. */
export interface Showing {
	definitionId: string;
	isSimple: boolean;
}

/**
 * An instance as the user sees it, with the commands' parameters under their own names. Simplified it leaves out `data`,
 * which holds phone numbers, names and messages; the step log, where there is one, has nothing personal ("Get instance").
 */
export function showInstance(instance: JsonRecord, { definitionId, isSimple }: Showing): JsonRecord {
	const workflowId = asText(instance['workflowId']) ?? '';
	const ids = { id: workflowId, workflowId, definitionId: asText(instance['definitionId']) ?? definitionId };
	// Our names come first, and are not overwritten.
	if (!isSimple) return { ...ids, ...instance, ...ids };
	const { version, logs } = instance;
	return {
		...ids,
		version: typeof version === 'number' ? version : null,
		status: asText(instance['status']) ?? null,
		startedAt: asText(instance['startedAt']) ?? null,
		completedAt: asText(instance['completedAt']) ?? null,
		...(logs !== undefined && { logs }),
	};
}

/** What a Get is asked for besides the IDs. */
export interface InstanceLookupQuery extends Showing {
	includeLogs: boolean;
}

/** 8x8 Automation, "Get instance". */
export const instanceLookup: Lookup<InstanceLookupQuery> = {
	noun: THINGS,
	requestsInFlight: REQUESTS_IN_FLIGHT,
	request: (id, query) => ({
		method: 'GET',
		path: `${instancePath(query, id)}${query.includeLogs ? '?includeLogs=true' : ''}`,
	}),
	read: (id, _query, response) => readInstance(id, response),
	show: (row, query) => showInstance(row, query),
};

/** 8x8 gives and takes times in hundredths of a second; what is finer it cuts off ("Get instance", samples). */
export const TIME_STEP_MS = 10;

/** A timestamp of 8x8's in epoch milliseconds; undefined when there is none. */
export function timeOf(value: unknown): number | undefined {
	const millis = Date.parse(asText(value) ?? '');
	return Number.isNaN(millis) ? undefined : millis;
}

/** Epoch milliseconds as 8x8 writes them: `2021-06-24T09:33:06.60Z`. What is finer is cut off. */
export function timeText(millis: number): string {
	return new Date(millis).toISOString().replace(/\dZ$/, 'Z');
}

/** The last moment that 8x8 can be asked for and that is not later. Epoch milliseconds. */
export function notLater(millis: number): number {
	return Math.floor(millis / TIME_STEP_MS) * TIME_STEP_MS;
}

/** The first moment that 8x8 can be asked for and that is not earlier. Epoch milliseconds. */
export function notEarlier(millis: number): number {
	return Math.ceil(millis / TIME_STEP_MS) * TIME_STEP_MS;
}
