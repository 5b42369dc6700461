import fc from 'fast-check';

import { backoffMs, retryAfterMs } from '../../../../nodes/core/http/backoff';
import { MAX_WAIT_MS } from '../../../../nodes/core/http/limits';

describe('backOffMs', () => {
	it.each([
		[1, 0, 1_000],
		[2, 0, 2_000],
		[3, 0, 4_000],
		[4, 0, 8_000],
		[1, 0.5, 1_250],
		[4, 0.999_999, 12_000],
		[0, 0, 1_000],
		[8, 0, 120_000],
		[1_000, 0.9, 120_000],
	])('waits after attempt %d with chance %d for %d ms', (attempt, chance, waitMs) => {
		expect(backoffMs(attempt, chance)).toBe(waitMs);
	});

	it('grows with each attempt up to two minutes, whatever chance does', () => {
		fc.assert(
			fc.property(
				fc.integer({ min: 1, max: 60 }),
				fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
				(n, chance) => {
					const wait = backoffMs(n, chance);
					expect(wait).toBeGreaterThanOrEqual(Math.min(MAX_WAIT_MS, 1_000 * 2 ** (n - 1)));
					expect(wait).toBeLessThanOrEqual(Math.min(MAX_WAIT_MS, 1_500 * 2 ** (n - 1)));
					expect(Number.isInteger(wait)).toBe(true);
				},
			),
		);
	});
});

describe('retryAfterMs', () => {
	const NOW = Date.UTC(2030, 0, 6, 12, 0, 0);
	const read = (value: string) =>
		retryAfterMs({ status: 503, headers: { 'retry-after': value }, text: '' }, NOW);

	it.each([
		['5', 5_000],
		[' 7 ', 7_000],
		['0', 0],
		['0.5', 500],
		['1.2345', 1_235],
		['86400', 86_400_000],
		['Sun, 06 Jan 2030 12:00:30 GMT', 30_000],
		['Sunday, 06-Jan-30 12:00:30 GMT', 30_000],
		['2030-01-06T12:00:02Z', 2_000],
		['Sun, 06 Jan 2030 11:59:59 GMT', 0],
		['Thu, 01 Jan 1970 00:00:00 GMT', 0],
	])('reads %j as %d ms', (value, waitMs) => {
		expect(read(value)).toBe(waitMs);
	});

	it("reads a date against the vendor's own", () => {
		const headers = { 'retry-after': 'Sun, 06 Jan 2030 12:00:30 GMT', date: 'Sun, 06 Jan 2030 12:00:28 GMT' };
		expect(retryAfterMs({ status: 503, headers, text: '' }, NOW)).toBe(2_000);
		const unclear = { ...headers, date: 'today' };
		expect(retryAfterMs({ status: 503, headers: unclear, text: '' }, NOW)).toBe(30_000);
	});

	// V8 takes several of these for a date, in the past: that would mean not to wait at all.
	it.each([
		'',
		' ',
		'soon',
		'-1',
		'+5',
		'5;',
		'5 s',
		'1,5',
		'1 2',
		'retry 5',
		'0x10',
		'1e9',
		'NaN',
		'Infinity',
		'25:99',
	])('has no wait for %j', (value) => {
		expect(read(value)).toBeUndefined();
	});

	it('has no wait without the header, or for a number beyond numbers', () => {
		expect(retryAfterMs({ status: 503, headers: {}, text: '' }, NOW)).toBeUndefined();
		expect(read('9'.repeat(400))).toBeUndefined();
	});

	it('gives a number of whole milliseconds, not below zero, or nothing', () => {
		fc.assert(
			fc.property(
				fc.oneof(
					fc.string({ unit: 'binary' }),
					fc.double().map(String),
					fc.date({ noInvalidDate: true }).map(String),
				),
				(value) => {
					const wait = read(value);
					expect(wait === undefined || (Number.isInteger(wait) && wait >= 0)).toBe(true);
				},
			),
		);
	});
});
