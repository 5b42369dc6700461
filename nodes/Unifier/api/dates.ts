/**
 * Which part of a date comes first, if its form leaves that open. Unifier writes and reads dates in the format that is
 * set on the integration user ("Date Format"), and does not say which one it is.
 */
export type DateOrder = 'dayFirst' | 'monthFirst' | 'yearFirst';

const ORDERS: readonly DateOrder[] = ['dayFirst', 'monthFirst', 'yearFirst'];

/** The time behind a date, where there is one. */
export const TIME = String.raw`(?:[ T]+(\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?(?: ?([AP]M))?)?`;

const DATE = new RegExp(String.raw`^(\d{1,4}|[a-z]{3})([-/.])(\d{1,2}|[a-z]{3})\2(\d{1,4})${TIME}$`, 'i');

/** The names of months in the formats with three letters. */
export const MONTHS = [
	'Jan',
	'Feb',
	'Mar',
	'Apr',
	'May',
	'Jun',
	'Jul',
	'Aug',
	'Sep',
	'Oct',
	'Nov',
	'Dec',
] as const;

const MONTH_NUMBERS: ReadonlyMap<string, number> = new Map(
	MONTHS.map((name, index) => [name.toLowerCase(), index + 1]),
);

/** Years of two digits below this one belong to this century (POSIX; Unifier's own rule is not documented). */
const FIRST_OF_LAST_CENTURY = 70;

/** What a date stands for, in milliseconds: without a time, the whole day. */
interface Span {
	first: number;
	last: number;
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
 * in the same time zone, that of the integration user. Undefined if a text is not a date in this order.
 */
export function isBetween(text: string, from: string, to: string, order: DateOrder): boolean | undefined {
	const [at, first, last] = [text, from, to].map((one) => read(one, order));
	return at && first && last ? at.first >= first.first && at.first <= last.last : undefined;
}

/** Whether all of a date lies before another one. Undefined if a text is not a date in this order. */
export function isBefore(text: string, value: string, order: DateOrder): boolean | undefined {
	const [at, end] = [read(text, order), read(value, order)];
	return at && end ? at.last < end.first : undefined;
}

/** Whether a date lies after all of another one. Undefined if a text is not a date in this order. */
export function isAfter(text: string, value: string, order: DateOrder): boolean | undefined {
	return isBefore(value, text, order);
}

/** Whether no moment can lie between these ends. */
export function isBackwards(from: string, to: string, order: DateOrder): boolean {
	return isAfter(from, to, order) === true;
}

function read(text: string, order: DateOrder): Span | undefined {
	let readings = known.get(text);
	if (!readings) {
		if (known.size >= MAX_KNOWN) known.clear();
		readings = readingsOf(text);
		known.set(text, readings);
	}
	return readings[order];
}

/** What a text stands for, by the order in which it can be read. */
type Readings = Readonly<Partial<Record<DateOrder, Span>>>;

/** A long list is looked through several times. */
const known = new Map<string, Readings>();

const MAX_KNOWN = 20_000;

function readingsOf(text: string): Readings {
	const parts = DATE.exec(text.trim());
	if (!parts) return {};
	const [, one = '', , two = '', three = '', ...time] = parts;
	const readings: Partial<Record<DateOrder, Span>> = {};
	for (const order of ORDERS) {
		const [year, month, day] = sorted(one, two, three, order);
		const isNamed = !isDigits(month);
		const monthNumber = isNamed ? MONTH_NUMBERS.get(month.toLowerCase()) : Number(month);
		const span = spanOf(yearOf(year, isNamed), monthNumber, Number(day), time);
		if (span) readings[order] = span;
	}
	return readings;
}

/** Year, month and day. A year of four digits in front and the name of a month show the order by themselves. */
function sorted(one: string, two: string, three: string, order: DateOrder): [string, string, string] {
	if (one.length === 4) return [one, two, three];
	if (!isDigits(one)) return [three, one, two];
	if (!isDigits(two)) return [three, two, one];
	if (order === 'yearFirst') return [one, two, three];
	return order === 'dayFirst' ? [three, two, one] : [three, one, two];
}

function isDigits(text: string): boolean {
	return /^\d/.test(text);
}

/** No format has the name of a month beside a year of two digits. */
function yearOf(text: string, isMonthNamed: boolean): number | undefined {
	if (text.length === 4) return Number(text);
	if (text.length !== 2 || isMonthNamed) return undefined;
	return Number(text) + (Number(text) < FIRST_OF_LAST_CENTURY ? 2000 : 1900);
}

type Part = string | undefined;

/** Undefined for a day or a time that does not exist. */
function spanOf(
	year: number | undefined,
	month: number | undefined,
	day: number,
	[hours, minutes, seconds = '0', half]: readonly Part[],
): Span | undefined {
	if (year === undefined || month === undefined) return undefined;
	const date = new Date(Date.UTC(year, month - 1, day));
	if (date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day) return undefined;
	const start = date.getTime();
	if (hours === undefined) return { first: start, last: start + DAY_MS - 1 };
	const hour = half === undefined ? Number(hours) : hourOf(Number(hours), half);
	if (hour === undefined || hour > 23 || Number(minutes) > 59 || Number(seconds) > 59) return undefined;
	const at = start + ((hour * 60 + Number(minutes)) * 60 + Number(seconds)) * 1000;
	return { first: at, last: at };
}

function hourOf(hour: number, half: string): number | undefined {
	if (hour < 1 || hour > 12) return undefined;
	return (hour % 12) + (half.toUpperCase() === 'PM' ? 12 : 0);
}
