import type { JsonObject } from '../../core/emulator.ts';
import type { Switches } from './switches.ts';

/**
 * Minutes the portal is ahead of UTC. Its zone has summer time (April to October, roughly), so rows
 * of one list carry two offsets.
 */
function offsetMinutes(ms: number): number {
	const month = new Date(ms).getUTCMonth();
	return month >= 3 && month <= 9 ? 180 : 120;
}

const offsetText = (minutes: number): string => `+${String(minutes / 60).padStart(2, '0')}:00`;

/** An ATOM date in the portal's offset. */
export function atom(ms: number): string {
	const minutes = offsetMinutes(ms);
	return new Date(ms + minutes * 60_000).toISOString().slice(0, 19) + offsetText(minutes);
}

/** The first moment that a portal's own clock writes with five digits for the year, which no database takes. */
const YEAR_10000 = Date.UTC(10_000, 0, 1);

/**
 * Milliseconds of a date in a filter, which the server converts to the portal's own clock; NaN when it cannot be read or
 * falls behind the year 9999 there. Without an offset it is in the portal's time.
 */
export function parseDate(text: string): number {
	const match = /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d(?::\d\d(?:\.\d+)?)?))?(Z|[+-]\d\d:?\d\d)?$/.exec(
		text.trim(),
	);
	if (!match) return Number.NaN;
	const [, day, clock = '00:00:00', zone] = match;
	if (zone) {
		const moment = Date.parse(`${day}T${clock}${zone}`);
		return moment + offsetMinutes(moment) * 60_000 < YEAR_10000 ? moment : Number.NaN;
	}
	const asUtc = Date.parse(`${day}T${clock}Z`);
	return asUtc - offsetMinutes(asUtc) * 60_000;
}

/** What the time block tells of the operating-time budget. */
export interface OperatingReading {
	used: number;
	resetAt: number;
}

function formOf(switches: Switches): 'full' | 'noResetAt' | 'bare' {
	if (switches.timeForm !== 'auto') return switches.timeForm;
	if (switches.operating === 'on') return 'full';
	return switches.edition === 'cloud' ? 'full' : 'bare';
}

/** The `time` block of every success (page "Call response"). */
export function timeBlock(
	switches: Switches,
	times: { start: number; processing: number; finish: number },
	operating: OperatingReading,
): JsonObject {
	const form = formOf(switches);
	const block: JsonObject = {
		start: times.start / 1000,
		finish: times.finish / 1000,
		duration: (times.finish - times.start) / 1000,
		processing: (times.finish - times.processing) / 1000,
		date_start: atom(times.start),
		date_finish: atom(times.finish),
	};
	if (form === 'full') block['operating_reset_at'] = operating.resetAt;
	if (form !== 'bare') block['operating'] = operating.used;
	return block;
}
