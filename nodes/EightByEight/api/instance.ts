import type { Target } from '../../core/commands/contract';
import { ADAPTIVE_IN_FLIGHT } from '../../core/http/limits';
import type { Display } from '../../core/queries/display';
import { asObject, asText } from '../../core/util/json';
import type { JsonRecord } from '../../core/util/json';
import { encodeForUrl } from '../../core/util/url';

/** The verbs of "Update workflow instance status". */
export type WorkflowCommand = 'terminate' | 'suspend' | 'resume';

/** The states of an instance ("Get instance", field `status`): capitalised words, unlike the verbs of commands. */
export type InstanceState = 'Runnable' | 'Suspended' | 'Complete' | 'Terminated';

/** What 8x8 needs besides the workflow (instance) ID. */
export interface WorkflowSettings {
	definitionId: string;
}

/** The samples have 24 hexadecimal digits; the text calls it a UUID ("Get instance"). */
const WORKFLOW_ID = /^([0-9a-f]{24}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})$/i;

/** Why a text is probably no workflow ID. */
export function doubtAboutWorkflowId(id: string): string | undefined {
	return WORKFLOW_ID.test(id)
		? undefined
		: `${id} does not look like a workflow ID such as 60dbe307fe55d99fc083db61`;
}

/** How workflow instances are named in sentences for people. */
export const NOUN = { vendor: '8x8', singular: 'workflow', plural: 'workflows' } as const;

/** 8x8 documents no limit for this API, so the node finds out how many requests it accepts. */
export const REQUESTS_IN_FLIGHT = ADAPTIVE_IN_FLIGHT;

/** The path of one instance, for reading it and for commands ("Get instance", "Update workflow instance status"). */
export function instancePath({ definitionId }: WorkflowSettings, workflowId: string): string {
	return `/definitions/${encodeForUrl(definitionId)}/workflows/${encodeForUrl(workflowId)}`;
}

/** The path of a command's target. */
export function targetPath(target: Target<WorkflowSettings> | undefined): string {
	return instancePath(target?.settings ?? { definitionId: '' }, target?.id ?? '');
}

/** How an instance is shown. */
export interface DisplayOptions extends Display {
	definitionId: string;
}

/**
 * An instance as the user sees it, with the commands' parameters under their own names. Simplified it leaves out
 * `data`, which holds phone numbers, names and messages; the step log and the errors come where they were asked for ("Get
 * instance", "Get instance errors").
 */
export function showInstance(instance: JsonRecord, { definitionId, isSimple }: DisplayOptions): JsonRecord {
	const workflowId = asText(instance['workflowId']) ?? '';
	const ids = { id: workflowId, workflowId, definitionId: asText(instance['definitionId']) ?? definitionId };
	// Our names come first, and the vendor's fields do not overwrite them.
	if (!isSimple) return { ...ids, ...instance, ...ids };
	const { version, logs, errors } = instance;
	return {
		...ids,
		version: typeof version === 'number' ? version : null,
		status: asText(instance['status']) ?? null,
		startedAt: asText(instance['startedAt']) ?? null,
		completedAt: asText(instance['completedAt']) ?? null,
		...(Array.isArray(errors) && { errors: errors.map((error) => showError(asObject(error) ?? {})) }),
		...(logs !== undefined && { logs }),
	};
}

/** An error as the user sees it beside its workflow. */
function showError({ step, message, errorTime }: JsonRecord): JsonRecord {
	return {
		step: asText(step) ?? null,
		message: asText(message) ?? null,
		errorTime: asText(errorTime) ?? null,
	};
}

/** Times are in hundredths of a second both ways; finer digits are cut off ("Get instance", samples). */
export const TIME_STEP_MS = 10;

/** A timestamp of 8x8 in epoch milliseconds; undefined for anything else. */
export function timeOf(value: unknown): number | undefined {
	const millis = Date.parse(asText(value) ?? '');
	return Number.isNaN(millis) ? undefined : millis;
}

/** Epoch milliseconds as 8x8 writes them: `2021-06-24T09:33:06.60Z`. Finer digits are cut off. */
export function timeText(millis: number): string {
	return new Date(millis).toISOString().replace(/\dZ$/, 'Z');
}

/** Rounds epoch milliseconds down to what can be sent to 8x8. */
export function notLater(millis: number): number {
	return Math.floor(millis / TIME_STEP_MS) * TIME_STEP_MS;
}

/** Rounds epoch milliseconds up to what can be sent to 8x8. */
export function notEarlier(millis: number): number {
	return Math.ceil(millis / TIME_STEP_MS) * TIME_STEP_MS;
}
