import { sentParts } from '../../core/queries/criteria';
import type { Criterion } from '../../core/queries/criteria';
import type { ListQuery } from '../../core/queries/list';
import { paginateByOffset } from '../../core/queries/pagination';
import { INSTANCES, INSTANCE_FIELDS, NOUN, idOf, showInstance, stuckBefore } from './instance';
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
}

/**
 * Running workflows, in the order of their IDs, which is that of their start (page
 * "bizproc.workflow.instances").
 */
export const instanceList: ListQuery<InstanceQuery> = {
	noun: NOUN,
	requestsInFlight: 1,
	rates: ratesFor(undefined),
	pages: ({ criteria }, wanted) => {
		const filter = filterOf(criteria);
		return paginateByOffset({
			pageSize: PAGE_SIZE,
			pagesPerRequest: Object.values(filter).some(isChangedInBatch) ? 1 : COMMANDS_PER_BATCH,
			wanted,
			request: (pages) =>
				pageRequest({
					method: INSTANCES,
					plural: NOUN.plural,
					select: INSTANCE_FIELDS,
					filter,
					order: { ID: 'ASC' },
					starts: pages.map((page) => page * PAGE_SIZE),
				}),
		});
	},
	idOf,
	names: templateNames,
	show: (row, { now, isSimple }) => showInstance(row, isSimple, stuckBefore(now)),
};

/** The conditions of all criteria together: Bitrix24 lists what meets each of them. */
function filterOf(criteria: InstanceQuery['criteria']): SentFilter {
	return Object.assign({}, ...sentParts(criteria)) as SentFilter;
}
