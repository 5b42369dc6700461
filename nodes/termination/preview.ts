import type { StandingReport, Verdict } from './contract';
import type { WireRequest } from './wire';

/** The verdict of a dry run: the request that would be sent, and how the target stands where the vendor can be asked. */
export function previewOf(
	{ method, path, body }: WireRequest,
	sharedWith: string | undefined,
	report: StandingReport | undefined,
): Verdict {
	// The body names all targets of the request; once is enough, or ten thousand of them would fill the memory.
	const request =
		sharedWith === undefined
			? { method, path, ...(body !== undefined && { body }) }
			: { method, path, sharedWith };
	if (!report) return { outcome: 'dryRun', extra: { request } };
	const { standing, state } = report;
	const reason = standing === undefined ? unread(state) : SAID[standing];
	return {
		outcome: 'dryRun',
		...(reason !== undefined && { reason }),
		extra: { request, standing: standing ?? 'unknown', ...(state !== undefined && { state }) },
	};
}

const SAID = {
	running: undefined,
	ended: 'it has ended already, so nothing would change',
	absent: 'the vendor has none with this ID that runs, so nothing would change',
} as const;

/** A word of the vendor's that says nothing here may still tell the user something. */
function unread(state: string | undefined): string | undefined {
	return state === undefined ? 'its state could not be read' : undefined;
}
