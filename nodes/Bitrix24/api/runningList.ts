import type { StateQuery, StateReport } from '../../core/commands/contract';
import { found } from '../../core/http/readResult';
import { COMMANDS_PER_BATCH } from './requests';
import { readByIds, requestByIds } from './runningById';
import type { RunningReport } from './runningById';

/** Asks which of the targets are among the running workflows. */
export const runningList: StateQuery<unknown> = {
	when: 'inDoubt',
	absentMeans: 'notRunning',
	targetsPerRequest: COMMANDS_PER_BATCH,
	request: (targets) => requestByIds(idsOf(targets), ['ID']),
	read: (targets, response) => {
		const result = readByIds(idsOf(targets), response);
		return result.kind === 'found' ? found(result.value.map(stateIn)) : result;
	},
};

function idsOf(targets: ReadonlyArray<{ id: string }>): string[] {
	return targets.map(({ id }) => id);
}

function stateIn(report: RunningReport): StateReport {
	if ('row' in report) return { state: 'running' };
	return 'isAbsent' in report ? { state: 'absent' } : report;
}
