import { found } from '../../core/http/readResult';
import type { QueryError } from '../../core/http/readResult';
import type { BatchLookup, LookupAnswer } from '../../core/queries/lookup';
import { INSTANCE_FIELDS, NOUN, showInstance, stuckBefore } from './instance';
import type { DisplayOptions } from './instance';
import { COMMANDS_PER_BATCH, ratesFor } from './requests';
import { readByIds, requestByIds } from './runningById';
import type { RunningReport } from './runningById';
import { templateNames } from './templates';
import { doubtAboutWorkflowId } from './workflowId';

/**
 * Running workflows by their IDs. A workflow that has ended is no longer listed, and no method of Bitrix24 reads it.
 */
export const instanceLookup: BatchLookup<DisplayOptions> = {
	noun: NOUN,
	requestsInFlight: 1,
	rates: ratesFor(undefined),
	idsPerRequest: COMMANDS_PER_BATCH,
	// How a workflow is shown does not change what is asked for.
	groupKey: () => '',
	request: (ids) => requestByIds(ids, INSTANCE_FIELDS),
	read: (ids, _query, response) => {
		const result = readByIds(ids, response);
		if (result.kind !== 'found') return result;
		return found(ids.map((id, index) => answerFor(id, result.value[index] ?? {})));
	},
	names: templateNames,
	show: (row, { now, isSimple }) => showInstance(row, isSimple, stuckBefore(now)),
};

const UNCLEAR: QueryError = {
	reason: 'the response does not say whether it is running',
	hint: 'Bitrix24 may have listed other workflows instead. Run the node again, or look for the workflow with Get Many.',
};

function answerFor(id: string, report: RunningReport): LookupAnswer {
	if ('row' in report) return report;
	if ('isAbsent' in report) return { error: notRunning(id) };
	return { error: report.error ?? UNCLEAR };
}

function notRunning(id: string): QueryError {
	const advice = doubtAboutWorkflowId(id) ?? 'If this one should be running, check its ID';
	return {
		reason: 'it is not running, and Bitrix24 does not say whether it has ended or never existed',
		hint: `Bitrix24 returns running workflows only. ${advice}.`,
		notFound: true,
	};
}
