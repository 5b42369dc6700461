import type { Json, JsonObject } from '../../core/emulator.ts';
import { ACCOUNT_IDS, MAIN_ACCOUNT } from './accounts.ts';
import { definitionVersion, DELAYED_REPLY } from './defaults.ts';
import { INSTANCE_ID } from './lookup.ts';
import { STATUSES, STEP_STATES } from './model.ts';
import type { DefinitionVersion, Instance, LogEntry, Status, StepError, StepState } from './model.ts';
import { parseTime, ticks } from './time.ts';
import type { World } from './world.ts';

const fail = (text: string): never => {
	throw new Error(`8x8 emulator, seed: ${text}`);
};

/** Reads options one by one, and refuses the names that nobody has read. */
class Options {
	private readonly values: JsonObject;

	private readonly unread: Set<string>;

	constructor(values: Json | undefined) {
		if (values !== undefined && (values === null || typeof values !== 'object' || Array.isArray(values))) {
			fail('an object is needed');
		}
		this.values = (values ?? {}) as JsonObject;
		this.unread = new Set(Object.keys(this.values));
	}

	raw(name: string): Json | undefined {
		this.unread.delete(name);
		return this.values[name];
	}

	text(name: string): string | undefined {
		const value = this.raw(name);
		if (value !== undefined && typeof value !== 'string') fail(`${name} must be a text`);
		return value as string | undefined;
	}

	count(name: string): number | undefined {
		const value = this.raw(name);
		if (value !== undefined && (!Number.isInteger(value) || Number(value) < 0)) {
			fail(`${name} must be a whole number`);
		}
		return value as number | undefined;
	}

	time(name: string): number | undefined {
		const text = this.text(name);
		return text === undefined ? undefined : (parseTime(text) ?? fail(`${name} must be an ISO 8601 time`));
	}

	oneOf<Value extends string>(name: string, values: readonly Value[]): Value | undefined {
		const text = this.text(name);
		if (text !== undefined && !values.includes(text as Value)) fail(`${name} cannot be ${text}`);
		return text as Value | undefined;
	}

	object(name: string): JsonObject | undefined {
		const value = this.raw(name);
		if (value !== undefined && (value === null || typeof value !== 'object' || Array.isArray(value))) {
			fail(`${name} must be an object`);
		}
		return value as JsonObject | undefined;
	}

	list(name: string): Json[] | undefined {
		const value = this.raw(name);
		if (value !== undefined && !Array.isArray(value)) fail(`${name} must be a list`);
		return value as Json[] | undefined;
	}

	done(): void {
		if (this.unread.size > 0) fail(`unknown option ${[...this.unread].join(', ')}`);
	}
}

function define(world: World, accountId: string, given: Json): DefinitionVersion {
	const options = new Options(given);
	const id = options.text('id')?.toLowerCase() ?? fail('definition.id is needed');
	const known = {
		name: options.text('name'),
		version: options.count('version'),
		trigger: options.text('trigger'),
		status: options.oneOf('status', ['enabled', 'disabled']),
		createdAt: options.time('createdAt'),
		subAccountId: options.text('subAccountId'),
		steps: options.list('steps'),
	};
	options.done();
	const stated = Object.entries(known).filter(([, value]) => value !== undefined);
	const version = definitionVersion({
		accountId,
		id,
		...(Object.fromEntries(stated) as Partial<DefinitionVersion>),
	});
	world.define(version);
	return version;
}

function stepErrors(given: Json[], now: number): StepError[] {
	return given.map((entry) => {
		const options = new Options(entry);
		const error = {
			step: options.text('step') ?? 'step1',
			message: options.text('message') ?? 'Invalid subaccount id.',
			errorTime: options.time('errorTime') ?? now,
		};
		options.done();
		return error;
	});
}

const UNFINISHED: StepState[] = ['Pending', 'Running', 'Sleeping', 'WaitingForEvent'];

function logEntries(given: Json[], now: number): LogEntry[] {
	return given.map((entry, index) => {
		const options = new Options(entry);
		const status = options.oneOf('status', STEP_STATES) ?? 'Complete';
		const startedAt = options.time('startedAt') ?? now;
		const log = {
			id: options.text('id') ?? `b2c6185b-5bbd-424e-bea1-${index.toString(16).padStart(12, '0')}`,
			stepName: options.text('stepName') ?? `step${index + 1}`,
			startedAt,
			completedAt: options.time('completedAt') ?? (UNFINISHED.includes(status) ? null : startedAt),
			status,
		};
		options.done();
		return log;
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

function instanceIds(world: World, count: number, given: Json[] | undefined): Array<string | undefined> {
	if (given === undefined) return new Array<string | undefined>(count).fill(undefined);
	if (given.length !== count) fail(`${count} IDs are needed, ${given.length} were given`);
	return given.map((id) => {
		if (typeof id !== 'string' || !INSTANCE_ID.test(id)) return fail('an ID is not 24 hex digits');
		if (world.instances.has(id.toLowerCase())) return fail(`${id} exists already`);
		return id.toLowerCase();
	});
}

/** Adds instances, the last one being the newest, and the definition version they need. */
export function seedInstances(world: World, count: number, given: JsonObject): string[] {
	const options = new Options(given);
	const now = world.now();
	const accountId = options.oneOf('accountId', ACCOUNT_IDS) ?? MAIN_ACCOUNT;
	const definition = options.raw('definition');
	const definitions = options.list('definitions') ?? [];
	const data = options.object('data');
	const definitionId = options.text('definitionId');
	const version = options.count('version');
	const ids = instanceIds(world, count, options.list('ids'));
	const status: Status = options.oneOf('state', STATUSES) ?? 'Runnable';
	const interval = options.count('intervalMs') ?? 10;
	const first = options.time('startedAt') ?? now - Math.max(count - 1, 0) * interval;
	const completedAt = options.time('completedAt');
	const triggeredAt = options.text('triggeredAt');
	const executingMs = options.count('executingMs') ?? 0;
	const errors = stepErrors(options.list('errors') ?? [], now);
	const logs = options.list('logs');
	const entries = logs ? logEntries(logs, now) : null;
	options.done();
	const ended = status === 'Complete' || status === 'Terminated';
	if (completedAt !== undefined && !ended) fail(`a ${status} instance has no end time`);

	for (const entry of definitions) define(world, accountId, entry);
	const made = definition === undefined ? undefined : define(world, accountId, definition);
	const wanted = definitionId ?? made?.id ?? DELAYED_REPLY;
	const versions = world.versionsOf(accountId, wanted);
	const target =
		version === undefined
			? (made ?? versions[0])
			: versions.find((candidate) => candidate.version === version);
	if (target?.id !== wanted.toLowerCase()) {
		return fail(`no definition ${wanted} version ${version ?? 'latest'} in ${accountId}`);
	}
	return ids.map((workflowId, index) => {
		const startedAt = first + index * interval;
		const values: Partial<Omit<Instance, 'sequence'>> = {
			...(workflowId === undefined ? {} : { workflowId }),
			status,
			startedAt,
			completedAt: ended ? (completedAt ?? Math.max(now, startedAt)) : null,
			executingUntil: executingMs > 0 ? now + executingMs : 0,
			errors: errors.map((error) => ({ ...error })),
			logs: entries,
		};
		const sample = sampleData(accountId, triggeredAt ?? ticks(startedAt));
		return world.add(target, { ...sample, ...data }, values).workflowId;
	});
}
