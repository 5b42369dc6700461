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

/**
 * Milliseconds of a date in a filter; NaN when it cannot be read. Without `converted` the server compares the
 * clock reading as it stands, in the portal's own time, and the offset is lost.
 */
export function parseDate(text: string, converted: boolean): number {
	const match = /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d(?::\d\d(?:\.\d+)?)?))?(Z|[+-]\d\d:?\d\d)?$/.exec(
		text.trim(),
	);
	if (!match) return Number.NaN;
	const [, day, clock = '00:00:00', zone] = match;
	if (zone && converted) return Date.parse(`${day}T${clock}${zone}`);
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
