import type { Contract } from '../../termination/contract';
import type { Target } from '../../termination/target';
import { readAnswer } from './answers';
import { ratesFor } from './rates';
import { COMMANDS_PER_BATCH, batch, call, command, isChangedInBatch } from './requests';
import { runningList } from './runningList';

const METHOD = 'bizproc.workflow.terminate';

/** What Bitrix24 takes beside the workflow ID. */
export interface TerminateSettings {
	/** Shown as the status of the workflow; '' leaves the text to Bitrix24. */
	statusText: string;
}

/**
 * Page "bizproc.workflow.terminate", one call for one workflow, a batch for several. All requests of one address count
 * together at Bitrix24, which asks not to send them side by side (page "Limits").
 */
export const terminateContract: Contract<TerminateSettings> = {
	command: 'terminate',
	words: { singular: 'workflow', plural: 'workflows', participle: 'terminated' },
	targetsPerRequest: COMMANDS_PER_BATCH,
	requestsInFlight: 1,
	rates: ratesFor,
	groupKey: ({ settings }) => settings.statusText,
	travelsAlone: ({ id, settings }) => isChangedInBatch(settings.statusText) || isChangedInBatch(id),
	request: (targets) => {
		const [first] = targets;
		if (first && targets.length === 1) return call(METHOD, Object.fromEntries(parametersOf(first)));
		return batch(targets.map((target) => command(METHOD, parametersOf(target))));
	},
	read: (targets, response) => readAnswer(targets, response, 'terminated'),
	inquiry: runningList,
	describe: () => ({}),
};

function parametersOf({ id, settings }: Target<TerminateSettings>): Array<[string, string]> {
	return settings.statusText === ''
		? [['ID', id]]
		: [
				['ID', id],
				['STATUS', settings.statusText],
			];
}
