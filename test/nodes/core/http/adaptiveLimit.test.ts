import { AdaptiveLimit } from '../../../../nodes/core/http/adaptiveLimit';
import type { Effect, SentRequest } from '../../../../nodes/core/http/adaptiveLimit';
import type { RequestKind } from '../../../../nodes/core/http/transport';

const RANGE = { first: 5, most: 20 };

/** A limit whose requests all leave at once, as many as allowed, and come back one after the other. */
class Rounds {
	readonly limit = new AdaptiveLimit(RANGE, 0);

	now = 0;

	private sent: SentRequest[] = [];

	/** As many requests as may be open. */
	send(count = this.limit.limit, kind: RequestKind = 'command'): void {
		for (let sent = 0; sent < count; sent += 1) this.sent.push(this.limit.start(kind, this.now));
	}

	/** Their answers, in the order in which they left. Gives the limit after them. */
	answer(ms: number, effect: Effect = 'done', count = this.sent.length): number {
		this.now += ms;
		for (const sent of this.sent.splice(0, count)) this.limit.end(sent, effect, this.now);
		return this.limit.limit;
	}

	/** So many rounds of good answers. Gives the limit after each. */
	good(rounds: number, ms = 300, kind?: RequestKind): number[] {
		return Array.from({ length: rounds }, () => {
			this.send(undefined, kind);
			return this.answer(ms);
		});
	}
}

describe('a limit that is found out', () => {
	it('grows by one for each full window of good answers, up to the most', () => {
		const rounds = new Rounds();
		expect(rounds.limit.limit).toBe(5);
		expect(rounds.good(3)).toEqual([6, 7, 8]);
		expect(rounds.good(20).slice(-9)).toEqual(Array(9).fill(20));
	});

	it('counts what was turned down as an answer, and says nothing about its time', () => {
		const rounds = new Rounds();
		for (let round = 0; round < 10; round += 1) {
			rounds.send();
			rounds.answer(1, 'refused');
		}
		expect(rounds.limit.limit).toBe(15);
		// Quick refusals are not what later times are compared with.
		expect(rounds.good(10, 5_000).at(-1)).toBe(20);
	});

	it('does not grow where it is not reached', () => {
		const rounds = new Rounds();
		for (let round = 0; round < 50; round += 1) {
			rounds.send(4);
			rounds.answer(300);
		}
		expect(rounds.limit.limit).toBe(5);
	});

	it.each<[Effect, number]>([
		['trouble', 5],
		['late', 5],
		['throttled', 5],
		['unclear', 10],
	])('after an answer of %s', (effect, limit) => {
		const rounds = new Rounds();
		rounds.good(5);
		rounds.send();
		expect(rounds.answer(300, effect)).toBe(limit);
	});

	it('begins a new window after an answer that says nothing', () => {
		const rounds = new Rounds();
		rounds.send();
		rounds.answer(300, 'done', 4);
		expect(rounds.answer(300, 'unclear')).toBe(5);
		for (let round = 0; round < 5; round += 1) {
			rounds.send(4);
			expect(rounds.answer(300)).toBe(5);
		}
	});

	it('does not grow again after a halving where it is not reached', () => {
		const rounds = new Rounds();
		rounds.send();
		expect(rounds.answer(300, 'throttled')).toBe(2);
		for (let round = 0; round < 20; round += 1) {
			rounds.send(1);
			expect(rounds.answer(300)).toBe(2);
		}
	});

	it('is not idle while a request is open, however long that takes', () => {
		const { limit } = new Rounds();
		const sent = limit.start('page', 1_000);
		expect(limit.isIdleSince(1_000_000)).toBe(false);
		limit.end(sent, 'done', 2_000);
		expect([limit.isIdleSince(2_000), limit.isIdleSince(2_001)]).toEqual([false, true]);
	});

	it('halves once for all that was sent before, and never below one', () => {
		const rounds = new Rounds();
		const limits = [1, 2, 3, 4].map(() => {
			rounds.send();
			return rounds.answer(100, 'throttled');
		});
		expect(limits).toEqual([2, 1, 1, 1]);
	});

	it('halves once for a vendor that falls silent, to no less than at first, and again after an answer', () => {
		const rounds = new Rounds();
		const late = (): number => {
			rounds.send();
			return rounds.answer(30_000, 'late');
		};
		expect([late(), late()]).toEqual([5, 5]);
		expect(rounds.good(11).at(-1)).toBe(16);
		expect([late(), late(), late()]).toEqual([8, 8, 8]);
		rounds.good(1);
		expect([late(), late()]).toEqual([5, 5]);
		rounds.send();
		expect(rounds.answer(100, 'throttled')).toBe(2);
		rounds.good(1);
		expect(late()).toBe(2);
	});

	it('halves for what a vendor says in its own words, unless that was sent before the last halving', () => {
		const { limit } = new Rounds();
		const sent = [1, 2, 3, 4].map(() => limit.start('command', 0));
		for (const one of sent) limit.end(one, 'done', 300);
		for (const one of sent) limit.onThrottled(one);
		expect(limit.limit).toBe(2);
	});

	it('does not grow by answers that were of no use', () => {
		const rounds = new Rounds();
		for (let round = 0; round < 20; round += 1) {
			rounds.send();
			for (let answer = 0; answer < 5; answer += 1) {
				rounds.answer(100, 'done', 1);
				rounds.limit.discount();
			}
		}
		expect(rounds.limit.limit).toBe(5);
		rounds.limit.discount();
		expect(rounds.good(1)).toEqual([6]);
	});
});

describe('times of answers', () => {
	it('halve the limit once most of them are half as long again as the best median', () => {
		const rounds = new Rounds();
		expect(rounds.good(4).at(-1)).toBe(9);
		expect(rounds.good(2, 449).at(-1)).toBe(11);
		expect(rounds.good(2, 451).at(-1)).toBe(6);
	});

	it('hold the limit where half of them are', () => {
		const rounds = new Rounds();
		expect(rounds.good(10).at(-1)).toBe(15);
		for (let round = 0; round < 10; round += 1) {
			rounds.send();
			rounds.answer(300, 'done', 7);
			rounds.answer(200, 'done', 8);
		}
		expect(rounds.limit.limit).toBe(15);
	});

	it('below 200 ms never lower it, and never hold it', () => {
		const rounds = new Rounds();
		rounds.good(4, 10);
		expect(rounds.good(20, 199).at(-1)).toBe(20);
		expect(rounds.good(2, 200)).toEqual([10, 5]);
	});

	it('are compared with those of the same kind', () => {
		const rounds = new Rounds();
		rounds.good(4, 300, 'question');
		expect(rounds.good(4, 3_000, 'page').at(-1)).toBe(13);
		expect(rounds.good(4, 1_000, 'command').at(-1)).toBe(17);
		expect(rounds.good(2, 1_000, 'question').at(-1)).toBe(9);
	});

	it('of a vendor that is slower than it was are the new measure once there is no load of ours', () => {
		const rounds = new Rounds();
		expect(rounds.good(20).at(-1)).toBe(20);
		const limits = rounds.good(60, 900);
		expect(Math.min(...limits)).toBe(1);
		expect(limits.at(-1)).toBe(20);
	});
});

describe('where it has failed', () => {
	/** The limits after so many windows, where more than so many at a time are refused. */
	function windows(rounds: Rounds, most: number, count: number): number[] {
		return Array.from({ length: count }, () => {
			rounds.send();
			return rounds.answer(300, rounds.limit.limit > most ? 'throttled' : 'done');
		});
	}

	it('it goes up to just below, and beyond that only after ten windows, then twenty', () => {
		const rounds = new Rounds();
		const limits = windows(rounds, 6, 200);
		const fails = limits.flatMap((limit, index) => (limit === 3 && limits[index - 1] === 7 ? [index] : []));
		const between = fails.slice(1).map((index, order) => index - (fails[order] ?? 0));
		// Below the ceiling a window of five may take two rounds.
		for (const [order, count] of between.entries()) {
			expect(count).toBeGreaterThanOrEqual(10 * 2 ** order);
			expect(count).toBeLessThanOrEqual(10 * 2 ** order + 10);
		}
		expect(between.length).toBeGreaterThanOrEqual(3);
		expect(Math.max(...limits)).toBe(7);
	});

	it('it goes on, faster with each step, where more is possible by then', () => {
		const rounds = new Rounds();
		windows(rounds, 6, 60);
		expect(windows(rounds, 99, 60).at(-1)).toBe(20);
	});

	it('it begins with ten windows again where it has gone on in between', () => {
		const rounds = new Rounds();
		windows(rounds, 6, 100);
		windows(rounds, 12, 100);
		const limits = windows(rounds, 12, 100);
		expect(Math.max(...limits)).toBe(13);
	});

	it('it waits no longer for the next try where it failed below that by then', () => {
		const rounds = new Rounds();
		windows(rounds, 6, 5);
		// On its way up again, at four or five.
		windows(rounds, 3, 6);
		const limits = windows(rounds, 99, 60);
		const held = limits.filter((limit) => limit === limits[10]).length;
		expect(held).toBeLessThan(20);
		expect(limits.at(-1)).toBe(20);
	});

	it('trouble with no more than at first says nothing about how many it takes, and a refusal does', () => {
		const limitsWith = (effect: Effect): number[] => {
			const rounds = new Rounds();
			rounds.send();
			rounds.answer(300, effect);
			return rounds.good(10);
		};
		expect(Math.max(...limitsWith('trouble'))).toBe(5);
		expect(Math.max(...limitsWith('throttled'))).toBe(4);
	});

	it('with a single request, trouble was none of ours, and a refusal was', () => {
		const after = (effect: Effect): number => {
			const rounds = new Rounds();
			for (let round = 0; round < 3; round += 1) {
				rounds.send();
				rounds.answer(300, effect);
			}
			// A window of five answers, one at a time.
			return rounds.good(20).at(-1) ?? 0;
		};
		expect(after('trouble')).toBeGreaterThan(5);
		expect(after('throttled')).toBe(1);
	});
});
