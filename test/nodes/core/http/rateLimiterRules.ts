import type { AdaptiveRange } from '../../../../nodes/core/http/adaptiveLimit';
import { LEAST_WINDOW } from '../../../../nodes/core/http/limits';
import type { RateLimit, RequestsInFlight } from '../../../../nodes/core/http/rateLimiter';
import type { Exchange, Happening } from '../commands/modelVendor';

const SHORTEST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 120_000;
/** What one accepted request may win back of the pace. */
const REGAINED_AT_MOST = 0.1;
/** Sums of fractions are never exact. */
const HAIR = 1e-6;

/** What is wrong with the times of these requests, worked out from the times alone. Empty: nothing. */
export function paceFaults(
	journal: readonly Happening[],
	inFlight: RequestsInFlight,
	rates: readonly RateLimit[],
): string[] {
	return [
		...rates.flatMap((rate) => bucketFaults(journal, rate)),
		...(typeof inFlight === 'number' ? slotFaults(journal, inFlight) : rangeFaults(journal, inFlight)),
		...pauseFaults(journal),
	];
}

function bucketFaults(journal: readonly Happening[], { perSecond, burst }: RateLimit): string[] {
	const faults: string[] = [];
	let tokens = burst;
	let since = 0;
	for (const { what, at } of journal) {
		if (what !== 'start') continue;
		tokens = Math.min(burst, tokens + ((at - since) * perSecond) / 1000) - 1;
		since = at;
		if (tokens < -HAIR) faults.push(`more than ${perSecond} a second after a burst of ${burst} at ${at} ms`);
	}
	return faults;
}

/** No more open than allowed; after each refusal half as many, and slowly more again with what is accepted. */
function slotFaults(journal: readonly Happening[], inFlight: number): string[] {
	const faults: string[] = [];
	let open = 0;
	let share = 1;
	// Who was let in in the same millisecond may not have known of the refusal.
	let best = 1;
	let now = 0;
	for (const one of journal) {
		if (one.at > now) best = share;
		now = one.at;
		if (one.what === 'start') {
			open += 1;
			const most = Math.max(1, Math.floor(inFlight * best));
			if (open > most) faults.push(`${open} open at ${now} ms where ${most} may be`);
		} else if (one.what === 'end') {
			open -= 1;
			const { fate } = one.exchange;
			if (isAnswer(one.exchange) && !(fate.kind === 'limited' && fate.by === 'status')) {
				share = Math.min(1, share + REGAINED_AT_MOST);
			}
			if (isRefusal(one.exchange)) share = Math.max(0.1, share / 2);
			best = Math.max(best, share);
		}
	}
	return faults;
}

/** No more open at first than may be, and never more than the most. */
function rangeFaults(journal: readonly Happening[], { first, most }: AdaptiveRange): string[] {
	const faults: string[] = [];
	let open = 0;
	let answers = 0;
	for (const { what, at } of journal) {
		if (what === 'start') open += 1;
		if (what === 'end') {
			open -= 1;
			answers += 1;
		}
		const allowed = Math.min(most, first + Math.floor(answers / LEAST_WINDOW));
		if (open > allowed) faults.push(`${open} open at ${at} ms where ${allowed} may be`);
	}
	return faults;
}

/** After a refusal nothing leaves for a while. */
function pauseFaults(journal: readonly Happening[]): string[] {
	const faults: string[] = [];
	let from = 0;
	let until = 0;
	for (const one of journal) {
		if (one.what === 'start' && one.at > from && one.at < until)
			faults.push(`a request in the pause at ${one.at} ms`);
		if (one.what === 'end' && isRefusal(one.exchange)) {
			from = one.at;
			until = Math.max(until, one.at + pauseAfter(one.exchange));
		}
	}
	return faults;
}

function pauseAfter({ fate }: Exchange): number {
	const asked = fate.kind === 'limited' ? fate.retryAfter : undefined;
	if (!asked || 'text' in asked) return SHORTEST_PAUSE_MS;
	// A date has no milliseconds.
	return Math.min(LONGEST_PAUSE_MS, Math.max(0, asked.in * 1000 - (asked.as === 'date' ? 1000 : 0)));
}

/** The vendor has said that there are too many requests, and was understood. */
function isRefusal({ kind, fate }: Exchange): boolean {
	return fate.kind === 'limited' && (fate.by === 'status' || kind === 'command');
}

function isAnswer({ fate }: Exchange): boolean {
	return !['lost', 'unreachable', 'brokenOff'].includes(fate.kind);
}
