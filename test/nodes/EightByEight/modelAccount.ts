import type { ApiRequest, ApiResponse } from '../../../nodes/core/http/messages';
import type { JsonRecord } from '../../../nodes/core/util/json';

/** The definition of the samples. */
export const DEFINITION = '5870442f-3ddd-4657-b74c-6e17308f5230';

/** An instance as the list shows it; its start in epoch milliseconds, from which the timestamp is cut. */
export interface ModelInstance {
	workflowId: string;
	version: number;
	status: string;
	startedMs: number;
}

/** How the invented account answers where the documentation leaves it open. */
export interface Manner {
	/** What `offset` counts. */
	offset?: 'page' | 'item';
	/** Filters that it overlooks. */
	overlooks?: string[];
	/** It gives fewer rows than it is asked for. */
	cap?: number;
	/** The oldest first, contrary to the documentation. */
	oldestFirst?: boolean;
	/** Called after each list of instances. */
	meanwhile?: (instances: ModelInstance[]) => ModelInstance[];
}

/** An account's lists as functions of their requests: no HTTP, and no code of the nodes. */
export class ModelAccount {
	readonly requests: string[] = [];

	constructor(
		private instances: ModelInstance[],
		/** The rows of the list of definitions, or of the versions of one. */
		private readonly definitions: JsonRecord[],
		private readonly manner: Manner = {},
	) {}

	answer({ path }: Pick<ApiRequest, 'path'>): ApiResponse {
		this.requests.push(path);
		const url = new URL(`https://host.example${path}`);
		const rows = url.pathname.endsWith('/workflows') ? this.list(url.searchParams) : this.definitions;
		const text = JSON.stringify(this.pageOf(rows, url.searchParams));
		if (url.pathname.endsWith('/workflows')) {
			this.instances = this.manner.meanwhile?.(this.instances) ?? this.instances;
		}
		return { status: 200, headers: {}, text };
	}

	private list(query: URLSearchParams): JsonRecord[] {
		const of = (name: string): string | null =>
			this.manner.overlooks?.includes(name) ? null : query.get(name);
		const latest = Math.max(...this.instances.map(({ version }) => version));
		const version = this.manner.overlooks?.includes('version') ? undefined : Number(of('version') ?? latest);
		const from = Date.parse(of('startTimeFrom') ?? '') || -Infinity;
		const to = Date.parse(of('startTimeTo') ?? '') || Infinity;
		return this.instances
			.filter(
				(one) =>
					(version === undefined || one.version === version) &&
					(of('status') ?? one.status) === one.status &&
					one.startedMs >= from &&
					one.startedMs <= to,
			)
			.sort((a, b) => (this.manner.oldestFirst ? a.startedMs - b.startedMs : b.startedMs - a.startedMs))
			.map(({ startedMs, ...one }) => ({
				...one,
				definitionId: DEFINITION,
				data: { payload: { user: { msisdn: '+6500000000' } } },
				startedAt: `${new Date(startedMs).toISOString().slice(0, 22)}Z`,
				completedAt: null,
			}));
	}

	private pageOf<Row>(rows: readonly Row[], query: URLSearchParams): Row[] {
		const limit = Math.min(Number(query.get('limit') ?? 100), this.manner.cap ?? 500);
		const offset = Number(query.get('offset') ?? 0);
		const first = this.manner.overlooks?.includes('offset')
			? 0
			: this.manner.offset === 'item'
				? offset
				: offset * limit;
		return rows.slice(first, first + limit);
	}
}

/** So many instances, each started `intervalMs` after the one before; as in the samples their IDs begin with that second. */
export function instancesOf(
	count: number,
	{ intervalMs = 10, version = 1, status = 'Runnable', startedMs = Date.UTC(2026, 0, 1) } = {},
): ModelInstance[] {
	return Array.from({ length: count }, (_, index) => {
		const start = startedMs + index * intervalMs;
		const second = Math.floor(start / 1000).toString(16);
		const rest = `${version.toString(16).padStart(4, '0')}${index.toString(16).padStart(12, '0')}`;
		return { workflowId: second + rest, version, status, startedMs: start };
	});
}

/** A row of the lists of definitions and versions, in the form of the samples. */
export function definitionRow(version: number, id = DEFINITION, name = 'Send automatic reply'): JsonRecord {
	return { accountId: 'test_account_id', status: 'enabled', definition: { id, name, version, steps: [] } };
}
