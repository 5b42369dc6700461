import type { StateReport } from '../../../nodes/core/commands/contract';
import type { ReadResult } from '../../../nodes/core/http/readResult';

/** The reports in the answer to a question about states; or why there are none, `failed for all` where the run stops. */
export function saidBy(result: ReadResult<StateReport[]> | undefined): StateReport[] | string | undefined {
	if (result?.kind !== 'failed') return result?.kind === 'found' ? result.value : result?.kind;
	return result.error.stopsRun ? 'failed for all' : 'failed';
}
