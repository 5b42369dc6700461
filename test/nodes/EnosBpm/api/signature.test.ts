import {
	encryptionOf,
	signatureOf,
	signedHeaders,
	Timestamps,
} from '../../../../nodes/EnosBpm/api/signature';
import { encryptions, signatures } from '../../../fixtures/enos-signatures.json';

describe('the signature', () => {
	it.each(signatures)('gives the known hash of $name', ({ query, sha256, ...signed }) => {
		const pairs = query as Array<[string, string]>;
		expect(signatureOf({ ...signed, query: pairs })).toBe(sha256);
		expect(signatureOf({ ...signed, query: [...pairs].reverse() })).toBe(sha256);
		expect(signatureOf({ ...signed, query: pairs, timestamp: Number(signed.timestamp) })).toBe(sha256);
	});

	it('sorts names by code unit', () => {
		const signed = { accessToken: 't', appSecret: 's', timestamp: 1, body: '' };
		const ordered = signatureOf({
			...signed,
			query: [
				['B', '1'],
				['a', '2'],
				['ä', '3'],
			],
		});
		expect(
			signatureOf({
				...signed,
				query: [
					['ä', '3'],
					['a', '2'],
					['B', '1'],
				],
			}),
		).toBe(ordered);
		expect(ordered).toBe(signatureOf({ ...signed, query: [['B1a2ä3', '']] }));
	});

	it('travels in three headers', () => {
		const signed = { accessToken: 'tok', appSecret: 'sec', timestamp: 5, query: [], body: '' };
		expect(signedHeaders(signed)).toEqual({
			'apim-accesstoken': 'tok',
			'apim-signature': signatureOf(signed),
			'apim-timestamp': '5',
		});
	});
});

it.each(encryptions)(
	'the encryption gives the known hash of $name',
	({ appKey, timestamp, appSecret, sha256 }) => {
		expect(encryptionOf(appKey, timestamp, appSecret)).toBe(sha256);
	},
);

describe('timestamps', () => {
	it('never repeat for an application, even when the clock stands still or goes back a little', () => {
		const clock = [10_000, 10_000, 9_990, 20_000];
		const timestamps = new Timestamps(() => clock.shift() ?? 0);
		expect([1, 2, 3, 4].map(() => timestamps.next('a'))).toEqual([10_000, 10_001, 10_002, 20_000]);
	});

	it('start from now after the clock was set back, and never repeat there either', () => {
		const day = 86_400_000;
		const clock = [day + 5, day + 5, 1000, 1000, 1001, 1002, 2000];
		const timestamps = new Timestamps(() => clock.shift() ?? 0);
		expect(clock.slice().map(() => timestamps.next('a'))).toEqual([
			day + 5,
			day + 6,
			1000,
			1001,
			1002,
			1003,
			2000,
		]);
	});

	it('run ahead of a busy clock for as long as many requests leave within a millisecond', () => {
		const timestamps = new Timestamps(() => 1000);
		const given = Array.from({ length: 900 }, () => timestamps.next('a'));
		expect(new Set(given).size).toBe(900);
		expect(given.at(-1)).toBe(1899);
	});

	it('count for each application apart', () => {
		const timestamps = new Timestamps(() => 1000);
		expect([timestamps.next('a'), timestamps.next('b')]).toEqual([1000, 1000]);
	});
});
