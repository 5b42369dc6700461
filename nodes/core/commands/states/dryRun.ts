import type { ApiRequest } from '../../http/messages';
import type { TargetState, StateReport, Verdict } from '../contract';
import type { CommandWords } from '../vocabulary';

/** The verdict of a dry run: the request that would be sent, and the target's state where the vendor can be asked. */
export function dryRunVerdict(
	{ method, path, body }: ApiRequest,
	sharedWith: string | undefined,
	report: StateReport | undefined,
	{ change }: CommandWords,
): Verdict {
	// The body names all targets of the request; once is enough, or ten thousand of them would fill the memory.
	const request =
		sharedWith === undefined
			? { method, path, ...(body !== undefined && { body }) }
			: { method, path, sharedWith };
	if (!report) return { outcome: 'dryRun', extra: { request } };
	const { state, vendorState } = report;
	const reason = state === undefined ? unread(report) : explain(state, change);
	return {
		outcome: 'dryRun',
		...(reason !== undefined && { reason }),
		...(report.error?.hint !== undefined && { hint: report.error.hint }),
		extra: {
			request,
			standing: state ?? 'unknown',
			...(vendorState !== undefined && { state: vendorState }),
		},
	};
}

function explain(state: TargetState, change: CommandWords['change']): string | undefined {
	switch (state) {
		case 'running':
			return undefined;
		case 'inState':
			return `it is ${change?.to ?? 'so'} already, so nothing would change`;
		case 'ended':
			return 'it has ended already, so nothing would change';
		case 'absent':
			return `the vendor has none with this ID${change ? '' : ' that runs'}, so nothing would change`;
	}
}

/** A vendor's word that means nothing here may still mean something to the user. */
function unread({ vendorState, error }: StateReport): string | undefined {
	if (vendorState !== undefined) return undefined;
	return `its state could not be read${error ? `, because ${error.reason}` : ''}`;
}
