import type { Contract } from '../../core/commands/contract';
import { encodeForUrl } from '../../core/util/url';
import { instancePath, PROCESS_INSTANCES, REQUESTS_IN_FLIGHT, NOUN } from './instance';
import { readTermination, readState } from './responses';

/** What EnOS needs beside the process instance ID. */
export interface TerminateSettings {
	deleteReason: string;
}

/** The query says what is done. Without `action=delete` the same address starts a process. */
export const TERMINATE = `${PROCESS_INSTANCES}?action=delete`;

/**
 * EnOS BPM, "Terminate Process Instance": one POST for each instance. The body's key is the one of the page's table;
 * its sample shows another.
 */
export const terminateContract: Contract<TerminateSettings> = {
	command: 'terminate',
	words: { singular: NOUN.singular, plural: NOUN.plural, participle: 'terminated' },
	targetsPerRequest: 1,
	requestsInFlight: REQUESTS_IN_FLIGHT,
	scopeKey: () => '',
	groupKey: () => '',
	request: ([target]) => ({
		method: 'POST',
		path: terminatePath(target?.id ?? ''),
		body: JSON.stringify({ deleteReason: target?.settings.deleteReason ?? '' }),
		contentType: 'application/json;charset=UTF-8',
	}),
	read: readTermination,
	/** "Get Process Instance". To terminate twice does no harm, so EnOS is asked only in doubt. */
	stateQuery: {
		when: 'inDoubt',
		// An instance that has ended is still there.
		absentMeans: 'notFound',
		targetsPerRequest: 1,
		request: ([target]) => ({
			method: 'GET',
			path: instancePath(target?.id ?? ''),
		}),
		read: ([target], response) => readState(target?.id ?? '', target?.settings.deleteReason, response),
	},
	describe: () => ({}),
};

function terminatePath(id: string): string {
	return `${TERMINATE}&processInstanceId=${encodeForUrl(id)}`;
}
