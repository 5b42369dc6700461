import { ADAPTIVE_IN_FLIGHT } from '../../core/http/limits';
import { asObject, asText } from '../../core/util/json';
import type { JsonRecord } from '../../core/util/json';
import { encodeForUrl } from '../../core/util/url';

/** The names of the vendor and its process instances, as they stand in sentences. */
export const NOUN = {
	vendor: 'EnOS BPM',
	singular: 'process instance',
	plural: 'process instances',
} as const;

/** Where process instances live below the gateway. */
export const PROCESS_INSTANCES = '/enos-bpm-service/v2.0/work/process-instances';

/**
 * EnOS documents no limit: each API has the flow control of its owner. So the node finds out how many requests it
 * accepts.
 */
export const REQUESTS_IN_FLIGHT = ADAPTIVE_IN_FLIGHT;

/** The states of an instance, in the words of "Query Process Instance", `processStatus`. */
export const STATES = ['inProgress', 'completed', 'terminated'] as const;

export type InstanceState = (typeof STATES)[number];

/** Where one instance is read ("Get Process Instance"). */
export function instancePath(id: string): string {
	return `${PROCESS_INSTANCES}?processInstanceId=${encodeForUrl(id)}`;
}

/** The instance in a response, if it is the one that was asked for. */
export function instanceOf(data: unknown, id: string | undefined): JsonRecord | undefined {
	const instance = asObject(data);
	return instance && instance['id'] === id ? instance : undefined;
}

/**
 * The state of an instance, which has no field for it: it has ended when one of its times of ending is set. Both may be,
 * so the time of termination comes first.
 */
export function stateOf(instance: JsonRecord): InstanceState {
	if (isTime(instance['terminatedTime'])) return 'terminated';
	return isTime(instance['completedTime']) ? 'completed' : 'inProgress';
}

/** The format is not documented: a number, digits or a date, but neither null nor nothing. */
function isTime(value: unknown): boolean {
	return typeof value === 'number' ? value > 0 : typeof value === 'string' && !/^[\s0]*$/.test(value);
}

/** A time of an instance in epoch milliseconds, whatever its format; undefined where there is no time. */
export function timeOf(value: unknown): number | undefined {
	if (!isTime(value)) return undefined;
	const millis = /^\d+$/.test(String(value).trim()) ? Number(value) : Date.parse(String(value));
	return Number.isFinite(millis) ? millis : undefined;
}

/** Who started an instance, by user ID. */
export function starterOf(instance: JsonRecord): string | undefined {
	return asText(asObject(instance['startedBy'])?.['id']);
}

/**
 * An instance as the user sees it, with its derived state. Simplified it leaves out the profiles of people (e-mail
 * addresses, groups, privileges) and what describes the definition.
 */
export function showInstance(instance: JsonRecord, isSimple: boolean): JsonRecord {
	const id = asText(instance['id']) ?? '';
	const state = stateOf(instance);
	if (!isSimple) return { processInstanceId: id, state, ...instance };
	return {
		id,
		processInstanceId: id,
		name: asText(instance['name']) ?? '',
		state,
		terminable: typeof instance['terminable'] === 'boolean' ? instance['terminable'] : null,
		processDefinitionId: asText(instance['processDefinitionId']) ?? null,
		processDefinitionName: asText(instance['processDefinitionName']) ?? null,
		taskName: asText(instance['taskName']) ?? null,
		startedBy: starterOf(instance) ?? null,
		startedByName: asText(asObject(instance['startedBy'])?.['fullName']) ?? null,
		createdTime: isoTime(instance['createdTime']),
		completedTime: isoTime(instance['completedTime']),
		terminatedTime: isoTime(instance['terminatedTime']),
		terminateReason: asText(instance['terminateReason']) ?? null,
	};
}

function isoTime(value: unknown): string | null {
	const millis = timeOf(value);
	return millis === undefined || Math.abs(millis) > 8.64e15 ? null : new Date(millis).toISOString();
}
