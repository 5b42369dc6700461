import { asObject } from '../../core/http/messages';
import type { Reply } from './replies';

/** The end of the year 9999. Later than that is no time that anybody could name. */
const LAST_SECOND = 253_402_300_799;

/**
 * When the running time that Bitrix24 grants a method has room again, in epoch seconds, as its successful calls say;
 * refusals say nothing about it, and self-hosted portals need not (page "Limits", `operating_reset_at`).
 */
export function latestReset(replies: readonly Reply[]): number | undefined {
	let latest: number | undefined;
	for (const reply of replies) {
		const at = reply.kind === 'result' ? asObject(reply.time)?.['operating_reset_at'] : undefined;
		if (typeof at !== 'number' || !(at > 0 && at <= LAST_SECOND)) continue;
		if (latest === undefined || at > latest) latest = at;
	}
	return latest;
}
