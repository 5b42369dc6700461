import { isBetween, isDate, possibleOrders } from '../../../../nodes/Unifier/api/dates';

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
	])('%s is one', (text) => expect(isDate(text)).toBe(true));

	it.each([
		'',
		'12',
		'20-07-18',
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
		[[], ['dayFirst', 'monthFirst']],
	])('of %p is %p', (texts, orders) => expect(possibleOrders(texts)).toEqual(orders));
});

describe('between two dates', () => {
	const between = (text: string, order: 'dayFirst' | 'monthFirst' = 'dayFirst'): boolean =>
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
		['no date', false],
	])('%s: %p', (text, is) => expect(between(text)).toBe(is));

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
