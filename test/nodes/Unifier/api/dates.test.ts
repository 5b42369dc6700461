import { DATE_FORMATS, isInFormat, orderOf, writeDate } from '../../../../nodes/Unifier/api/dateFormats';
import {
	isAfter,
	isBackwards,
	isBefore,
	isBetween,
	isDate,
	possibleOrders,
} from '../../../../nodes/Unifier/api/dates';

const MARCH_5 = Date.UTC(2024, 2, 5);
const AT_20_08 = Date.UTC(2024, 2, 5, 20, 8, 59);

describe('the 21 formats of "Date Format"', () => {
	it.each([
		['MM/DD/YYYY', '03/05/2024'],
		['DD/MM/YYYY', '05/03/2024'],
		['MM/DD/YY', '03/05/24'],
		['DD/MM/YY', '05/03/24'],
		['MM-DD-YYYY', '03-05-2024'],
		['DD-MM-YYYY', '05-03-2024'],
		['MM-DD-YY', '03-05-24'],
		['DD-MM-YY', '05-03-24'],
		['DD.MM.YYYY', '05.03.2024'],
		['YYYY-MM-DD', '2024-03-05'],
		['MMM/DD/YYYY', 'Mar/05/2024'],
		['DD/MMM/YYYY', '05/Mar/2024'],
		['YYYY/MMM/DD', '2024/Mar/05'],
		['M/D/YYYY', '3/5/2024'],
		['M/D/YY', '3/5/24'],
		['D/M/YYYY', '5/3/2024'],
		['D/M/YY', '5/3/24'],
		['YY/M/D', '24/3/5'],
		['YYYY/M/D', '2024/3/5'],
		['YY/MM/DD', '24/03/05'],
		['YYYY/MM/DD', '2024/03/05'],
	] as const)('%s: %s is written, and read again', (format, text) => {
		const order = orderOf(format);
		expect(writeDate(MARCH_5, 'UTC', format)).toBe(text);
		expect(writeDate(AT_20_08, 'UTC', format)).toBe(`${text} 08:08 PM`);
		for (const written of [text, `${text} 08:08 PM`]) {
			expect(isInFormat(written, format)).toBe(true);
			expect(isDate(written)).toBe(true);
			expect(isBetween(written, text, text, order)).toBe(true);
		}
		expect(isBetween(writeDate(MARCH_5 + 86_400_000, 'UTC', format), text, text, order)).toBe(false);
	});

	it('are all there', () => expect(new Set(DATE_FORMATS).size).toBe(21));

	it('are written in the zone of the workflow, twelve hours twice', () => {
		expect(writeDate(Date.UTC(2024, 11, 31, 23, 30), 'Europe/Berlin', 'DD/MM/YYYY')).toBe(
			'01/01/2025 12:30 AM',
		);
		expect(writeDate(Date.UTC(2024, 11, 31, 12), 'UTC', 'D/M/YY')).toBe('31/12/24 12:00 PM');
		expect(writeDate(Date.UTC(2024, 11, 31, 0, 0, 7), 'UTC', 'D/M/YY')).toBe('31/12/24');
	});

	it.each<[string, (typeof DATE_FORMATS)[number]]>([
		['2024-03-05', 'DD/MM/YYYY'],
		['05-03-2024', 'DD/MM/YYYY'],
		['05/03/24', 'DD/MM/YYYY'],
		['05/03/2024', 'MMM/DD/YYYY'],
		['15/13/2024', 'DD/MM/YYYY'],
		['05/13/2024', 'DD/MM/YYYY'],
		['05/03/2024T10:00', 'MM/DD/YY'],
	])('%s is not in %s', (text, format) => expect(isInFormat(text, format)).toBe(false));
});

describe('what is a date', () => {
	it.each([
		// Samples of "Get BP Record", "Fetch BP Record List" and the token services.
		'2018/04/23 11:06',
		'12-07-2017 07:54:00',
		'20-07-2018',
		'05/18/2021 11:44 AM',
		'30/09/2023 08:20 PM',
		'2024-02-29',
		'2018-04-23T11:06:00',
		'2018-04-23 11:06:00.0',
		' 1.2.2024 ',
		'20-07-18',
		'18/7/20',
		'Apr/23/2018 11:06 AM',
		'23/aPR/2018',
		'2018-Apr-23',
	])('%s is one', (text) => expect(isDate(text)).toBe(true));

	it.each([
		'',
		'12',
		'20-07-182',
		'2-7-8',
		'Apr/23/18',
		'Apr/Apr/2018',
		'Abc/23/2018',
		'23/Apr/Apr',
		'2018/13/01',
		'2023-02-29',
		'30/02/2024',
		'13/13/2024',
		'00/01/2024',
		'2018/04-23',
		'2018/04/23 24:00',
		'2018/04/23 11:60',
		'2018/04/23 11:06:60',
		'2018/04/23 13:06 PM',
		'2018/04/23 0:06 AM',
		'2018/04/23 11:06 and more',
		'before 2018/04/23',
		// Whose zone is not the integration user's.
		'2018-04-23T11:06:00Z',
	])('%p is none', (text) => expect(isDate(text)).toBe(false));
});

describe('the order of day and month', () => {
	it.each<[string[], string[]]>([
		[
			['01/02/2024', '03/04/2024'],
			['dayFirst', 'monthFirst'],
		],
		[['01/02/2024', '13/04/2024'], ['dayFirst']],
		[['01/02/2024', '04/13/2024'], ['monthFirst']],
		[
			['2024/01/31', '01/02/2024'],
			['dayFirst', 'monthFirst'],
		],
		[['13/04/2024', '04/13/2024'], []],
		[['no date', '', '04/13/2024'], ['monthFirst']],
		[[], ['dayFirst', 'monthFirst', 'yearFirst']],
		[['01/02/03'], ['dayFirst', 'monthFirst', 'yearFirst']],
		[['01/02/03', '31/02/03'], ['yearFirst']],
		[['01/02/03', '99/02/03'], ['yearFirst']],
		[
			['01/02/03', '01/02/2003'],
			['dayFirst', 'monthFirst'],
		],
		[['Apr/23/2018', '99/01/31'], ['yearFirst']],
		[['01/31/03'], ['monthFirst']],
		// The names of months show the order by themselves.
		[
			['05/Mar/2024', 'Mar/05/2024', '2024/Mar/05'],
			['dayFirst', 'monthFirst', 'yearFirst'],
		],
	])('of %p is %p', (texts, orders) => expect(possibleOrders(texts)).toEqual(orders));
});

describe('between two dates', () => {
	const between = (text: string, order: 'dayFirst' | 'monthFirst' = 'dayFirst'): boolean | undefined =>
		isBetween(text, '05/03/2024', '07/03/2024', order);

	it.each<[string, boolean]>([
		['04/03/2024', false],
		['04/03/2024 11:59 PM', false],
		['05/03/2024', true],
		['05/03/2024 00:00', true],
		['05/03/2024 12:00 AM', true],
		['2024-03-06', true],
		['07/03/2024', true],
		['07/03/2024 23:59:59', true],
		['08/03/2024 00:00', false],
		['06/03/2023', false],
	])('%s: %p', (text, is) => expect(between(text)).toBe(is));

	it('of what is no date is not known', () => expect(between('no date')).toBeUndefined());

	it('depends on the order', () => {
		expect([between('06/12/2024', 'dayFirst'), between('06/12/2024', 'monthFirst')]).toEqual([false, true]);
	});

	it.each<[string, boolean]>([
		['2024-03-05 12:29', false],
		['2024-03-05 12:30 PM', true],
		['2024-03-05 12:30 AM', false],
		['2024-03-05 1:00 pm', true],
		['2024-03-05 13:15:00', true],
		['2024-03-05 13:15:01', false],
	])('and on the time of day: %s: %p', (text, is) => {
		expect(isBetween(text, '2024-03-05 12:30', '2024-03-05 13:15', 'monthFirst')).toBe(is);
	});
});

describe('before and after', () => {
	it.each<[string, string, boolean, boolean]>([
		['04/03/2024', '05/03/2024', true, false],
		['04/03/2024 23:59:59', '05/03/2024', true, false],
		['05/03/2024', '05/03/2024', false, false],
		['05/03/2024 00:00', '05/03/2024', false, false],
		['05/03/2024 23:59', '05/03/2024', false, false],
		['06/03/2024', '05/03/2024', false, true],
		// A day without a time has to lie before as a whole.
		['05/03/2024', '05/03/2024 12:00', false, false],
		['05/03/2024 11:59', '05/03/2024 12:00', true, false],
		['05/03/2024 12:00', '05/03/2024 12:00', false, false],
		['05/03/2024 12:01', '05/03/2024 12:00', false, true],
		['31/12/99', '01/01/00', true, false],
		['31/12/69', '01/01/70', false, true],
	])('%s, seen from %s: %p, %p', (text, value, before, after) => {
		expect([isBefore(text, value, 'dayFirst'), isAfter(text, value, 'dayFirst')]).toEqual([before, after]);
	});

	it('are not known of what is no date in this order', () => {
		expect(isBefore('soon', '05/03/2024', 'dayFirst')).toBeUndefined();
		expect(isAfter('04/13/2024', '05/03/2024', 'dayFirst')).toBeUndefined();
	});
});

it.each<[string, string, boolean]>([
	['05/03/2024', '05/03/2024', false],
	['05/03/2024 12:00', '05/03/2024', false],
	['06/03/2024', '05/03/2024', true],
	['05/03/2024 12:00', '05/03/2024 11:00', true],
])('from %s to %s is backwards: %p', (from, to, is) => expect(isBackwards(from, to, 'dayFirst')).toBe(is));
