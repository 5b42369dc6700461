import type { JsonObject } from '../../core/emulator.ts';
import { MAIN_ACCOUNT, OTHER_ACCOUNT } from './accounts.ts';
import { defaultDefinitions } from './defaults.ts';
import { isLive } from './model.ts';
import type { Command, DefinitionVersion, Instance, Status } from './model.ts';
import { SWITCHES } from './switches.ts';
import type { Switches } from './switches.ts';
import { parseTime, ticks } from './time.ts';

const COUNTERS = {
	unauthorized: 0,
	forbidden: 0,
	suspends: 0,
	resumes: 0,
	terminates: 0,
	/** Of the terminates, those that hit an instance that had ended before. */
	overwrites: 0,
	refusals: 0,
	instanceLists: 0,
	instanceReads: 0,
	errorReads: 0,
	definitionLists: 0,
	versionLists: 0,
	starts: 0,
	deletes: 0,
	usageReads: 0,
	internalErrors: 0,
};

const COUNTED = { suspend: 'suspends', resume: 'resumes', terminate: 'terminates' } as const;

/** Everything that 8x8 keeps for the accounts of the sandbox. */
export class World {
	settings: Switches = SWITCHES.initial();

	counters = { ...COUNTERS };

	instances = new Map<string, Instance>();

	private versions: DefinitionVersion[] = [];

	private sequence = 0;

	reset(): void {
		this.settings = SWITCHES.initial();
		this.counters = { ...COUNTERS };
		this.instances = new Map();
		this.sequence = 0;
		this.versions = [...defaultDefinitions(MAIN_ACCOUNT), ...defaultDefinitions(OTHER_ACCOUNT)];
	}

	now(): number {
		const { frozenAt, clockOffsetMs } = this.settings;
		return (frozenAt === null ? Date.now() : (parseTime(frozenAt) ?? Date.now())) + clockOffsetMs;
	}

	/** Carries out the deletions whose time has come: the versions go, with their instances and logs. */
	purge(): void {
		const now = this.now();
		const gone = this.versions.filter(({ deleteAt }) => deleteAt <= now);
		if (gone.length === 0) return;
		this.versions = this.versions.filter(({ deleteAt }) => deleteAt > now);
		for (const [workflowId, instance] of this.instances) {
			const hit = gone.some(
				({ accountId, id, version }) =>
					accountId === instance.accountId && id === instance.definitionId && version === instance.version,
			);
			if (hit) this.instances.delete(workflowId);
		}
	}

	/** Adds a version, or replaces the one with the same number. */
	define(version: DefinitionVersion): void {
		const at = this.versions.findIndex(
			(other) =>
				other.accountId === version.accountId && other.id === version.id && other.version === version.version,
		);
		if (at === -1) this.versions.push(version);
		else this.versions[at] = version;
	}

	/** Highest version first. */
	versionsOf(accountId: string, definitionId: string): DefinitionVersion[] {
		return this.versions
			.filter((version) => version.accountId === accountId && version.id === definitionId.toLowerCase())
			.sort((left, right) => right.version - left.version);
	}

	/** The latest version of each definition of an account, in the order of their creation. */
	latestVersions(accountId: string): DefinitionVersion[] {
		const latest = new Map<string, DefinitionVersion>();
		for (const own of this.versions) {
			if (own.accountId !== accountId) continue;
			const other = latest.get(own.id);
			if (!other || other.version < own.version) latest.set(own.id, own);
		}
		return [...latest.values()];
	}

	/** The instances of some versions of one definition, newest first. */
	instancesOf(versions: readonly DefinitionVersion[]): Instance[] {
		const [one] = versions;
		const numbers = new Set(versions.map(({ version }) => version));
		return [...this.instances.values()]
			.filter(
				({ accountId, definitionId, version }) =>
					accountId === one?.accountId && definitionId === one.id && numbers.has(version),
			)
			.sort((left, right) => right.startedAt - left.startedAt || right.sequence - left.sequence);
	}

	add(
		definition: DefinitionVersion,
		data: JsonObject,
		given: Partial<Omit<Instance, 'sequence'>> = {},
	): Instance {
		this.sequence += 1;
		const now = this.now();
		const instance: Instance = {
			workflowId: given.workflowId ?? this.nextId(given.startedAt ?? now),
			accountId: definition.accountId,
			definitionId: definition.id,
			version: definition.version,
			status: 'Runnable',
			data,
			startedAt: now,
			completedAt: null,
			executingUntil: 0,
			errors: [],
			logs: null,
			...given,
			sequence: this.sequence,
		};
		this.instances.set(instance.workflowId, instance);
		return instance;
	}

	/** Starts an instance as a trigger does. */
	start(definition: DefinitionVersion, trigger: JsonObject): Instance {
		const payload = trigger['payload'];
		const subAccountId =
			payload && typeof payload === 'object' && !Array.isArray(payload) ? payload['subAccountId'] : undefined;
		return this.add(definition, {
			...trigger,
			accountId: definition.accountId,
			...(typeof subAccountId === 'string' ? { subAccountId } : {}),
			triggeredAt: ticks(this.now()),
		});
	}

	/** False when the engine refuses: nothing has changed then. */
	command(instance: Instance, command: Command): boolean {
		const now = this.now();
		if (instance.executingUntil > now || !this.permits(instance, command)) {
			this.counters.refusals += 1;
			return false;
		}
		this.counters[COUNTED[command]] += 1;
		if (command === 'terminate') {
			if (!isLive(instance)) this.counters.overwrites += 1;
			this.end(instance, 'Terminated');
		} else {
			instance.status = command === 'suspend' ? 'Suspended' : 'Runnable';
		}
		return true;
	}

	/** What goes on while a client pages: called after each answer of the instance list. */
	moveOn(versions: readonly DefinitionVersion[]): void {
		const { betweenPages: change, changesPerPage } = this.settings;
		const [latest] = versions;
		if (change === 'none' || !latest) return;
		if (change === 'start') {
			for (let number = 0; number < changesPerPage; number += 1) this.start(latest, {});
			return;
		}
		const running = this.instancesOf(versions).filter(({ status }) => status === 'Runnable');
		for (const instance of running.slice(0, changesPerPage)) {
			if (change === 'fault') {
				instance.errors.push({ step: 'step1', message: 'Invalid subaccount id.', errorTime: this.now() });
			}
			this.end(instance, change === 'fault' ? 'Terminated' : 'Complete');
		}
	}

	private permits(instance: Instance, command: Command): boolean {
		if (command === 'suspend') return instance.status === 'Runnable';
		if (command === 'resume') return instance.status === 'Suspended';
		return isLive(instance) || this.settings.terminateEnded === 'accept';
	}

	private end(instance: Instance, status: Status): void {
		instance.status = status;
		instance.completedAt = this.now();
	}

	/** As in the samples: it begins with the second of the start. */
	private nextId(startedAt: number): string {
		const seconds = Math.floor(startedAt / 1000)
			.toString(16)
			.padStart(8, '0');
		return `${seconds}fe55d99fc0${this.sequence.toString(16).padStart(6, '0')}`;
	}
}
