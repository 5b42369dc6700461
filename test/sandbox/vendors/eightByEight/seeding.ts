import type { JsonObject } from '../../core/emulator.ts';
import { checked, count, entry, list, listOf, object, oneOf, text, textThat } from '../../core/rules.ts';
import type { Given, Values } from '../../core/rules.ts';
import { ACCOUNT_IDS, MAIN_ACCOUNT } from './accounts.ts';
import { definitionVersion, DELAYED_REPLY } from './defaults.ts';
import { INSTANCE_ID } from './lookup.ts';
import { STATUSES, STEP_STATES } from './model.ts';
import type { DefinitionVersion, Instance, LogEntry, StepError, StepState } from './model.ts';
import { isoTime, parseTime, ticks } from './time.ts';
import type { World } from './world.ts';

const DEFINITION = entry(
	{
		id: text,
		name: text,
		version: count,
		trigger: text,
		status: oneOf('enabled', 'disabled'),
		createdAt: isoTime,
		subAccountId: text,
		steps: list,
	},
	'id',
);

const ERRORS = listOf(entry({ step: text, message: text, errorTime: isoTime }));

const LOGS = listOf(
	entry({
		id: text,
		stepName: text,
		startedAt: isoTime,
		completedAt: isoTime,
		status: oneOf(...STEP_STATES),
	}),
);

const OPTIONS = {
	accountId: oneOf(...ACCOUNT_IDS),
	definition: DEFINITION,
	definitions: listOf(DEFINITION),
	data: object,
	definitionId: text,
	version: count,
	ids: listOf(textThat('24 hex digits', (id) => INSTANCE_ID.test(id))),
	state: oneOf(...STATUSES),
	intervalMs: count,
	startedAt: isoTime,
	completedAt: isoTime,
	triggeredAt: text,
	executingMs: count,
	errors: ERRORS,
	logs: LOGS,
};

type Options = Partial<Values<typeof OPTIONS>>;

const fail = (reason: string): never => {
	throw new Error(`8x8 seed: ${reason}`);
};

/** A time that a rule has checked, or else the default. */
const timeOr = <Default>(given: string | undefined, otherwise: Default): number | Default =>
	given === undefined ? otherwise : (parseTime(given) ?? otherwise);

function define(world: World, accountId: string, given: Given<typeof DEFINITION>): DefinitionVersion {
	const { createdAt, ...others } = given;
	const version = definitionVersion({
		accountId,
		...others,
		...(createdAt !== undefined && { createdAt: timeOr(createdAt, 0) }),
		id: given.id.toLowerCase(),
	});
	world.define(version);
	return version;
}

function stepErrors(given: Given<typeof ERRORS>, now: number): StepError[] {
	return given.map(({ step = 'step1', message = 'Invalid subaccount id.', errorTime }) => ({
		step,
		message,
		errorTime: timeOr(errorTime, now),
	}));
}

const UNFINISHED: StepState[] = ['Pending', 'Running', 'Sleeping', 'WaitingForEvent'];

function logEntries(given: Given<typeof LOGS>, now: number): LogEntry[] {
	return given.map(({ id, stepName, status = 'Complete', ...times }, index) => {
		const startedAt = timeOr(times.startedAt, now);
		return {
			id: id ?? `b2c6185b-5bbd-424e-bea1-${index.toString(16).padStart(12, '0')}`,
			stepName: stepName ?? `step${index + 1}`,
			startedAt,
			completedAt: timeOr(times.completedAt, UNFINISHED.includes(status) ? null : startedAt),
			status,
		};
	});
}

function sampleData(accountId: string, triggeredAt: string): JsonObject {
	return {
		payload: {
			umid: '9e09ac86-bd74-5465-851d-1eb5a5fdbb9a',
			user: { channelUserId: 'test_user_id', name: 'test_user_name' },
			content: { text: 'Hello, world!' },
		},
		accountId,
		subAccountId: 'test_subaccount_id',
		triggeredAt,
	};
}

function instanceIds(world: World, number: number, given: string[] | undefined): Array<string | undefined> {
	if (given === undefined) return new Array<string | undefined>(number).fill(undefined);
	if (given.length !== number) fail(`${number} IDs are needed, ${given.length} were given`);
	return given.map((id) => {
		if (world.instances.has(id.toLowerCase())) return fail(`${id} exists already`);
		return id.toLowerCase();
	});
}

/** The definition version that the instances belong to. */
function targetOf(world: World, accountId: string, options: Options): DefinitionVersion {
	const { definition, definitions = [], version } = options;
	for (const each of definitions) define(world, accountId, each);
	const made = definition === undefined ? undefined : define(world, accountId, definition);
	const wanted = options.definitionId ?? made?.id ?? DELAYED_REPLY;
	const versions = world.versionsOf(accountId, wanted);
	const target =
		version === undefined
			? (made ?? versions[0])
			: versions.find((candidate) => candidate.version === version);
	if (target?.id !== wanted.toLowerCase()) {
		return fail(`no definition ${wanted} version ${version ?? 'latest'} in ${accountId}`);
	}
	return target;
}

/** Adds instances, the last one being the newest, and the definition version they need. */
export function seedInstances(world: World, number: number, given: JsonObject): string[] {
	const options = checked('8x8', 'seed option', OPTIONS, given);
	const { accountId = MAIN_ACCOUNT, state: status = 'Runnable', intervalMs = 10, executingMs = 0 } = options;
	const now = world.now();
	const ids = instanceIds(world, number, options.ids);
	const first = timeOr(options.startedAt, now - Math.max(number - 1, 0) * intervalMs);
	const errors = stepErrors(options.errors ?? [], now);
	const logs = options.logs ? logEntries(options.logs, now) : null;
	const ended = status === 'Complete' || status === 'Terminated';
	if (options.completedAt !== undefined && !ended) fail(`a ${status} instance has no end time`);
	const target = targetOf(world, accountId, options);
	return ids.map((workflowId, index) => {
		const startedAt = first + index * intervalMs;
		const values: Partial<Omit<Instance, 'sequence'>> = {
			...(workflowId === undefined ? {} : { workflowId }),
			status,
			startedAt,
			completedAt: ended ? timeOr(options.completedAt, Math.max(now, startedAt)) : null,
			executingUntil: executingMs > 0 ? now + executingMs : 0,
			errors: errors.map((error) => ({ ...error })),
			logs,
		};
		const sample = sampleData(accountId, options.triggeredAt ?? ticks(startedAt));
		return world.add(target, { ...sample, ...options.data }, values).workflowId;
	});
}
