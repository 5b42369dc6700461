import type { Standing, StandingReport, Verdict } from './contract';
import type { Words } from './vocabulary';
import type { WireRequest } from '../http/messages';

/** The verdict of a dry run: the request that would be sent, and how the target stands where the vendor can be asked. */
export function previewOf(
	{ method, path, body }: WireRequest,
	sharedWith: string | undefined,
	report: StandingReport | undefined,
	{ change }: Words,
): Verdict {
	// The body names all targets of the request; once is enough, or ten thousand of them would fill the memory.
	const request =
		sharedWith === undefined
			? { method, path, ...(body !== undefined && { body }) }
			: { method, path, sharedWith };
	if (!report) return { outcome: 'dryRun', extra: { request } };
	const { standing, state } = report;
	const reason = standing === undefined ? unread(state) : said(standing, change);
	return {
		outcome: 'dryRun',
		...(reason !== undefined && { reason }),
		extra: { request, standing: standing ?? 'unknown', ...(state !== undefined && { state }) },
	};
}

function said(standing: Standing, change: Words['change']): string | undefined {
	switch (standing) {
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

/** A word of the vendor's that says nothing here may still tell the user something. */
function unread(state: string | undefined): string | undefined {
	return state === undefined ? 'its state could not be read' : undefined;
}
