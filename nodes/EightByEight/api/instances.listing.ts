import type { Check, Listing } from '../../core/queries/list';
import { asText } from '../../core/http/messages';
import { REQUESTS_IN_FLIGHT, THINGS } from './instance';
import { instancesWalk } from './instances';
import type { InstanceQuery } from './instances';
import { showInstance } from './shownInstance';
import { timeOf } from './times';

/** The labels of the filters. */
export const FILTER = {
	startTimeFrom: 'Start Time From',
	startTimeTo: 'Start Time To',
	status: 'Status',
	version: 'Version',
} as const;

/** 8x8 Automation, "List instances", of one definition: the latest version first, and of each the newest first. */
export const instancesListing: Listing<InstanceQuery> = {
	things: THINGS,
	requestsInFlight: REQUESTS_IN_FLIGHT,
	walk: instancesWalk,
	idOf: (row) => asText(row['workflowId']),
	checks: checksOf,
	show: (row, { definitionId, isSimple }) => showInstance(row, { definitionId, isSimple }),
};

function checksOf({ definitionId, version, status, startTimeFrom, startTimeTo }: InstanceQuery): Check[] {
	const checks: Check[] = [
		{
			displayName: 'Definition',
			isSent: true,
			passes: (row) => isSameId(asText(row['definitionId']) ?? definitionId, definitionId),
		},
	];
	if (version !== undefined) {
		checks.push({ displayName: FILTER.version, isSent: true, passes: (row) => row['version'] === version });
	}
	if (status !== undefined) {
		checks.push({ displayName: FILTER.status, isSent: true, passes: (row) => row['status'] === status });
	}
	if (startTimeFrom !== undefined) {
		checks.push({
			displayName: FILTER.startTimeFrom,
			isSent: true,
			passes: (row) => (timeOf(row['startedAt']) ?? -Infinity) >= startTimeFrom,
		});
	}
	if (startTimeTo !== undefined) {
		checks.push({
			displayName: FILTER.startTimeTo,
			isSent: true,
			passes: (row) => (timeOf(row['startedAt']) ?? Infinity) <= startTimeTo,
		});
	}
	return checks;
}

/** UUIDs are the same in capitals. */
function isSameId(one: string, other: string): boolean {
	return one.toLowerCase() === other.toLowerCase();
}
