import { EnosError } from './answers.ts';
import type { Instance } from './instances.ts';
import type { World } from './world.ts';

/** The `pagination` struct of Query Process Instance. */
export interface Pagination {
	current?: number;
	pageSize?: number;
	sorts?: Array<{ field: string; order?: string }>;
}

/** JSON schema of `pagination`. Keys of the other dialect (`pageNo`, `sorters`) pass and are ignored. */
export const paginationSchema = {
	type: 'object',
	properties: {
		current: { type: 'integer', minimum: 0 },
		pageSize: { type: 'integer', minimum: 1 },
		sorts: {
			type: 'array',
			items: {
				type: 'object',
				required: ['field'],
				properties: {
					field: { type: 'string' },
					order: { type: 'string', pattern: '^(?:[aA][sS][cC]|[dD][eE][sS][cC])$' },
				},
			},
		},
	},
} as const;

const DEFAULT_PAGE_SIZE = 1000;

/** The sort fields that the vendor's pages and samples show. */
const SORT_KEYS: Record<string, (instance: Instance) => string | number> = {
	id: (instance) => instance.id,
	name: (instance) => instance.name,
	createdTime: (instance) => instance.createdTime,
	started: (instance) => instance.createdTime,
};

/** One page, cut from what is there now: the vendor keeps no snapshot between pages. */
export function page(
	world: World,
	found: Instance[],
	{ current = 0, pageSize = DEFAULT_PAGE_SIZE, sorts = [] }: Pagination,
): { rows: Instance[]; pagination: object } {
	const cap = world.switches.maxPageSize;
	const size = cap > 0 ? Math.min(pageSize, cap) : pageSize;
	const start = current * size;
	const rows = sorted(found, sorts).slice(start, start + size);
	const total = world.switches.omitTotal ? {} : { total: found.length };
	return { rows, pagination: { current, pageSize: size, sorts, ...total, start } };
}

function sorted(found: Instance[], sorts: NonNullable<Pagination['sorts']>): Instance[] {
	const keys = sorts.map(({ field, order }) => {
		const key = Object.hasOwn(SORT_KEYS, field) ? SORT_KEYS[field] : undefined;
		if (!key) throw new EnosError('bpm', 33500);
		return { key, sign: order?.toLowerCase() === 'desc' ? -1 : 1 };
	});
	return [...found].sort((a, b) => {
		for (const { key, sign } of keys) {
			const [left, right] = [key(a), key(b)];
			if (left !== right) return left < right ? -sign : sign;
		}
		return 0;
	});
}
