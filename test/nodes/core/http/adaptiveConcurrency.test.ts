import { ADAPTIVE_IN_FLIGHT, LIMIT_MEMORY_MS } from '../../../../nodes/core/http/limits';
import { RateLimitedClient } from '../../../../nodes/core/http/client';
import { HostRateLimiter } from '../../../../nodes/core/http/rateLimiter';
import type { RequestsInFlight } from '../../../../nodes/core/http/rateLimiter';
import type { Transport } from '../../../../nodes/core/http/transport';
import { contract, fault, go, response, scripted, target, withStateQuery, words } from '../commands/scripted';
import { VirtualClock } from '../virtualClock';
import { LoadedVendor, normal } from './loadedVendor';
import type { Arrival, Treatment } from './loadedVendor';

const one = { targetsPerRequest: 1, requestsInFlight: ADAPTIVE_IN_FLIGHT as RequestsInFlight };
const many = (count: number, from = 0) =>
	Array.from({ length: count }, (_, index) => target(String(from + index), 'g', index));

/** A host, the vendor there, and the limit at each arrival. */
function world(treat: (arrival: Arrival) => Treatment) {
	const clock = new VirtualClock();
	const rateLimiter = new HostRateLimiter(clock);
	const limits: number[] = [];
	const vendor = new LoadedVendor(clock, (arrival) => {
		limits.push(rateLimiter.adaptive(ADAPTIVE_IN_FLIGHT).limit);
		return treat(arrival);
	});
	/** Numbers of the requests between two halvings, and before the first. */
	const betweenHalvings = (): number[] => {
		const at = limits.flatMap((limit, index) => ((limits[index - 1] ?? 0) > limit ? [index] : []));
		return at.map((index, order) => index - (at[order - 1] ?? 0));
	};
	return { clock, rateLimiter, limits, vendor, betweenHalvings };
}

async function runOf(
	count: number,
	treat: (arrival: Arrival) => Treatment,
	more: { requestsPerSecond?: number } = {},
) {
	const around = world(treat);
	const { clock, rateLimiter, vendor } = around;
	const outcomes = await go(many(count), { ...contract, ...one }, vendor, { clock, rateLimiter, ...more });
	return { ...around, outcomes };
}

describe('a run where no limit is documented', () => {
	it.each([20, 300])('has twenty requests open where the vendor is fast, after 180 of %d ms', async (ms) => {
		const { vendor } = await runOf(1_000, () => ({ ms }));
		expect(vendor.arrivals).toHaveLength(1_000);
		expect(vendor.most(0, 5)).toBe(5);
		expect(vendor.most()).toBe(20);
		expect(vendor.arrivals.findIndex(({ open }) => open === 20)).toBeLessThanOrEqual(200);
		expect(vendor.mean()).toBeGreaterThan(17);
	});

	it('is not misled by times that vary by a third', async () => {
		const chance = normal(7);
		const { vendor } = await runOf(2_000, () => ({ ms: 300 * Math.exp(0.3 * chance()) }));
		expect(vendor.mean()).toBeGreaterThan(17);
	});

	it('is not misled where half of the targets have ended before, which is said more quickly', async () => {
		const chance = normal(7);
		const { vendor } = await runOf(2_000, () => ({ ms: chance() < 0 ? 80 : 400 }));
		expect(vendor.mean()).toBeGreaterThan(10);
	});

	it('has more than three requests open where one answer in fifty is an error', async () => {
		const error = { ms: 300, result: response(500, '{}') };
		const { vendor } = await runOf(1_000, ({ before }) => (before % 50 === 49 ? error : { ms: 300 }));
		expect(vendor.mean()).toBeGreaterThan(3.5);
	});

	it.each([
		['twice as long', (open: number) => (open > 8 ? 600 : 300), [7, 8.5]],
		// Nine or ten in flight are an eighth or a quarter longer, which no limit can tell from chance.
		['as much longer as they are more', (open: number) => 300 * Math.max(1, open / 8), [8, 10.5]],
	])('is held near eight where more take %s', async (_name, msOf, [least, most]) => {
		const { vendor, betweenHalvings, limits } = await runOf(2_000, ({ open }) => ({ ms: msOf(open) }));
		expect(vendor.mean()).toBeGreaterThan(least!);
		expect(vendor.mean()).toBeLessThan(most!);
		// One overshoot to find it out, and another for each probe, which are rarer each time.
		const [first = 0, second = 0, ...later] = betweenHalvings();
		expect(later.length).toBeGreaterThan(0);
		expect(later.length).toBeLessThanOrEqual(4);
		expect([first, second, ...later]).toEqual([first, second, ...later].sort((a, b) => a - b));
		expect(Math.max(...limits.slice(first))).toBeLessThanOrEqual(12);
	});

	it.each([429, 503])(
		'settles below what the vendor refuses, with fewer than 1 %% refused (HTTP %d above six)',
		async (status) => {
			const { vendor, outcomes } = await runOf(1_000, ({ open }) =>
				open > 6 ? { ms: 30, result: response(status, '') } : { ms: 300 },
			);
			expect(new Set(words(outcomes).map((word) => word.split(' ')[1]))).toEqual(new Set(['terminated']));
			expect(vendor.refusals).toBeGreaterThan(0);
			expect(vendor.refusals).toBeLessThan(10);
			expect(vendor.most()).toBe(7);
			expect(vendor.mean()).toBeGreaterThan(5);
		},
	);

	it('recovers where the vendor gets slower for good', async () => {
		const { vendor, limits } = await runOf(1_500, ({ before }) => ({ ms: before < 500 ? 300 : 900 }));
		expect(Math.min(...limits.slice(500))).toBe(1);
		expect(vendor.most(1_000)).toBe(20);
	});

	it('stays where it was while the pace of the user bounds it', async () => {
		const { vendor, limits } = await runOf(200, () => ({ ms: 300 }), { requestsPerSecond: 10 });
		expect(vendor.most()).toBeLessThanOrEqual(4);
		expect(new Set(limits)).toEqual(new Set([5]));
	});

	it('shares what it found out with another run on the host, and the requests too', async () => {
		const { clock, rateLimiter, vendor, limits } = world(() => ({ ms: 300 }));
		const runs = [0, 10_000].map(
			async (from) => await go(many(300, from), { ...contract, ...one }, vendor, { clock, rateLimiter }),
		);
		await Promise.all(runs);
		expect(vendor.most(0, 5)).toBe(5);
		expect(vendor.most()).toBe(20);
		expect(vendor.arrivals.every(({ open }, index) => open <= (limits[index] ?? 0))).toBe(true);
		// Both together need what one needs alone.
		expect(vendor.arrivals.findIndex(({ open }) => open === 20)).toBeLessThanOrEqual(200);
		await go(many(20, 20_000), { ...contract, ...one }, vendor, { clock, rateLimiter });
		expect(vendor.most(600)).toBe(20);
	});

	it('asks and commands within one limit, where a command needs a question first', async () => {
		const { clock, rateLimiter, vendor, limits } = world(({ kind, open }) =>
			kind === 'question' ? { ms: 250 } : { ms: 300 * (open > 8 ? 2 : 1) },
		);
		const by = withStateQuery('first', one);
		const transport: Transport = {
			send: async (request, kind) => {
				const result = await vendor.send(request, kind);
				return kind === 'question' ? response(200, ['running']) : result;
			},
		};
		await go(many(1_000), by, transport, { clock, rateLimiter });
		expect(vendor.arrivals).toHaveLength(2_000);
		expect(vendor.arrivals.every(({ open }, index) => open <= (limits[index] ?? 0))).toBe(true);
		expect(vendor.mean()).toBeGreaterThan(5);
	});
});

describe('a vendor that is down from the start', () => {
	const times = (count: number): Treatment => ({ ms: count });

	it.each<[string, Treatment]>([
		['HTTP 503', { ...times(100), result: response(503, '') }],
		['HTTP 429', { ...times(100), result: response(429, '') }],
		['a web page', { ...times(100), result: response(200, '<html>') }],
		['a redirect', { ...times(100), result: response(302, '', { location: 'https://other.example' }) }],
		['trouble by its body', { ...times(100), result: response(200, { down: true }) }],
		['noise', { ...times(100), result: response(200, '"?"') }],
		['sessions that are over', { ...times(100), result: response(200, ['expired']) }],
		['a broken connection', { ...times(100), result: { kind: 'fault', fault: fault() } }],
		['no answer in time', { ...times(30_000), result: { kind: 'fault', fault: fault({ timedOut: true }) } }],
		[
			'no way to it',
			{ ...times(5), result: { kind: 'fault', fault: fault({ maybeSent: false, attempts: 3 }) } },
		],
	])('gets no more requests than with five at a time (%s)', async (_name, treatment) => {
		const sentWith = async (requestsInFlight: RequestsInFlight): Promise<number> => {
			const { clock, rateLimiter, vendor } = world(() => treatment);
			const transport: Transport = {
				send: vendor.send.bind(vendor),
				renew: async () => undefined,
				renewals: 3,
			};
			const by = { ...contract, ...one, requestsInFlight };
			await go(many(200), by, transport, { clock, rateLimiter });
			return vendor.arrivals.length;
		};
		const fixed = await sentWith(5);
		expect(fixed).toBeGreaterThan(0);
		expect(await sentWith(ADAPTIVE_IN_FLIGHT)).toBeLessThanOrEqual(fixed);
	});
});

it.each(
	(['inDoubt', 'first'] as const).flatMap((when) => [0, 50, 300].map((before) => [when, before] as const)),
)(
	'a vendor that falls silent costs half an hour at most (asked %s, after %d requests)',
	async (when, answered) => {
		let since = 0;
		const silence = { kind: 'fault', fault: fault({ timedOut: true }) } as const;
		const { clock, rateLimiter, vendor } = world(({ before, kind, at }) => {
			if (before >= answered) return { ms: kind === 'command' ? 300_000 : 30_000, result: silence };
			since = at;
			return { ms: 300, ...(kind === 'question' && { result: response(200, ['running']) }) };
		});
		const by = { ...withStateQuery(when), ...one };
		await go(many(1_000), by, vendor, { clock, rateLimiter });
		expect(vendor.arrivals.length).toBeGreaterThan(answered);
		expect((clock.elapsed() - since) / 60_000).toBeLessThan(30);
	},
);

describe('RateLimitedClient with a limit that is found out', () => {
	const request = { method: 'POST', path: '/end', body: '["a"]' } as const;
	const always = { isWanted: () => true };
	const limits = { inFlight: ADAPTIVE_IN_FLIGHT, rates: [] };

	it('halves it once for a refusal, and not the share of the host besides', async () => {
		const clock = new VirtualClock();
		const rateLimiter = new HostRateLimiter(clock);
		const steps = [() => response(429, ''), () => response(429, '')];
		const client = new RateLimitedClient(scripted(...steps), rateLimiter, limits, clock);
		expect(client.requestsInFlight()).toBe(5);
		await client.send(request, always);
		expect(client.requestsInFlight()).toBe(2);
		const { vendor } = { vendor: new LoadedVendor(clock, () => ({ ms: 100 })) };
		const other = new RateLimitedClient(vendor, rateLimiter, limits, clock);
		await clock.finish(Promise.all([1, 2, 3, 4].map(async () => await other.send(request, always))));
		expect(vendor.most()).toBe(2);
		// A number that is fixed has its share of the host's, as ever.
		const fixed = new LoadedVendor(clock, () => ({ ms: 100 }));
		rateLimiter.onThrottled(0);
		const line = new RateLimitedClient(fixed, rateLimiter, { inFlight: 10, rates: [] }, clock);
		await clock.finish(Promise.all([1, 2, 3, 4, 5, 6, 7].map(async () => await line.send(request, always))));
		expect(line.requestsInFlight()).toBe(10);
		expect(fixed.most()).toBeLessThan(5);
	});

	it('halves it once for the words of the vendor, however often they are read', async () => {
		const clock = new VirtualClock();
		const client = new RateLimitedClient(scripted(), new HostRateLimiter(clock), limits, clock);
		const sent = await client.send(request, always);
		if (sent.kind !== 'response') throw new Error('no response');
		client.onThrottled(sent.response, 1);
		client.onThrottled(sent.response, 1);
		expect(client.requestsInFlight()).toBe(2);
	});

	/** The limit after as many rounds of requests, as many at a time as may be open, and what is done after each. */
	async function limitAfter(
		rounds: number,
		treat: (arrival: Arrival) => Treatment,
		then: (client: RateLimitedClient) => Promise<unknown> = async () => undefined,
	): Promise<number> {
		const { clock, rateLimiter, vendor } = world(treat);
		const client = new RateLimitedClient(vendor, rateLimiter, limits, clock);
		const send = async (): Promise<void> => {
			await client.send(request, always);
			await then(client);
		};
		for (let round = 0; round < rounds; round += 1) {
			await clock.finish(Promise.all(Array.from({ length: client.requestsInFlight() }, send)));
		}
		return client.requestsInFlight();
	}

	it.each<[string, Treatment['result'], number]>([
		['an answer of success', undefined, 8],
		['a refusal of the target', response(404, '{}'), 8],
		['a web page', response(200, '<html>'), 5],
		['a web page that says no', response(404, '<html>'), 5],
		['a redirect', response(302, ''), 5],
		['a broken connection', { kind: 'fault', fault: fault() }, 5],
		['no answer in time', { kind: 'fault', fault: fault({ timedOut: true }) }, 5],
		['no answer in time by a gateway', response(504, ''), 5],
		['a server in trouble', response(500, '{}'), 1],
		['too many requests', response(429, ''), 1],
	])('knows what it is by %s', async (_name, result, limit) => {
		expect(await limitAfter(3, () => ({ ms: 300, ...(result && { result }) }))).toBe(limit);
	});

	it('is not raised by what has to be sent again, after a wait or with another session', async () => {
		expect(
			await limitAfter(
				5,
				() => ({ ms: 300 }),
				async (client) => await client.wait(0, 1),
			),
		).toBe(5);
		expect(
			await limitAfter(
				5,
				() => ({ ms: 300 }),
				async (client) => await client.renew(1),
			),
		).toBe(5);
	});

	it('does not take a quick refusal of the target for the time that it takes', async () => {
		const gone = { ms: 10, result: response(404, '{}') };
		expect(await limitAfter(20, ({ before }) => (before < 50 ? gone : { ms: 300 }))).toBe(20);
	});

	it('gives its place back where the transport throws', async () => {
		const clock = new VirtualClock();
		const rateLimiter = new HostRateLimiter(clock);
		const broken = (): never => {
			throw new Error('never to happen');
		};
		const client = new RateLimitedClient(scripted(broken), rateLimiter, limits, clock);
		await expect(client.send(request, always)).rejects.toThrow('never to happen');
		expect(rateLimiter.adaptive(ADAPTIVE_IN_FLIGHT).isIdleSince(1)).toBe(true);
	});

	it('begins anew when the host had no requests for ten minutes, and not before', async () => {
		const { clock, rateLimiter, vendor } = world(() => ({ ms: 300 }));
		const client = new RateLimitedClient(vendor, rateLimiter, limits, clock);
		for (let count = 0; count < 2; count += 1) {
			await clock.finish(Promise.all([1, 2, 3, 4, 5, 6].map(async () => await client.send(request, always))));
		}
		expect(client.requestsInFlight()).toBe(7);
		await clock.pass(LIMIT_MEMORY_MS);
		expect(client.requestsInFlight()).toBe(7);
		await clock.pass(1);
		expect(client.requestsInFlight()).toBe(5);
	});
});
