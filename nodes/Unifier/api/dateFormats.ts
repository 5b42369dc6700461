import { isDate, MONTHS, possibleOrders, TIME } from './dates';
import type { DateOrder } from './dates';

/** The formats that a user of Unifier can choose from (page "Date Format"), in the order of n8n's menus. */
export const DATE_FORMATS = [
	'D/M/YY',
	'D/M/YYYY',
	'DD-MM-YY',
	'DD-MM-YYYY',
	'DD.MM.YYYY',
	'DD/MM/YY',
	'DD/MM/YYYY',
	'DD/MMM/YYYY',
	'M/D/YY',
	'M/D/YYYY',
	'MM-DD-YY',
	'MM-DD-YYYY',
	'MM/DD/YY',
	'MM/DD/YYYY',
	'MMM/DD/YYYY',
	'YY/M/D',
	'YY/MM/DD',
	'YYYY-MM-DD',
	'YYYY/M/D',
	'YYYY/MM/DD',
	'YYYY/MMM/DD',
] as const;

export type DateFormat = (typeof DATE_FORMATS)[number];

/** Year, month and day of a format. */
const PART = /Y+|M+|D+/g;

/** The order of a format's parts. */
export function orderOf(format: DateFormat): DateOrder {
	if (format.startsWith('Y')) return 'yearFirst';
	return format.startsWith('D') ? 'dayFirst' : 'monthFirst';
}

/** Whether a text is a date in this format, with a time or without. */
export function isInFormat(text: string, format: DateFormat): boolean {
	const shape = format.replace(/\./g, String.raw`\.`).replace(PART, patternOf);
	if (!new RegExp(`^${shape}${TIME}$`, 'i').test(text) || !isDate(text)) return false;
	return possibleOrders([text]).includes(orderOf(format));
}

function patternOf(part: string): string {
	if (part === 'MMM') return '[a-z]{3}';
	return part.startsWith('Y') ? String.raw`\d{${part.length}}` : String.raw`\d{1,2}`;
}

/**
 * A moment as Unifier writes it in this format; midnight without a time. "Date Format": "The time format for all dates is:
 * HH:mm AM".
 *
 * @param millis epoch milliseconds
 * @param zone the time zone to write it in
 */
export function writeDate(millis: number, zone: string, format: DateFormat): string {
	const { year, month, day, hour, minute } = partsOf(millis, zone);
	const date = format.replace(PART, (part) => {
		if (part.startsWith('Y')) return String(year).padStart(4, '0').slice(-part.length);
		if (part === 'MMM') return MONTHS[month - 1] ?? '';
		return String(part.startsWith('M') ? month : day).padStart(part.length, '0');
	});
	if (hour === 0 && minute === 0) return date;
	return `${date} ${twoDigits(hour % 12 || 12)}:${twoDigits(minute)} ${hour < 12 ? 'AM' : 'PM'}`;
}

function twoDigits(number: number): string {
	return String(number).padStart(2, '0');
}

function partsOf(millis: number, zone: string): Record<'year' | 'month' | 'day' | 'hour' | 'minute', number> {
	const numeric = 'numeric';
	const clock = new Intl.DateTimeFormat('en-US', {
		timeZone: zone,
		hourCycle: 'h23',
		year: numeric,
		month: numeric,
		day: numeric,
		hour: numeric,
		minute: numeric,
	});
	const texts = new Map(clock.formatToParts(millis).map(({ type, value }) => [type, value]));
	const numberOf = (type: Intl.DateTimeFormatPartTypes): number => Number(texts.get(type));
	return {
		year: numberOf('year'),
		month: numberOf('month'),
		day: numberOf('day'),
		hour: numberOf('hour'),
		minute: numberOf('minute'),
	};
}
