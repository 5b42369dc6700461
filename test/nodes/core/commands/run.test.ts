import { forAll } from '../../../../nodes/core/commands/contract';
import type { Contract } from '../../../../nodes/core/commands/contract';
import type { Transport } from '../../../../nodes/core/http/transport';
import { VirtualClock } from '../virtualClock';
import {
	bodies,
	contract,
	fault,
	go,
	withStateQuery,
	response,
	scripted,
	target,
	targets,
	times,
	words,
} from './scripted';
import type { Settings } from './scripted';

describe('run', () => {
	it('fills requests to the limit, group by group, and keeps the order of the targets', async () => {
		const transport = scripted();
		const wanted = ['a', 'b', 'c', 'd', 'e', 'f', 'g'].map((id, item) =>
			target(id, item % 2 ? 'odd' : 'even', item),
		);
		const outcomes = await go(wanted, contract, transport);
		expect(outcomes.map(({ id, item }) => [id, item])).toEqual(wanted.map(({ id, item }) => [id, item]));
		expect(bodies(transport)).toEqual(['["a","c","e"]', '["b","d","f"]', '["g"]']);
		expect(outcomes[1]).toEqual({
			id: 'b',
			outcome: 'terminated',
			failure: false,
			message: 'Thing b was terminated',
			attempts: 1,
			httpStatus: 200,
			item: 1,
			extra: { group: 'odd' },
		});
	});

	it('does nothing for no targets', async () => {
		const transport = scripted();
		await expect(go([], contract, transport)).resolves.toEqual([]);
		expect(transport.sent).toEqual([]);
	});

	it('sends equal targets once and answers each, but keeps equal IDs of different groups apart', async () => {
		const transport = scripted();
		const outcomes = await go([target('a'), target('a', 'other'), target('a', 'g', 5)], contract, transport);
		expect(bodies(transport)).toEqual(['["a"]', '["a"]']);
		expect(outcomes.map(({ item, extra }) => [item, extra['group']])).toEqual([
			[0, 'g'],
			[0, 'other'],
			[5, 'g'],
		]);
	});

	it('sends alone what must travel alone', async () => {
		const transport = scripted();
		await go(targets('a', 'alone1', 'b'), contract, transport);
		expect(bodies(transport)).toEqual(['["a","b"]', '["alone1"]']);
	});

	it('works even for a contract that allows no request at all', async () => {
		const outcomes = await go(targets('a'), { ...contract, requestsInFlight: 0 }, scripted());
		expect(words(outcomes)).toEqual(['a terminated']);
	});

	it('keeps no more requests open than the contract allows, and as many as that', async () => {
		const clock = new VirtualClock();
		let open = 0;
		let most = 0;
		const transport: Transport = {
			send: async () => {
				most = Math.max(most, (open += 1));
				await clock.sleep(100);
				open -= 1;
				return response(200, ['terminated']);
			},
		};
		const many = Array.from({ length: 50 }, (_, index) => target(`alone${index}`));
		const outcomes = await go(many, { ...contract, requestsInFlight: 4 }, transport, { clock });
		expect(most).toBe(4);
		expect(clock.elapsed()).toBe(1_300);
		expect(outcomes.every(({ outcome }) => outcome === 'terminated')).toBe(true);
	});

	it('keeps the pace that the user wants where the vendor documents none', async () => {
		const clock = new VirtualClock();
		await go(targets('alone1', 'alone2', 'alone3'), contract, scripted(), { clock, requestsPerSecond: 0.5 });
		expect(clock.elapsed()).toBe(4_000);
	});

	it('keeps the pace that the vendor makes of the wish, and every other limit', async () => {
		const clock = new VirtualClock();
		const asked: Array<number | undefined> = [];
		const paced: Contract<Settings> = {
			...contract,
			rates: (wished) => {
				asked.push(wished);
				return [{ perSecond: 1, burst: 3 }];
			},
		};
		const many = targets('alone1', 'alone2', 'alone3', 'alone4', 'alone5');
		await go(many, paced, scripted(), { clock, requestsPerSecond: 7 });
		expect([asked, clock.elapsed()]).toEqual([[7], 2_000]);
		await go(many, paced, scripted(), { clock, rates: [{ perSecond: 0.1, burst: 1 }] });
		expect([asked, clock.elapsed()]).toEqual([[7, undefined], 42_000]);
	});
});

describe('run that stops', () => {
	it('stops after a fault that would hit all, and says why for the rest', async () => {
		const transport = scripted(['stopRun']);
		const outcomes = await go(targets('a', 'b', 'c', 'd'), contract, transport);
		expect(words(outcomes)).toEqual(['a failed', 'b failed', 'c failed', 'd notSent']);
		expect(outcomes[3]).toMatchObject({
			message: 'Thing d was not terminated (no request was sent): the run was stopped because nobody may',
			hint: 'Ask.',
			attempts: 0,
		});
		expect(transport.sent).toHaveLength(1);
	});

	it('goes on with other groups when only one is stopped', async () => {
		const outcomes = await go(
			[...targets('a', 'b', 'c', 'd'), target('x', 'other')],
			contract,
			scripted(['stopGroup']),
		);
		expect(words(outcomes)).toEqual(['a failed', 'b failed', 'c failed', 'd notSent', 'x terminated']);
		expect(outcomes[3]?.message).toContain('stopped because this group may not');
	});

	it('does not follow a redirect, names its host only, and stops', async () => {
		const transport = scripted(() => response(302, '', { location: 'https://evil.example/x?secret=1' }));
		const outcomes = await go(targets('a', 'b', 'c', 'd'), contract, transport);
		expect(words(outcomes)).toEqual(['a failed', 'b failed', 'c failed', 'd notSent']);
		expect(outcomes[0]?.message).toContain('evil.example');
		expect(JSON.stringify(outcomes)).not.toContain('secret');
	});

	it('does not take "not modified" for a redirect', async () => {
		const transport = scripted(...times(5, () => response(304, '')));
		expect(words(await go(targets('a'), contract, transport))).toEqual(['a unknown']);
	});

	it('tells when the vendor will be free again, where an earlier answer has said so', async () => {
		const timed: Contract<Settings> = {
			...contract,
			targetsPerRequest: 1,
			read: (list, answer) => {
				const verdict = { outcome: 'failed', reason: 'the time is up', hint: 'Later.' } as const;
				if (answer.text.includes('stopRun')) {
					const stop = { scope: 'run', reason: 'the time is up', hint: 'Later.' } as const;
					return forAll(list, verdict, { ...stop, hintUntil: (time) => `After ${time}.` });
				}
				return { kind: 'verdicts', verdicts: [{ outcome: 'terminated' }], resetsAt: 1_893_456_000 };
			},
		};
		const outcomes = await go(targets('a', 'b', 'c'), timed, scripted(['a'], ['stopRun']));
		expect(words(outcomes)).toEqual(['a terminated', 'b failed', 'c notSent']);
		expect(outcomes.map(({ hint }) => hint)).toEqual([
			undefined,
			'After 2030-01-01 00:00 UTC.',
			'After 2030-01-01 00:00 UTC.',
		]);
		const [untimed] = await go(targets('a'), timed, scripted(['stopRun']));
		expect(untimed?.hint).toBe('Later.');
	});

	it('leaves their own hints to those that have not failed for that reason', async () => {
		const timed: Contract<Settings> = {
			...contract,
			read: () => ({
				kind: 'verdicts',
				verdicts: [
					{ outcome: 'failed', reason: 'the time is up', hint: 'Later.' },
					{ outcome: 'failed', reason: 'it has a lock', hint: 'Unlock it.' },
					{ outcome: 'terminated' },
				],
				stop: {
					scope: 'run',
					reason: 'the time is up',
					hint: 'Later.',
					hintUntil: (time) => `After ${time}.`,
				},
				resetsAt: 1_893_456_000,
			}),
		};
		const outcomes = await go(targets('a', 'b', 'c'), timed, scripted());
		expect(outcomes.map(({ hint }) => hint)).toEqual([
			'After 2030-01-01 00:00 UTC.',
			'Unlock it.',
			undefined,
		]);
	});

	it.each([NaN, Infinity, 1e300, -1e300])('keeps the plain hint where the time is %d', async (resetsAt) => {
		const timed: Contract<Settings> = {
			...contract,
			read: (list) => ({
				...forAll(list, { outcome: 'failed', hint: 'Later.' }),
				stop: {
					scope: 'run',
					reason: 'the time is up',
					hint: 'Later.',
					hintUntil: (time) => `After ${time}.`,
				},
				resetsAt,
			}),
		};
		const [outcome] = await go(targets('a'), timed, scripted());
		expect(outcome).toMatchObject({ outcome: 'failed', hint: 'Later.' });
	});

	it('hands out nothing more once it is cancelled', async () => {
		const controller = new AbortController();
		const transport = scripted(() => {
			controller.abort();
			return response(200, times(3, 'terminated'));
		});
		const outcomes = await go(targets('a', 'b', 'c', 'd'), contract, transport, {
			signal: controller.signal,
		});
		expect(words(outcomes)).toEqual(['a terminated', 'b terminated', 'c terminated', 'd notSent']);
		expect(outcomes[3]?.message).toContain('the execution was cancelled');
	});

	it('ends a wait when it is cancelled, and keeps what it knows', async () => {
		const clock = new VirtualClock();
		const controller = new AbortController();
		clock.at(300, () => controller.abort());
		const transport = scripted(['terminated', 'mumble', 'busy']);
		const control = { clock, signal: controller.signal };
		const outcomes = await go(targets('a', 'b', 'c', 'd'), contract, transport, control);
		expect(words(outcomes)).toEqual(['a terminated', 'b unknown', 'c failed', 'd notSent']);
		expect(clock.elapsed()).toBe(300);
		expect(transport.sent).toHaveLength(1);
	});

	it('sends nothing at all for an execution that was cancelled before', async () => {
		const transport = scripted();
		const control = { signal: AbortSignal.abort() };
		expect(words(await go(targets('a', 'b'), contract, transport, control))).toEqual([
			'a notSent',
			'b notSent',
		]);
		expect(transport.sent).toEqual([]);
	});
});

describe('run for a vendor that takes targets only one by one', () => {
	it('falls back to one target a request, also for what follows in the group', async () => {
		const transport = scripted(['oneByOne'], ['terminated'], ['failed'], '["absent"]', ['terminated']);
		const outcomes = await go(targets('a', 'b', 'c', 'd'), withStateQuery('inDoubt'), transport);
		expect(bodies(transport)).toEqual(['["a","b","c"]', '["a"]', '["b"]', '/state/b', '["c"]', '["d"]']);
		expect(words(outcomes)).toEqual(['a terminated', 'b notRunning', 'c terminated', 'd terminated']);
		expect(outcomes.map(({ attempts }) => attempts)).toEqual([2, 2, 2, 1]);
	});

	it('does not try again together what the vendor takes one by one', async () => {
		const transport = scripted(['oneByOne']);
		const outcomes = await go(targets('a', 'b', 'c', 'd', 'e'), contract, transport);
		expect(bodies(transport)).toEqual(['["a","b","c"]', '["a"]', '["b"]', '["c"]', '["d"]', '["e"]']);
		expect(outcomes.every(({ outcome }) => outcome === 'terminated')).toBe(true);
	});

	it('falls back in the one group only', async () => {
		const transport = scripted(['oneByOne']);
		await go([...targets('a', 'b'), target('x', 'other'), target('y', 'other')], contract, transport);
		expect(bodies(transport)).toEqual(['["a","b"]', '["a"]', '["b"]', '["x","y"]']);
	});

	it('sends in parts what the vendor takes in parts, and what follows together again', async () => {
		const wide = { ...contract, targetsPerRequest: 5 };
		const transport = scripted(['twoByTwo']);
		const outcomes = await go(targets('a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'), wide, transport);
		expect(bodies(transport)).toEqual([
			'["a","b","c","d","e"]',
			'["a","b"]',
			'["c","d"]',
			'["e"]',
			'["f","g","h"]',
		]);
		expect(outcomes.map(({ outcome, attempts }) => `${outcome} ${attempts}`)).toEqual([
			...times(5, 'terminated 2'),
			...times(3, 'terminated 1'),
		]);
	});

	it('takes what the vendor says of parts that it finds too large itself', async () => {
		const outcomes = await go(targets('a', 'b'), contract, scripted(['twoByTwo']));
		expect(words(outcomes)).toEqual(['a failed', 'b failed']);
	});

	it('keeps in mind that the request with all of them may have worked', async () => {
		const transport = scripted(['oneOfThem'], ['alreadyEnded'], ['refused'], ['alive']);
		const outcomes = await go(targets('a', 'b', 'c'), contract, transport);
		expect(bodies(transport)).toEqual(['["a","b","c"]', '["a"]', '["b"]', '["b"]', '["c"]']);
		expect(words(outcomes)).toEqual(['a alreadyEnded', 'b failed', 'c terminated']);
		expect(outcomes[0]).toMatchObject({
			reason: 'an earlier request in this run may have done this',
			extra: { maybeByThisRun: true },
		});
	});

	it('does not fall back for ever', async () => {
		const transport = scripted(['oneByOne'], ['oneByOne'], ['oneByOne']);
		const outcomes = await go(targets('a', 'b'), contract, transport);
		expect(words(outcomes)).toEqual(['a failed', 'b failed']);
		expect(transport.sent).toHaveLength(3);
	});

	it('counts a request that was too big for nobody', async () => {
		const transport = scripted(...times(4, ['mumble', 'mumble']), ['oneByOne'], ...times(3, ['mumble']));
		const outcomes = await go(targets('a', 'b'), contract, transport);
		expect(words(outcomes)).toEqual(['a unknown', 'b unknown']);
		expect(outcomes.map(({ attempts }) => attempts)).toEqual([6, 6]);
		expect(transport.sent).toHaveLength(7);
	});

	it('asks about what was settled before the others were taken apart', async () => {
		const transport = scripted(['terminated', 'mumble', 'mumble'], '["running","running"]', ['oneByOne']);
		const outcomes = await go(targets('a', 'b', 'c'), withStateQuery('inDoubt'), transport, { verify: true });
		expect(bodies(transport)).toEqual(expect.arrayContaining(['/state/a', '/state/b', '/state/c']));
		expect(outcomes.map(({ extra }) => extra['verified'])).toEqual([false, false, false]);
	});

	it('keeps in mind that an earlier request may have worked, when it looks first', async () => {
		const down = times(3, fault());
		const transport = scripted(
			'["running","running"]',
			['mumble', 'mumble'],
			...['["running","running"]', ['oneByOne'], ...down, ...down],
		);
		const outcomes = await go(targets('a', 'b'), withStateQuery('first'), transport);
		// What may have worked is never called not sent; and what still ran is sent again.
		for (const { outcome, attempts } of outcomes) {
			expect(['unknown', 'terminated']).toContain(outcome);
			expect(attempts).toBeGreaterThan(1);
		}
	});
});

describe('run with a session', () => {
	it('renews an expired session once and repeats the request', async () => {
		const renew = jest.fn(async () => undefined);
		const transport = { ...scripted(['expired']), renew };
		const outcomes = await go(targets('a', 'b'), contract, transport);
		expect(words(outcomes)).toEqual(['a terminated', 'b terminated']);
		expect(outcomes[0]?.attempts).toBe(2);
		expect(renew).toHaveBeenCalledTimes(1);
	});

	it('gives up when the new session is no better', async () => {
		const renew = jest.fn(async () => undefined);
		const transport = { ...scripted(['expired'], ['expired']), renew };
		const outcomes = await go(targets('a', 'b', 'c', 'd'), contract, transport);
		expect(words(outcomes)).toEqual(['a failed', 'b failed', 'c failed', 'd notSent']);
		expect(renew).toHaveBeenCalledTimes(1);
	});

	it('gives up where there is no way to a new session', async () => {
		const outcomes = await go(targets('a', 'b', 'c', 'd'), contract, scripted(['expired']));
		expect(words(outcomes)).toEqual(['a failed', 'b failed', 'c failed', 'd notSent']);
	});

	it('tells of a login that was refused', async () => {
		const refused = fault({
			maybeSent: false,
			stopsRun: true,
			reason: 'the password is wrong',
			hint: 'Fix it.',
		});
		const transport = { ...scripted(['expired']), renew: async () => refused };
		const outcomes = await go(targets('a', 'b', 'c', 'd'), contract, transport);
		expect(words(outcomes)).toEqual(['a notSent', 'b notSent', 'c notSent', 'd notSent']);
		expect(outcomes[0]).toMatchObject({
			hint: 'Fix it.',
			message: expect.stringContaining('the password is wrong'),
		});
	});

	it('sends nothing a sixth time because the session was renewed', async () => {
		const transport = { ...scripted(...times(4, ['mumble']), ['expired']), renew: async () => undefined };
		const [outcome] = await go(targets('a'), contract, transport);
		expect(outcome).toMatchObject({ outcome: 'unknown', attempts: 5 });
	});

	it('does not log in for an execution that was cancelled', async () => {
		const controller = new AbortController();
		const renew = jest.fn(async () => undefined);
		const expired = () => {
			controller.abort();
			return response(200, ['expired']);
		};
		const transport = { ...scripted(expired), renew };
		await go(targets('a'), contract, transport, { signal: controller.signal });
		expect(renew).not.toHaveBeenCalled();
	});
});

describe('run that tells of its progress', () => {
	it('counts different targets, each once', async () => {
		const told: Array<[number, number]> = [];
		const transport = scripted(['terminated', 'mumble', 'mumble'], ['oneByOne']);
		await go([...targets('a', 'b', 'c', 'd'), target('a', 'g', 9)], contract, transport, {
			onProgress: (done, total) => told.push([done, total]),
		});
		expect(told.at(-1)).toEqual([4, 4]);
		expect(told.every(([done]) => done <= 4)).toBe(true);
	});
});

describe('targets that several items name', () => {
	const rules = {
		...contract,
		scopeKey: () => '',
		mergeSettings: (a: Settings, b: Settings) => ({ group: a.group < b.group ? a.group : b.group }),
	};

	it('are one, whatever else their items want: sent once, with what the first wants', async () => {
		const loose = { ...contract, scopeKey: () => '' };
		const transport = scripted();
		const outcomes = await go(
			[target('a', 'g', 0), target('a', 'h', 1), target('b', 'h', 2)],
			loose,
			transport,
		);
		expect(bodies(transport)).toEqual(['["a"]', '["b"]']);
		expect(words(outcomes)).toEqual(['a terminated', 'a terminated', 'b terminated']);
		expect(outcomes.map(({ attempts, item }) => [attempts, item])).toEqual([
			[1, 0],
			[1, 1],
			[1, 2],
		]);
	});

	it('are sent with what the contract makes of all their settings', async () => {
		const transport = scripted();
		await go([target('a', 'z', 0), target('b', 'm', 1), target('a', 'm', 2)], rules, transport);
		expect(bodies(transport)).toEqual(['["a","b"]']);
	});

	it('are verified if any item wants it', async () => {
		const transport = scripted(['terminated', 'terminated'], '["ended"]');
		const outcomes = await go(
			[target('a'), target('b'), target('a', 'g', 9)],
			withStateQuery('inDoubt'),
			transport,
			{
				verify: ({ item }) => item === 9,
			},
		);
		expect(bodies(transport)).toEqual(['["a","b"]', '/state/a']);
		expect(outcomes.map(({ extra }) => extra['verified'])).toEqual([true, undefined, true]);
	});
});

describe('time', () => {
	const MINUTE = 60_000;

	/** A vendor that accepts each request and never answers: commands run into n8n's timeout, questions into theirs. */
	const silent = (clock: VirtualClock): Transport => ({
		send: async ({ method }) => {
			await clock.sleep(method === 'POST' ? 5 * MINUTE : MINUTE / 2);
			return { kind: 'fault', fault: fault({ code: 'ETIMEDOUT' }) };
		},
	});

	it.each(['first', 'inDoubt', 'last'] as const)(
		'is bounded where a vendor accepts and never answers, asking %s',
		async (when) => {
			for (const [count, most] of [
				[1, 15],
				[1_000, 30],
			] as const) {
				const clock = new VirtualClock(() => 0.99);
				const ids = Array.from({ length: count }, (_, index) => `t${index}`);
				const by = { ...withStateQuery(when), targetsPerRequest: 50 };
				const outcomes = await go(targets(...ids), by, silent(clock), { clock, verify: true });
				expect(outcomes).toHaveLength(count);
				expect(clock.elapsed() / MINUTE).toBeLessThan(most);
			}
		},
	);
});

describe('an exception of our own', () => {
	const boom = () => {
		throw new TypeError('boom');
	};
	const faults: unknown[] = [];
	const onFault = (error: unknown) => faults.push(error);
	beforeEach(() => faults.splice(0));

	it('before anything was sent leaves all targets unsent', async () => {
		for (const broken of [
			{ scopeKey: boom },
			{ groupKey: boom },
			{ needsOwnRequest: boom },
			{ rates: boom },
		]) {
			const transport = scripted();
			const outcomes = await go(targets('a', 'b'), { ...contract, ...broken }, transport, { onFault });
			expect(words(outcomes)).toEqual(['a notSent', 'b notSent']);
			expect(outcomes[0]).toMatchObject({
				reason: 'the run was stopped because of an internal error in this node',
				failure: true,
			});
			expect(transport.sent).toEqual([]);
		}
		expect(faults).toHaveLength(4);
	});

	it('about one batch leaves what was not sent unsent, what was sent unknown, and what is known as it is', async () => {
		let batch = 0;
		const read: Contract<Settings>['read'] = (...args) => {
			batch += 1;
			return batch === 2 ? boom() : contract.read(...args);
		};
		const transport = scripted();
		const ids = ['a', 'b', 'c', 'd', 'e', 'f', 'g'];
		const outcomes = await go(targets(...ids), { ...contract, read }, transport, { onFault });
		expect(words(outcomes)).toEqual([
			'a terminated',
			'b terminated',
			'c terminated',
			'd unknown',
			'e unknown',
			'f unknown',
			'g notSent',
		]);
		expect(transport.sent).toHaveLength(2);
		expect(faults).toEqual([new TypeError('boom')]);
	});

	it('in a request that was never made leaves its targets unsent, and no other worker goes on', async () => {
		const clock = new VirtualClock();
		const slow: Transport = {
			send: async () => {
				await clock.sleep(100);
				return response(200, ['terminated']);
			},
		};
		const sent: string[] = [];
		const request: Contract<Settings>['request'] = (list) => {
			if (list[0]?.id === 't7') boom();
			sent.push(list[0]!.id);
			return contract.request(list);
		};
		const ids = Array.from({ length: 100 }, (_, index) => `t${index}`);
		const by = { ...contract, request, targetsPerRequest: 1, requestsInFlight: 5 };
		const outcomes = await go(targets(...ids), by, slow, { clock });
		const after = sent.length;
		await clock.pass(10_000);
		expect(sent).toHaveLength(after);
		expect(outcomes.filter(({ outcome }) => outcome === 'terminated').map(({ id }) => id)).toEqual(sent);
		expect(outcomes.filter(({ outcome }) => outcome === 'notSent')).toHaveLength(100 - sent.length);
		expect(sent.length).toBeLessThan(12);
	});

	it('while the vendor is asked to confirm leaves what it said, as not confirmed', async () => {
		const by = withStateQuery('inDoubt');
		const broken = { ...by, stateQuery: { ...by.stateQuery!, read: boom } };
		const outcomes = await go(targets('a'), broken, scripted(), { verify: true });
		expect(outcomes).toMatchObject([{ outcome: 'terminated', extra: { verified: false } }]);
	});

	it('in the last step hides no outcome', async () => {
		const outcomes = await go(targets('a'), { ...contract, describe: boom }, scripted());
		expect(outcomes).toMatchObject([{ outcome: 'terminated', failure: false, extra: {} }]);
		const strict = await go(targets('a'), contract, scripted(), { policyOf: boom });
		expect(strict).toMatchObject([{ outcome: 'terminated', failure: false }]);
	});

	it('of a transport is one as well; one of a listener stops nothing', async () => {
		const outcomes = await go(targets('a', 'b', 'c', 'd'), contract, { send: async () => boom() });
		expect(words(outcomes)).toEqual(['a unknown', 'b unknown', 'c unknown', 'd notSent']);
		const heard = await go(targets('a', 'b', 'c', 'd'), contract, scripted(), { onProgress: boom });
		expect(words(heard)).toEqual(['a terminated', 'b terminated', 'c terminated', 'd terminated']);
	});
});
