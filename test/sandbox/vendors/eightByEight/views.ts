import type { Json, JsonObject } from '../../core/emulator.ts';
import type { DefinitionVersion, Instance, LogEntry, Status, StepState } from './model.ts';
import type { Switches } from './switches.ts';
import { hundredths } from './time.ts';

const timeOrNull = (ms: number | null): string | null => (ms === null ? null : hundredths(ms));

/** "Retrieve workflow instance status": an instance without its log. */
export function instanceView(instance: Instance): JsonObject {
	return {
		workflowId: instance.workflowId,
		data: instance.data,
		definitionId: instance.definitionId,
		version: instance.version,
		status: instance.status,
		startedAt: hundredths(instance.startedAt),
		completedAt: timeOrNull(instance.completedAt),
	};
}

const LAST_STEP: Record<Status, StepState> = {
	Runnable: 'WaitingForEvent',
	Suspended: 'Sleeping',
	Complete: 'Complete',
	Terminated: 'Cancelled',
};

function derivedLogs(instance: Instance, stepNames: string[]): LogEntry[] {
	return stepNames.map((stepName, index) => {
		const last = index === stepNames.length - 1;
		const faulted = instance.errors.some((error) => error.step === stepName);
		const status = faulted ? 'Failed' : last ? LAST_STEP[instance.status] : 'Complete';
		return {
			id: `b2c6185b-5bbd-424e-bea0-${(instance.sequence * 100 + index).toString(16).padStart(12, '0')}`,
			stepName,
			startedAt: instance.startedAt,
			completedAt: last ? instance.completedAt : instance.startedAt,
			status,
		};
	});
}

/** The same with `includeLogs=true`. */
export function instanceWithLogsView(instance: Instance, stepNames: string[]): JsonObject {
	const logs = instance.logs ?? derivedLogs(instance, stepNames);
	return {
		...instanceView(instance),
		logs: logs.map((entry) => ({
			id: entry.id,
			stepName: entry.stepName,
			startedAt: hundredths(entry.startedAt),
			completedAt: timeOrNull(entry.completedAt),
			status: entry.status,
		})),
	};
}

/** "Retrieve a list of errors for a workflow instance"; its sample is an object, its schema an array. */
export function errorsView({ workflowId, errors }: Instance, shape: Switches['errorsShape']): Json {
	const list = errors.map(({ step, message, errorTime }) => ({
		workflowId,
		step,
		message,
		errorTime: hundredths(errorTime),
	}));
	return shape === 'object' ? (list[0] ?? list) : list;
}

/** A definition as the samples show it (ID and version nested), or as the schema describes it. */
export function definitionView(version: DefinitionVersion, shape: Switches['definitionShape']): JsonObject {
	const { accountId, subAccountId, trigger, status, id, name, steps } = version;
	const createdAt = hundredths(version.createdAt);
	if (shape === 'schema') {
		return {
			accountId,
			...(subAccountId === null ? {} : { subAccountId }),
			id,
			version: version.version,
			trigger,
			status,
			createdAt,
			definition: { name, steps },
		};
	}
	return {
		accountId,
		...(subAccountId === null ? {} : { subaccountId: subAccountId }),
		trigger,
		status,
		createdAt,
		definition: { id, name, version: version.version, steps },
	};
}

/** "Retrieve usage": its sample is an object, its schema an array. */
export function usageView(started: number, shape: Switches['usageShape']): Json {
	const usage = {
		allowedWorkflowCount: 50000,
		allowedOverage: true,
		overagePrice: 0.005,
		executedWorkflowCount: 1200 + started,
		countStartedMonth: 7,
		countStartedYear: 2022,
	};
	return shape === 'array' ? [usage] : usage;
}
