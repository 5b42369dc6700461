import type { JsonObject } from '../../core/emulator.ts';
import { checked, count, filledText, flag, integer, listOf, oneOf, text } from '../../core/rules.ts';
import type { Values } from '../../core/rules.ts';
import { ORGANIZATIONS, USERS, userById } from './directory.ts';

/** The documented values of `processStatus`. */
export type ProcessStatus = 'inProgress' | 'completed' | 'terminated';

/** A process instance as the BPM service keeps it. */
export interface Instance {
	id: string;
	name: string;
	businessKey: string | null;
	definitionId: string;
	orgId: string;
	createdTime: number;
	completedTime: number | null;
	terminatedTime: number | null;
	terminateReason: string | null;
	startedBy: string;
	terminatedBy: string | null;
	/** false: nobody may terminate this one. */
	terminable: boolean;
}

/** The process definition that exists from the start. */
export const DEFAULT_DEFINITION = {
	id: '312844b2-ab3d-11ec-8df5-120e04f331d8',
	name: 'Sandbox Process',
} as const;

const SEED = {
	ids: listOf(filledText),
	state: oneOf('running', 'completed', 'terminated'),
	name: text,
	businessKey: text,
	definitionId: filledText,
	definitionName: text,
	orgId: oneOf(...ORGANIZATIONS.keys()),
	startedBy: oneOf(...USERS.map(({ id }) => id)),
	terminable: flag,
	createdTime: integer,
	/** From one instance to the next; the last one is the newest. */
	intervalMs: count,
};

type SeedOptions = Partial<Values<typeof SEED>>;

/** The status as the service derives it from the times. */
export function statusOf({ terminatedTime, completedTime }: Instance): ProcessStatus {
	if (terminatedTime !== null) return 'terminated';
	return completedTime === null ? 'inProgress' : 'completed';
}

/** The process instances and definitions of one emulator. */
export class Instances {
	private byId = new Map<string, Instance>();

	private definitions = new Map<string, string>();

	/** Goes on over a reset, so that a request that was still under way can never hit an instance of the next test. */
	private created = 0;

	private readonly now: () => number;

	constructor(now: () => number) {
		this.now = now;
	}

	reset(): void {
		this.byId = new Map();
		this.definitions = new Map([[DEFAULT_DEFINITION.id, DEFAULT_DEFINITION.name]]);
	}

	all(): Instance[] {
		return [...this.byId.values()];
	}

	get(id: string): Instance | undefined {
		return this.byId.get(id);
	}

	definitionName(id: string): string | undefined {
		return this.definitions.get(id);
	}

	seed(number: number, given: JsonObject): string[] {
		const options = checked('EnOS BPM', 'seed option', SEED, given);
		if (!count.accepts(number)) throw new Error('EnOS BPM seed takes a whole number');
		// Explicit IDs say themselves how many there are.
		const ids = options.ids ?? Array.from({ length: number }, () => this.newId());
		const seen = new Set<string>();
		const taken = ids.find((id) => this.byId.has(id) || seen.size === seen.add(id).size);
		if (taken !== undefined) throw new Error(`EnOS BPM already has an instance ${taken}`);
		const definitionId = options.definitionId ?? DEFAULT_DEFINITION.id;
		if (options.definitionName !== undefined || !this.definitions.has(definitionId)) {
			this.definitions.set(definitionId, options.definitionName ?? 'Sandbox Process');
		}
		const { intervalMs = 0 } = options;
		const first = options.createdTime ?? this.now() - Math.max(ids.length - 1, 0) * intervalMs;
		ids.forEach((id, index) => {
			this.addSeeded(id, definitionId, { ...options, createdTime: first + index * intervalMs });
		});
		return ids;
	}

	start(definitionId: string, name: string, orgId: string, startedBy: string): Instance {
		return this.add(this.newId(), { definitionId, name, orgId, startedBy });
	}

	private addSeeded(id: string, definitionId: string, options: SeedOptions & { createdTime: number }): void {
		const startedBy = options.startedBy ?? USERS[0]?.id ?? '';
		const instance = this.add(id, {
			definitionId,
			name: options.name ?? `Sandbox instance ${this.byId.size + 1}`,
			orgId: options.orgId ?? userById(startedBy).orgIds[0] ?? '',
			startedBy,
			businessKey: options.businessKey ?? null,
			terminable: options.terminable ?? true,
			createdTime: options.createdTime,
		});
		if (options.state === 'completed') instance.completedTime = this.now();
		if (options.state !== 'terminated') return;
		instance.terminatedTime = this.now();
		instance.terminatedBy = startedBy;
		instance.terminateReason = 'Terminated before the sandbox started';
	}

	private add(
		id: string,
		fields: Pick<Instance, 'definitionId' | 'name' | 'orgId' | 'startedBy'> & Partial<Instance>,
	): Instance {
		const instance: Instance = {
			businessKey: null,
			createdTime: this.now(),
			completedTime: null,
			terminatedTime: null,
			terminateReason: null,
			terminatedBy: null,
			terminable: true,
			...fields,
			id,
		};
		this.byId.set(id, instance);
		return instance;
	}

	/** UUID version 1 text, counted so that runs repeat. */
	private newId(): string {
		this.created += 1;
		const time = (0x54366b8f + this.created).toString(16).padStart(8, '0');
		const id = `${time}-ab3d-11ec-8df5-120e04f331d8`;
		return this.byId.has(id) ? this.newId() : id;
	}
}
