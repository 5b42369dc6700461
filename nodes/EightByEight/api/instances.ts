import { sentParts } from '../../core/queries/criteria';
import type { Criterion } from '../../core/queries/criteria';
import type { Display } from '../../core/queries/display';
import type { ListQuery, OrderingIterator } from '../../core/queries/list';
import { asText } from '../../core/util/json';
import { versionsOf } from './definitions';
import { REQUESTS_IN_FLIGHT, showInstance, NOUN, timeOf } from './instance';
import type { InstanceState } from './instance';
import { newestFirst } from './newestFirst';

/**
 * What "List instances" can be asked for, besides the definition. Times in epoch milliseconds, whole hundredths of
 * a second, both ends included. Without a version the node asks for all of them.
 */
export interface ListParameters {
	version?: number;
	/** 8x8 takes one in a request. */
	statuses?: readonly InstanceState[];
	startTimeFrom?: number;
	startTimeTo?: number;
}

/** What a Get Many asks for. */
export interface InstanceListQuery extends Display {
	definitionId: string;
	criteria: ReadonlyArray<Criterion<ListParameters>>;
}

/** 8x8 Automation, "List instances", of one definition, over its versions and the wanted statuses. */
export const instanceList: ListQuery<InstanceListQuery, OrderingIterator> = {
	noun: NOUN,
	requestsInFlight: REQUESTS_IN_FLIGHT,
	pages: instancePages,
	idOf: (row) => asText(row['workflowId']),
	sorting: {
		startOf: (row) => timeOf(row['startedAt']),
		isPaged: (order) => order === 'newestFirst',
	},
	show: (row, { definitionId, isSimple }) => showInstance(row, { definitionId, isSimple }),
};

/** The criterion that every list has. The definition is part of the path, so there is no parameter to send. */
export function inDefinition(definitionId: string): Criterion<ListParameters> {
	return {
		displayName: 'Definition',
		sent: {},
		isVague: true,
		passes: (row) => isSameId(asText(row['definitionId']) ?? definitionId, definitionId),
	};
}

/** UUIDs are the same in capitals. */
export function isSameId(one: string, other: string): boolean {
	return one.toLowerCase() === other.toLowerCase();
}

/**
 * The pages of all versions of the definition: without a version 8x8 lists the instances of the latest one only, while
 * those of older ones go on.
 */
export function* instancePages(
	{ definitionId, criteria, isSimple, selection }: InstanceListQuery,
	wanted: number | undefined,
): OrderingIterator {
	const { version, statuses, ...times }: ListParameters = Object.assign(
		{},
		...sentParts(criteria),
	) as ListParameters;
	const versions = version === undefined ? yield* versionsOf(definitionId) : [version];
	const keepsData = selection ? selection.fields.includes('data') : !isSimple;
	const isAny = yield* newestFirst({ definitionId, keepsData, versions, statuses, ...times }, wanted);
	// Nothing is also what 8x8 lists of a definition that does not exist.
	if (!isAny && version !== undefined) yield* versionsOf(definitionId);
	return undefined;
}
