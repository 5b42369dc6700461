import type { ApiRequest } from '../../http/messages';
import { omit } from '../../util/omit';
import type { StateQuery, StateReport, Verdict } from '../contract';
import type { CommandWords } from '../vocabulary';
import { stateBefore } from './inDoubt';

/**
 * The verdict of a dry run: what the command would make of the target by its state, as far as reading can tell. Where it
 * would be sent, `request` makes the request for this target alone, which is shown last.
 *
 * @param report undefined where the vendor cannot be asked
 */
export function dryRunVerdict(
	report: StateReport | undefined,
	stateQuery: Pick<StateQuery<never>, 'when' | 'absentMeans'> | undefined,
	words: CommandWords,
	request: () => ApiRequest,
): Verdict {
	if (!report || !stateQuery) return { outcome: 'dryRun', extra: { request: shown(request()) } };
	const { state, vendorState } = report;
	const seen = { currentState: state ?? 'unknown', ...(vendorState !== undefined && { vendorState }) };
	// Where the vendor is not asked before the command, that goes whatever the state is.
	const isSentBlindly = state === undefined && stateQuery.when !== 'first';
	const kept = isSentBlindly ? undefined : stateBefore(report, stateQuery.absentMeans, words);
	if (kept) {
		// The state is shown in its own field.
		const verdict = omit(kept, 'alreadyInState');
		return { ...verdict, extra: { ...seen, ...verdict.extra } };
	}
	if (report.refusal) return { outcome: 'failed', ...report.refusal, extra: seen };
	return {
		outcome: 'dryRun',
		...(isSentBlindly && { reason: unread(report) }),
		extra: { ...seen, request: shown(request()) },
	};
}

function shown({ method, path, body }: ApiRequest): Pick<ApiRequest, 'method' | 'path' | 'body'> {
	return { method, path, ...(body !== undefined && { body }) };
}

/** Of a success only the message is shown, so it has to say which right is missing. */
function unread({ vendorState, error, isRefused }: StateReport): string {
	if (vendorState !== undefined) return 'its state does not show whether it has ended';
	if (!error) return 'its state could not be read';
	const remedy = isRefused && error.hint !== undefined ? `. ${error.hint.replace(/\.$/, '')}` : '';
	return `its state could not be read because ${error.reason}${remedy}`;
}
