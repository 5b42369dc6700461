import { getEventListeners } from 'events';

import { HostRateLimiter, rateLimiterFor } from '../../../../nodes/core/http/rateLimiter';
import type { LaneName, Limits } from '../../../../nodes/core/http/rateLimiter';
import { VirtualClock } from '../virtualClock';

const wide: Limits = { inFlight: 1_000, rates: [] };

/** A host, and the times at which requests were let in, by name. */
function host() {
	const clock = new VirtualClock();
	const pace = new HostRateLimiter(clock);
	const entered: Array<[name: string, at: number]> = [];
	return {
		clock,
		pace,
		entered,
		/** Asks to be let in, and stays for so long. */
		visit: async (
			name: string,
			limits: Limits,
			staysMs = 0,
			signal?: AbortSignal,
			lane?: LaneName,
		): Promise<boolean> => {
			if (!(await pace.acquire(limits, signal, lane))) return false;
			entered.push([name, clock.elapsed()]);
			await clock.sleep(staysMs);
			pace.release(lane);
			return true;
		},
	};
}

const names = (count: number) => Array.from({ length: count }, (_, index) => String(index));
const timesOf = (entered: Array<[string, number]>) => entered.map(([, at]) => at);

describe('a rate', () => {
	it('lets a burst through at once, and the rest at the rate', async () => {
		const { clock, entered, visit } = host();
		const limits = { inFlight: 1_000, rates: [{ perSecond: 2, burst: 3 }] };
		await clock.finish(Promise.all(names(6).map(async (name) => await visit(name, limits))));
		expect(timesOf(entered)).toEqual([0, 0, 0, 500, 1_000, 1_500]);
	});

	it('saves up no more than a burst', async () => {
		const { clock, entered, visit } = host();
		const limits = { inFlight: 1_000, rates: [{ perSecond: 1, burst: 2 }] };
		await clock.finish(visit('first', limits));
		await clock.pass(3_600_000);
		await clock.finish(Promise.all(names(4).map(async (name) => await visit(name, limits))));
		expect(timesOf(entered).map((at) => at - 3_600_000)).toEqual([-3_600_000, 0, 0, 1_000, 2_000]);
	});

	it('adds up fractions of a token', async () => {
		const { clock, entered, visit } = host();
		const limits = { inFlight: 1_000, rates: [{ perSecond: 3, burst: 1 }] };
		await clock.finish(Promise.all(names(301).map(async (name) => await visit(name, limits))));
		expect(entered.at(-1)?.[1]).toBeGreaterThanOrEqual(100_000);
		// Nobody waits for less than a millisecond, so each of them may come that late.
		expect(entered.at(-1)?.[1]).toBeLessThanOrEqual(100_300);
	});

	it('may be less than one in a hundred seconds', async () => {
		const { clock, entered, visit } = host();
		const limits = { inFlight: 1, rates: [{ perSecond: 0.01, burst: 1 }] };
		await clock.finish(Promise.all(names(3).map(async (name) => await visit(name, limits))));
		expect(timesOf(entered)).toEqual([0, 100_000, 200_000]);
	});

	it('holds together with another one, which may be that of another run', async () => {
		const { clock, entered, visit } = host();
		const slow = { perSecond: 1, burst: 4 };
		const quick = { perSecond: 10, burst: 1 };
		await clock.finish(
			Promise.all(names(6).map(async (name) => await visit(name, { inFlight: 99, rates: [slow, quick] }))),
		);
		expect(timesOf(entered)).toEqual([0, 100, 200, 300, 1_000, 2_000]);
		// The other run knows only one of them, and shares its bucket.
		await clock.finish(
			Promise.all(names(2).map(async (name) => await visit(name, { inFlight: 99, rates: [slow] }))),
		);
		expect(timesOf(entered).slice(6)).toEqual([3_000, 4_000]);
	});

	it('counts once though it is given twice', async () => {
		const { clock, entered, visit } = host();
		const one = { perSecond: 1, burst: 1 };
		const limits = { inFlight: 99, rates: [one, { ...one }] };
		await clock.finish(Promise.all(names(3).map(async (name) => await visit(name, limits))));
		expect(timesOf(entered)).toEqual([0, 1_000, 2_000]);
	});
});

describe('the line', () => {
	it('lets nobody in before those who came earlier, however little they want', async () => {
		const { clock, entered, visit } = host();
		const slow = { inFlight: 1_000, rates: [{ perSecond: 1, burst: 1 }] };
		const all = [visit('a', slow), visit('b', slow), visit('c', wide), visit('d', slow), visit('e', wide)];
		await clock.finish(Promise.all(all));
		expect(entered).toEqual([
			['a', 0],
			['b', 1_000],
			['c', 1_000],
			['d', 2_000],
			['e', 2_000],
		]);
	});

	it('lets in as many as may be open, and the next when one leaves', async () => {
		const { clock, entered, visit } = host();
		const limits = { inFlight: 2, rates: [] };
		await clock.finish(
			Promise.all([
				visit('a', limits, 100),
				visit('b', limits, 250),
				visit('c', limits, 100),
				visit('d', limits, 100),
			]),
		);
		expect(entered).toEqual([
			['a', 0],
			['b', 0],
			['c', 100],
			['d', 200],
		]);
	});

	it('takes the limit of the one that comes, whatever others allow themselves', async () => {
		const { clock, entered, visit } = host();
		await clock.finish(
			Promise.all([
				visit('a', { inFlight: 3, rates: [] }, 100),
				visit('b', { inFlight: 3, rates: [] }, 200),
				visit('c', { inFlight: 1, rates: [] }, 100),
				visit('d', { inFlight: 0, rates: [] }, 100),
			]),
		);
		expect(entered).toEqual([
			['a', 0],
			['b', 0],
			['c', 200],
			['d', 300],
		]);
	});
});

describe('who gives up', () => {
	const one: Limits = { inFlight: 1, rates: [] };
	const slow: Limits = { inFlight: 99, rates: [{ perSecond: 0.1, burst: 1 }] };

	it('is not let in when it gave up before', async () => {
		const { clock, entered, visit } = host();
		await expect(clock.finish(visit('a', wide, 0, AbortSignal.abort()))).resolves.toBe(false);
		expect(entered).toEqual([]);
		await expect(clock.finish(visit('b', wide))).resolves.toBe(true);
	});

	it.each([
		['in the line', one, 1],
		['for a place', one, 0],
		['for a token', slow, 0],
	])('leaves at once while it waits %s, and holds nobody up', async (_name, limits, before) => {
		const { clock, entered, visit } = host();
		const controller = new AbortController();
		clock.at(50, () => controller.abort());
		const first = visit('first', limits, 100);
		const others = names(before).map(async (name) => await visit(name, limits, 100));
		let gone: number | undefined;
		const quitter = visit('quitter', limits, 100, controller.signal).then((entering) => {
			gone = clock.elapsed();
			return entering;
		});
		const last = visit('last', limits, 100);
		await clock.finish(Promise.all([first, ...others, quitter, last]));
		await expect(quitter).resolves.toBe(false);
		expect(gone).toBe(50);
		const eachMs = limits === slow ? 10_000 : 100;
		expect(entered.map(([name]) => name)).toEqual(['first', ...names(before), 'last']);
		expect(entered.at(-1)?.[1]).toBe(eachMs * (before + 1));
	});

	it('does not let those behind past those before', async () => {
		const { clock, entered, visit } = host();
		const controller = new AbortController();
		clock.at(50, () => controller.abort());
		const all = [
			visit('a', one, 100),
			visit('b', one, 100),
			visit('quitter', one, 100, controller.signal),
			visit('c', wide),
		];
		await clock.finish(Promise.all(all));
		expect(entered).toEqual([
			['a', 0],
			['b', 100],
			['c', 100],
		]);
	});

	it('holds nobody up when all of them give up at once', async () => {
		const { clock, entered, visit } = host();
		const controller = new AbortController();
		clock.at(50, () => controller.abort());
		const quitters = names(9).map(async (name) => await visit(name, one, 100, controller.signal));
		const last = visit('last', one);
		await clock.finish(Promise.all([...quitters, last]));
		expect(entered).toEqual([
			['0', 0],
			['last', 100],
		]);
	});

	it('takes no place and no token', async () => {
		const { clock, entered, visit } = host();
		const limits = { inFlight: 1, rates: [{ perSecond: 1, burst: 2 }] };
		const controller = new AbortController();
		clock.at(50, () => controller.abort());
		await clock.finish(
			Promise.all([visit('a', limits, 100), visit('b', limits, 100, controller.signal), visit('c', limits)]),
		);
		expect(entered).toEqual([
			['a', 0],
			['c', 100],
		]);
	});

	it('leaves no listener behind', async () => {
		const { clock, visit } = host();
		const { signal } = new AbortController();
		const added = jest.spyOn(signal, 'addEventListener');
		const limits = { inFlight: 1, rates: [{ perSecond: 1, burst: 1 }] };
		await clock.finish(Promise.all(names(10).map(async (name) => await visit(name, limits, 10, signal))));
		expect(added).toHaveBeenCalled();
		expect(getEventListeners(signal, 'abort')).toEqual([]);
	});
});

describe('a host that has had enough', () => {
	const limits: Limits = { inFlight: 10, rates: [{ perSecond: 1, burst: 5 }] };

	it('is left alone for as long as it wants, and the longest wish counts', async () => {
		const { clock, pace, entered, visit } = host();
		pace.onThrottled(5_000);
		pace.onThrottled(1_000);
		await clock.finish(visit('a', wide));
		expect(entered).toEqual([['a', 5_000]]);
	});

	it('is left alone by those who wait already', async () => {
		const { clock, pace, entered, visit } = host();
		const slow = { inFlight: 10, rates: [{ perSecond: 1, burst: 1 }] };
		clock.at(500, () => pace.onThrottled(10_000));
		await clock.finish(Promise.all([visit('a', slow), visit('b', slow)]));
		expect(entered[0]).toEqual(['a', 0]);
		// Ten seconds of peace, and then a token at half the rate.
		expect(entered[1]).toEqual(['b', 12_500]);
	});

	it('gets no burst afterwards, and half as much as before', async () => {
		const { clock, pace, entered, visit } = host();
		await clock.finish(visit('before', limits));
		pace.onThrottled(1_000);
		await clock.finish(Promise.all(names(3).map(async (name) => await visit(name, limits))));
		expect(timesOf(entered)).toEqual([0, 3_000, 5_000, 7_000]);
	});

	it('gets half as many at a time, and less each time, but never nothing', async () => {
		for (const [refusals, most] of [
			[0, 10],
			[1, 5],
			[2, 2],
			[3, 1],
			[50, 1],
		] as const) {
			const { clock, pace, entered, visit } = host();
			for (let count = 0; count < refusals; count += 1) pace.onThrottled(0);
			const open = { inFlight: 10, rates: [] };
			await clock.finish(Promise.all(names(12).map(async (name) => await visit(name, open, 100))));
			expect(entered.filter(([, at]) => at === 0)).toHaveLength(most);
		}
	});

	it('gets no less than a tenth', async () => {
		const { clock, pace, entered, visit } = host();
		const busy = { inFlight: 100, rates: [{ perSecond: 1, burst: 1 }] };
		await clock.finish(visit('before', busy));
		for (let count = 0; count < 50; count += 1) pace.onThrottled(0);
		await clock.finish(Promise.all(names(2).map(async (name) => await visit(name, busy))));
		expect(timesOf(entered)).toEqual([0, 10_000, 20_000]);
	});

	it('gets its old pace again, little by little with what it accepts, and no more than that', async () => {
		const { clock, pace, visit, entered } = host();
		const open = { inFlight: 10, rates: [] };
		const atOnce = async () => {
			const from = entered.length;
			await clock.finish(Promise.all(names(12).map(async (name) => await visit(name, open, 100))));
			const now = entered[from]?.[1];
			return entered.slice(from).filter(([, at]) => at === now).length;
		};
		pace.onThrottled(0);
		const seen = [await atOnce()];
		for (let count = 0; count < 100; count += 1) {
			pace.onAccepted();
			seen.push(await atOnce());
		}
		expect(seen[0]).toBe(5);
		expect(seen.at(-1)).toBe(10);
		expect(seen).toEqual([...seen].sort((a, b) => a - b));
		// One that is accepted does not make up for one that was refused.
		expect(seen.findIndex((most) => most === 10)).toBeGreaterThanOrEqual(5);
	});

	it('wakes who waits for a place when the pace comes back', async () => {
		const { clock, pace, visit, entered } = host();
		const two = { inFlight: 2, rates: [] };
		pace.onThrottled(0);
		clock.at(50, () => {
			for (let count = 0; count < 100; count += 1) pace.onAccepted();
		});
		await clock.finish(Promise.all([visit('a', two, 100), visit('b', two, 100), visit('c', two, 100)]));
		expect(entered).toEqual([
			['a', 0],
			['b', 100],
			['c', 100],
		]);
	});
});

describe('paceOf', () => {
	it('is one for each host', () => {
		expect(rateLimiterFor('a.example')).toBe(rateLimiterFor('a.example'));
		expect(rateLimiterFor('a.example')).not.toBe(rateLimiterFor('b.example'));
	});

	it('forgets the oldest host when there are too many, and none before', () => {
		const first = rateLimiterFor('first.example');
		const second = rateLimiterFor('second.example');
		for (let count = 0; count < 400; count += 1) rateLimiterFor(`${count}.example`);
		expect(rateLimiterFor('first.example')).toBe(first);
		for (let count = 400; count < 900; count += 1) rateLimiterFor(`${count}.example`);
		expect(rateLimiterFor('first.example')).not.toBe(first);
		expect(rateLimiterFor('second.example')).not.toBe(second);
	});
});

describe('a lane of their own', () => {
	const one: Limits = { inFlight: 1, rates: [] };

	it('lets nobody wait for a command but other commands', async () => {
		const { clock, entered, visit } = host();
		const visits = [
			visit('command', one, 60_000, undefined, 'commands'),
			visit('second command', one, 1_000, undefined, 'commands'),
			visit('question', one, 1_000),
			visit('second question', one, 1_000),
		];
		await clock.finish(Promise.all(visits));
		expect(Object.fromEntries(entered)).toEqual({
			command: 0,
			question: 0,
			'second question': 1_000,
			'second command': 60_000,
		});
	});

	it('shares the rate of the host, and its pauses', async () => {
		const { clock, pace, entered, visit } = host();
		const limits = { inFlight: 9, rates: [{ perSecond: 1, burst: 1 }] };
		pace.onThrottled(5_000);
		const lanes: LaneName[] = ['commands', 'all', 'commands', 'all'];
		await clock.finish(
			Promise.all(lanes.map(async (lane, index) => await visit(String(index), limits, 0, undefined, lane))),
		);
		const times = timesOf(entered);
		expect(times[0]).toBeGreaterThanOrEqual(5_000);
		for (let index = 1; index < times.length; index += 1) {
			expect((times[index] ?? 0) - (times[index - 1] ?? 0)).toBeGreaterThanOrEqual(999);
		}
	});
});
