/**
 * Which part of a date comes first, where the year comes last. Unifier writes and reads dates in the format that is set on
 * the integration user, and does not say which one it is ("Fetch BP Record List" shows both).
 */
export type DateOrder = 'dayFirst' | 'monthFirst';

const ORDERS: readonly DateOrder[] = ['dayFirst', 'monthFirst'];

const TIME = String.raw`(?:[ T]+(\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?(?: ?([AP]M))?)?`;
const YEAR_FIRST = new RegExp(String.raw`^(\d{4})([-/.])(\d{1,2})\2(\d{1,2})${TIME}$`, 'i');
const YEAR_LAST = new RegExp(String.raw`^(\d{1,2})([-/.])(\d{1,2})\2(\d{4})${TIME}$`, 'i');

/** The day of a date and the milliseconds of its time; without a time it stands for the whole day. */
interface Moment {
	day: number;
	timeMs: number | undefined;
}

const DAY_MS = 86_400_000;

/** Whether a text is a date in some order of its parts. */
export function isDate(text: string): boolean {
	return ORDERS.some((order) => read(text, order) !== undefined);
}

/** The orders in which all these texts are dates. Texts that are not dates do not count. */
export function possibleOrders(texts: readonly string[]): DateOrder[] {
	const dates = texts.filter(isDate);
	return ORDERS.filter((order) => dates.every((text) => read(text, order) !== undefined));
}

/**
 * Whether a date lies between two others, both included; a last day without a time is included as a whole. All three are
 * in the same time zone, that of the integration user. False if a text is not a date in this order.
 */
export function isBetween(text: string, from: string, to: string, order: DateOrder): boolean {
	const [at, first, last] = [text, from, to].map((one) => read(one, order));
	if (!at || !first || !last) return false;
	const moment = at.day + (at.timeMs ?? 0);
	return moment >= first.day + (first.timeMs ?? 0) && moment <= last.day + (last.timeMs ?? DAY_MS - 1);
}

function read(text: string, order: DateOrder): Moment | undefined {
	const trimmed = text.trim();
	const yearFirst = YEAR_FIRST.exec(trimmed);
	if (yearFirst) {
		const [, year, , month, day, ...time] = yearFirst;
		return momentOf(year, month, day, time);
	}
	const [, one, , other, year, ...time] = YEAR_LAST.exec(trimmed) ?? [];
	return order === 'dayFirst' ? momentOf(year, other, one, time) : momentOf(year, one, other, time);
}

type Part = string | undefined;

/** Undefined for a day or a time that does not exist. */
function momentOf(year: Part, month: Part, day: Part, time: readonly Part[]): Moment | undefined {
	const date = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)));
	if (date.getUTCMonth() !== Number(month) - 1 || date.getUTCDate() !== Number(day)) return undefined;
	const [hours, minutes, seconds = '0', half] = time;
	if (hours === undefined) return { day: date.getTime(), timeMs: undefined };
	const hour = half === undefined ? Number(hours) : hourOf(Number(hours), half);
	if (hour === undefined || hour > 23 || Number(minutes) > 59 || Number(seconds) > 59) return undefined;
	return { day: date.getTime(), timeMs: ((hour * 60 + Number(minutes)) * 60 + Number(seconds)) * 1000 };
}

function hourOf(hour: number, half: string): number | undefined {
	if (hour < 1 || hour > 12) return undefined;
	return (hour % 12) + (half.toUpperCase() === 'PM' ? 12 : 0);
}
