import type { FastifyInstance } from 'fastify';

import { keptFilters } from '../../core/dropFilters.ts';
import { EnosError } from './answers.ts';
import { behind, sessionOf } from './gate.ts';
import { statusOf } from './instances.ts';
import type { Instance, ProcessStatus } from './instances.ts';
import { page, paginationSchema } from './paging.ts';
import type { Pagination } from './paging.ts';
import { BPM_GATE, BPM_PREFIX, checkReading, ok } from './processInstances.ts';
import { isVisible, listRow } from './rows.ts';
import type { World } from './world.ts';

const timestamp = { anyOf: [{ type: 'integer' }, { type: 'string', pattern: '^\\d{1,16}$' }] } as const;

const queryBody = {
	type: 'object',
	required: ['processStatus'],
	properties: {
		processStatus: { enum: ['inProgress', 'completed', 'terminated'] },
		processName: { type: 'string' },
		processInstanceId: { type: 'string' },
		startBy: { type: 'string' },
		startedBefore: timestamp,
		startedAfter: timestamp,
		pagination: paginationSchema,
	},
} as const;

interface Query {
	processStatus: ProcessStatus;
	processName?: string;
	processInstanceId?: string;
	startBy?: string;
	startedBefore?: number | string;
	startedAfter?: number | string;
	pagination?: Pagination;
}

/** The one display view of the sandbox. */
export const DISPLAY_VIEW = 'SANDBOX_VIEW';

const column = (number: number, title: string, bindProperty: string): Record<string, unknown> => ({
	id: `a6574b142f8a511eab997105badde4ea${number}`,
	title,
	displayViewKey: DISPLAY_VIEW,
	bindProperty,
	defaultVisibility: true,
	fixedVisibility: false,
	filterable: true,
	fixedFilterable: true,
	type: 'Single-Select List',
	source: 'System',
	order: number,
});

const COLUMNS = [column(0, 'Process Name', 'name'), column(1, 'Process Status', 'processStatus')];

const viewBody = {
	type: 'object',
	properties: {
		columns: {
			type: 'array',
			items: {
				type: 'object',
				required: ['id'],
				properties: { id: { type: 'string' }, filter: { type: 'string' } },
			},
		},
		pagination: paginationSchema,
	},
} as const;

interface ViewQuery {
	columns?: Array<{ id: string; filter?: string }>;
	pagination?: Pagination;
}

/** Pages "Query Process Instance", "Query Process Instance By View" and "Get Process View Columns". */
export function queryRoutes(app: FastifyInstance, world: World): void {
	behind(BPM_GATE, world, app, (scope) => {
		scope.post<{ Body: Query }>(
			`${BPM_PREFIX}/work/process-instances/queryList`,
			{ schema: { body: queryBody } },
			async (request) => {
				world.count('queries');
				checkReading(world);
				const session = sessionOf(request);
				const filters = keptFilters(request.body, world.switches.dropFilters);
				const found = world.instances
					.all()
					.filter((instance) => isVisible(instance, session) && matches(world, instance, filters));
				const { rows, pagination } = page(world, found, request.body.pagination ?? {});
				const isNull = rows.length === 0 && world.switches.emptyList === 'null';
				const processInstances = isNull ? null : rows.map((row) => listRow(world, row, session));
				const answer = ok({ pagination, processInstances });
				finishSome(world, found);
				return answer;
			},
		);

		scope.get<{ Params: { displayViewKey: string } }>(
			`${BPM_PREFIX}/work/display-view/:displayViewKey/columns`,
			async (request) => {
				if (request.params.displayViewKey !== DISPLAY_VIEW) throw new EnosError('bpm', 33404);
				return ok(COLUMNS);
			},
		);

		scope.post<{ Params: { displayViewKey: string }; Body: ViewQuery }>(
			`${BPM_PREFIX}/work/display-view/:displayViewKey/process-instances/query`,
			{ schema: { body: viewBody } },
			async (request) => {
				world.count('viewQueries');
				if (request.params.displayViewKey !== DISPLAY_VIEW) throw new EnosError('bpm', 33404);
				const session = sessionOf(request);
				const filters = filtersOf(request.body.columns ?? []);
				const found = world.instances
					.all()
					.filter((instance) => isVisible(instance, session))
					.filter((instance) => filters.every((filter) => filter(instance)));
				const { rows, pagination } = page(world, found, request.body.pagination ?? {});
				return ok({ pagination, processInstances: rows.map(viewRow) });
			},
		);
	});
}

function matches(world: World, instance: Instance, query: Partial<Query>): boolean {
	const { processStatus, processName, processInstanceId, startBy, startedBefore, startedAfter } = query;
	return (
		(!processStatus || statusOf(instance) === processStatus) &&
		(!processName || nameMatches(world, instance.name, processName)) &&
		(!processInstanceId || instance.id === processInstanceId) &&
		(!startBy || instance.startedBy === startBy) &&
		(startedBefore === undefined || instance.createdTime < Number(startedBefore)) &&
		(startedAfter === undefined || instance.createdTime > Number(startedAfter))
	);
}

/** What a client meets that pages while processes go on: the oldest of those it asked for come to their end. */
function finishSome(world: World, found: Instance[]): void {
	const { finishPerPage } = world.switches;
	if (finishPerPage === 0) return;
	const running = found.filter((instance) => statusOf(instance) === 'inProgress');
	const oldest = running.sort((a, b) => a.createdTime - b.createdTime).slice(0, finishPerPage);
	for (const instance of oldest) instance.completedTime = world.now();
}

function nameMatches(world: World, name: string, wanted: string): boolean {
	return world.switches.nameMatch === 'exact' ? name === wanted : name.includes(wanted);
}

function viewRow(instance: Instance): Record<string, string> {
	return { id: instance.id, name: instance.name, processStatus: statusOf(instance) };
}

function filtersOf(columns: NonNullable<ViewQuery['columns']>): Array<(instance: Instance) => boolean> {
	return columns.map(({ id, filter }) => {
		const found = COLUMNS.find((one) => one['id'] === id);
		if (!found) throw new EnosError('bpm', 33404);
		return (instance) => !filter || (viewRow(instance)[String(found['bindProperty'])] ?? '').includes(filter);
	});
}
