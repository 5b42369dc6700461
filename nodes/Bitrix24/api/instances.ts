import { sentParts } from '../../core/queries/criteria';
import type { Criterion } from '../../core/queries/criteria';
import type { ListQuery } from '../../core/queries/list';
import { paginateByOffset } from '../../core/queries/pagination';
import type { SortOrder } from '../../core/queries/sorting';
import { INSTANCES, INSTANCE_FIELDS, NOUN, idOf, showInstance, stuckBefore, timeOf } from './instance';
import type { DisplayOptions } from './instance';
import { PAGE_SIZE, pageRequest } from './pages';
import { COMMANDS_PER_BATCH, isChangedInBatch, ratesFor } from './requests';
import { templateNames } from './templates';

/**
 * What one criterion adds to the parameter FILTER: values by operator and field, such as `>=STARTED`, the
 * field in upper case.
 */
export type SentFilter = Readonly<Record<string, string>>;

/** What a list of running workflows is asked for. */
export interface InstanceQuery extends DisplayOptions {
	criteria: ReadonlyArray<Criterion<SentFilter>>;
	sort?: SortOrder;
}

/** By start; the ID separates those that started in the same second (page "bizproc.workflow.instances", ORDER). */
const OLDEST_FIRST = { STARTED: 'ASC', ID: 'ASC' } as const;
const NEWEST_FIRST = { STARTED: 'DESC', ID: 'DESC' } as const;

/**
 * Running workflows, in the order of their IDs, which is that of their start (page
 * "bizproc.workflow.instances").
 */
export const instanceList: ListQuery<InstanceQuery> = {
	noun: NOUN,
	requestsInFlight: 1,
	rates: ratesFor(undefined),
	pages: ({ criteria, sort }, wanted) => {
		const filter = filterOf(criteria);
		const isNewestFirst = sort === 'newestFirst' && wanted !== undefined;
		return paginateByOffset({
			pageSize: PAGE_SIZE,
			pagesPerRequest: Object.values(filter).some(isChangedInBatch) ? 1 : COMMANDS_PER_BATCH,
			wanted,
			// New ones come first.
			growsAnywhere: isNewestFirst,
			request: (pages) =>
				pageRequest({
					method: INSTANCES,
					plural: NOUN.plural,
					select: INSTANCE_FIELDS,
					filter,
					order: isNewestFirst ? NEWEST_FIRST : sort === 'oldestFirst' ? OLDEST_FIRST : { ID: 'ASC' },
					starts: pages.map((page) => page * PAGE_SIZE),
				}),
		});
	},
	idOf,
	names: templateNames,
	sorting: { startOf: (row) => timeOf(row, 'STARTED'), isPaged: () => true },
	show: (row, { now, isSimple }) => showInstance(row, isSimple, stuckBefore(now)),
};

/** The conditions of all criteria together: Bitrix24 lists what meets each of them. */
function filterOf(criteria: InstanceQuery['criteria']): SentFilter {
	return Object.assign({}, ...sentParts(criteria)) as SentFilter;
}
