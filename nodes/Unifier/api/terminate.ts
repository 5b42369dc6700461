import type { Contract } from '../../core/commands/contract';
import type { RecordSettings } from './record';
import { recordState } from './recordState';
import { readTerminateResponse } from './terminateResponse';

/** The service of "Terminate Workflow and Non-Workflow BP Records". */
export const TERMINATE_PATH = '/ws/rest/service/v2/bp/record/terminate';

/** Code 12753 of that page: "You can terminate a maximum of 10,000 records at a time." */
export const RECORDS_PER_REQUEST = 10_000;

/**
 * Unifier, "Terminate Workflow and Non-Workflow BP Records": one PUT for up to 10,000 records of one business process in
 * one project. The page contradicts itself about the default of `override_rule`, so it is always sent.
 */
export const terminateContract: Contract<RecordSettings> = {
	command: 'terminate',
	words: { singular: 'BP record', plural: 'BP records', participle: 'terminated' },
	targetsPerRequest: RECORDS_PER_REQUEST,
	requestsInFlight: 1,
	hasCommandLane: true,
	splitsOnTimeout: true,
	scopeKey: ({ settings: { bpName, projectNumber } }) => JSON.stringify([bpName, projectNumber]),
	mergeSettings: (first, { applyRules }) => ({ ...first, applyRules: first.applyRules || applyRules }),
	groupKey: ({ settings: { bpName, projectNumber, applyRules } }) =>
		JSON.stringify([bpName, projectNumber, applyRules]),
	request: (targets) => {
		const { bpName = '', projectNumber = '', applyRules = true } = targets[0]?.settings ?? {};
		return {
			method: 'PUT',
			path: TERMINATE_PATH,
			body: JSON.stringify({
				options: { bpname: bpName, ...(projectNumber !== '' && { project_number: projectNumber }) },
				data: [{ record_no: targets.map(({ id }) => id), override_rule: applyRules ? 'No' : 'Yes' }],
			}),
		};
	},
	read: (targets, response) =>
		readTerminateResponse(
			targets.map(({ id }) => id),
			response,
		),
	stateQuery: recordState,
	keepsEnded: true,
	describe: ({ settings: { bpName, projectNumber } }) => ({ bpName, projectNumber }),
};
