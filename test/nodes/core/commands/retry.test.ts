import { forAll } from '../../../../nodes/core/commands/contract';
import type { Contract } from '../../../../nodes/core/commands/contract';
import { HostRateLimiter } from '../../../../nodes/core/http/rateLimiter';
import { VirtualClock } from '../virtualClock';
import {
	bodies,
	contract,
	fault,
	go,
	withStateQuery,
	response,
	scripted,
	targets,
	times,
	words,
} from './scripted';
import type { Settings, Step } from './scripted';

describe('sending again', () => {
	it('sends again only what is not known, later each time, and then says unknown', async () => {
		const clock = new VirtualClock();
		const transport = scripted(['terminated', 'mumble'], ...times(4, ['mumble']));
		const outcomes = await go(targets('a', 'b'), contract, transport, { clock });
		expect(bodies(transport)).toEqual(['["a","b"]', '["b"]', '["b"]', '["b"]', '["b"]']);
		expect(words(outcomes)).toEqual(['a terminated', 'b unknown']);
		expect(outcomes[1]).toMatchObject({ attempts: 5, reason: 'it mumbled', hint: 'Listen.' });
		expect(clock.naps).toEqual([1_000, 2_000, 4_000, 8_000]);
	});

	it('takes a target that the answer does not mention as unknown', async () => {
		const transport = scripted(['terminated'], ...times(4, []));
		const outcomes = await go(targets('a', 'b'), contract, transport);
		expect(words(outcomes)).toEqual(['a terminated', 'b unknown']);
		expect(outcomes[1]).toMatchObject({ attempts: 5, reason: 'the response did not mention it' });
	});

	it('says unknown when the vendor may have acted, and goes on', async () => {
		const transport = scripted(...times(5, fault()));
		const outcomes = await go(targets('a', 'b', 'c', 'd'), contract, transport);
		expect(words(outcomes)).toEqual(['a unknown', 'b unknown', 'c unknown', 'd terminated']);
		expect(outcomes[0]).toMatchObject({
			code: 'ECONNRESET',
			message: 'It is not known whether thing a was terminated: it broke',
			attempts: 5,
		});
	});

	it('sends again what the vendor did not run, as often as that is worth it', async () => {
		const transport = scripted(['busy', 'busyTwice'], ['busy', 'busyTwice'], ['busy'], ['terminated']);
		const outcomes = await go(targets('a', 'b'), contract, transport);
		expect(bodies(transport)).toEqual(['["a","b"]', '["a","b"]', '["a"]', '["a"]']);
		expect(outcomes).toMatchObject([
			{ outcome: 'terminated', attempts: 4 },
			{ outcome: 'failed', attempts: 2, reason: 'busy' },
		]);
	});

	it('does not send again what is final, nor what is not worth it', async () => {
		const transport = scripted(['refused', 'notFound', 'mumbleOnce']);
		const outcomes = await go(targets('a', 'b', 'c'), contract, transport);
		expect(words(outcomes)).toEqual(['a failed', 'b notFound', 'c unknown']);
		expect(transport.sent).toHaveLength(1);
	});

	it('does not send again what never left, where that would be no better', async () => {
		const unreachable = fault({
			maybeSent: false,
			stopsRun: true,
			code: 'ECONNREFUSED',
			reason: 'nobody is there',
		});
		const transport = scripted(unreachable);
		const outcomes = await go(targets('a', 'b', 'c', 'd'), contract, transport);
		expect(words(outcomes)).toEqual(['a notSent', 'b notSent', 'c notSent', 'd notSent']);
		expect(outcomes[0]).toMatchObject({ attempts: 1, code: 'ECONNREFUSED' });
		expect(outcomes[3]?.message).toContain('the run was stopped because nobody is there');
		expect(transport.sent).toHaveLength(1);
	});

	describe('a fault that may pass', () => {
		const refused = fault({
			maybeSent: false,
			passing: true,
			attempts: 3,
			code: 'ECONNREFUSED',
			reason: 'nobody is there',
		});

		it('in the middle of a run is waited out', async () => {
			const transport = scripted(['terminated', 'terminated', 'terminated'], refused, refused);
			const clock = new VirtualClock();
			const outcomes = await go(targets('a', 'b', 'c', 'd'), contract, transport, { clock });
			expect(words(outcomes)).toEqual(['a', 'b', 'c', 'd'].map((id) => `${id} terminated`));
			expect(transport.sent).toHaveLength(4);
			expect(clock.naps).toEqual([1000, 2000]);
		});

		it('stops the run when it stays, and nothing was sent', async () => {
			const transport = scripted(...times(99, refused));
			const outcomes = await go(targets('a', 'b', 'c', 'd'), contract, transport);
			expect(words(outcomes)).toEqual(['a', 'b', 'c', 'd'].map((id) => `${id} notSent`));
			expect(outcomes[0]).toMatchObject({ attempts: 3, code: 'ECONNREFUSED', reason: 'nobody is there' });
			expect(outcomes[3]).toMatchObject({ attempts: 0 });
			expect(outcomes[3]?.message).toContain('the run was stopped because nobody is there');
			expect(transport.sent).toHaveLength(3);
		});

		it('is counted in a row', async () => {
			const transport = scripted(refused, refused, ['busy'], refused, ['terminated']);
			const outcomes = await go(targets('a'), contract, transport);
			expect(words(outcomes)).toEqual(['a terminated']);
		});

		it('leaves in doubt what an earlier request may have done', async () => {
			const transport = scripted(fault(), ...times(99, refused));
			const outcomes = await go(targets('a'), contract, transport);
			expect(words(outcomes)).toEqual(['a unknown']);
			expect(transport.sent).toHaveLength(4);
		});

		it('is waited for as long as a server has asked', async () => {
			const clock = new VirtualClock();
			const transport = scripted(fault({ ...refused, waitMs: 7000 }));
			expect(words(await go(targets('a'), contract, transport, { clock }))).toEqual(['a terminated']);
			expect(clock.naps).toEqual([7000]);
		});

		it('is waited out before the state is known that has to be', async () => {
			const transport = scripted(refused, '["running"]', ['terminated']);
			const outcomes = await go(targets('a'), withStateQuery('first'), transport);
			expect(words(outcomes)).toEqual(['a terminated']);
		});

		it('stops the run when a question meets it to the end', async () => {
			const transport = scripted(...times(99, refused));
			const outcomes = await go(targets('a', 'b', 'c'), withStateQuery('first'), transport);
			expect(words(outcomes)).toEqual(['a notSent', 'b notSent', 'c notSent']);
			expect(transport.sent).toHaveLength(3);
		});
	});

	it('says that an earlier request may have done it', async () => {
		const transport = scripted(fault(), ['alreadyEnded', 'notFound', 'terminated']);
		const outcomes = await go(targets('a', 'b', 'c'), contract, transport);
		const told = 'an earlier request in this run may have done this';
		expect(outcomes).toMatchObject([
			{ outcome: 'alreadyEnded', reason: told, extra: { maybeByThisRun: true }, attempts: 2 },
			{ outcome: 'notFound', reason: told, extra: { maybeByThisRun: true } },
			{ outcome: 'terminated', extra: { group: 'g' } },
		]);
		expect(outcomes[2]?.extra).toEqual({ group: 'g' });
	});

	it('does not take a refusal of the repetition for an answer about the first request', async () => {
		const transport = scripted(fault(), ...times(4, ['refused', 'alive']));
		const outcomes = await go(targets('a', 'b'), contract, transport);
		expect(outcomes).toMatchObject([
			{
				outcome: 'unknown',
				reason: 'the vendor said no, but an earlier request in this run may have worked (code 9)',
				hint: 'Ask somebody.',
				code: '9',
				attempts: 5,
			},
			{ outcome: 'failed', reason: 'it runs', attempts: 2 },
		]);
	});

	it('keeps the doubt where the repetition never left', async () => {
		const unreachable = fault({ maybeSent: false, stopsRun: true, reason: 'nobody is there' });
		const outcomes = await go(targets('a'), contract, scripted(fault(), unreachable));
		expect(outcomes).toMatchObject([{ outcome: 'unknown', reason: 'it broke', attempts: 2 }]);
	});
});

describe('waiting', () => {
	it.each([
		['in seconds', '7', 7_000],
		['as a date', 'Sun, 06 Jan 2030 00:00:09 GMT', 9_000],
		['not at all', '', 1_000],
		['in no known way', 'soon', 1_000],
		['at once', '0', 1_000],
		['in the past', 'Sun, 06 Jan 2019 00:00:09 GMT', 1_000],
		['sooner than the back-off', '0.2', 1_000],
	])('waits as long as the vendor asks: %s', async (_name, header, waitMs) => {
		const clock = new VirtualClock();
		const transport = scripted(() => response(503, '', { 'retry-after': header }));
		expect(words(await go(targets('a'), contract, transport, { clock }))).toEqual(['a terminated']);
		expect(clock.elapsed()).toBe(waitMs);
	});

	it('does not wait for longer than two minutes, and says so', async () => {
		const clock = new VirtualClock();
		const transport = scripted(() => response(503, '', { 'retry-after': '121' }));
		const outcomes = await go(targets('a', 'b', 'c', 'd'), contract, transport, { clock });
		expect(words(outcomes)).toEqual(['a unknown', 'b unknown', 'c unknown', 'd notSent']);
		expect(outcomes[3]?.reason).toBe('the run was stopped because the system asked to wait for 3 minutes');
		expect(clock.elapsed()).toBe(0);
	});

	it('does not stop for a wait that nothing has to wait for', async () => {
		const clock = new VirtualClock();
		const done = () => response(200, ['terminated'], { 'retry-after': '7200' });
		const outcomes = await go(targets('a', 'b'), { ...contract, targetsPerRequest: 1 }, scripted(done), {
			clock,
		});
		expect(words(outcomes)).toEqual(['a terminated', 'b terminated']);
		expect(clock.elapsed()).toBe(0);
	});

	it('waits for two minutes', async () => {
		const clock = new VirtualClock();
		const transport = scripted(() => response(503, '', { 'retry-after': '120' }));
		expect(words(await go(targets('a'), contract, transport, { clock }))).toEqual(['a terminated']);
		expect(clock.elapsed()).toBe(120_000);
	});

	it('lets no other request of the run wait for hours either', async () => {
		const clock = new VirtualClock();
		const transport = scripted(() => response(429, '', { 'retry-after': '7200' }));
		const wide = { ...contract, targetsPerRequest: 1, requestsInFlight: 2 };
		await go(targets('a', 'b', 'c', 'd'), wide, transport, { clock });
		expect(clock.elapsed()).toBeLessThanOrEqual(120_000);
	});

	it('lets no later run on the same host wait for hours', async () => {
		const clock = new VirtualClock();
		const pace = new HostRateLimiter(clock);
		await go(
			targets('a'),
			contract,
			scripted(() => response(429, '', { 'retry-after': '7200' })),
			{ clock, rateLimiter: pace },
		);
		const before = clock.elapsed();
		await go(targets('b'), contract, scripted(), { clock, rateLimiter: pace });
		expect(clock.elapsed() - before).toBeLessThanOrEqual(120_000);
	});

	it('slows down for everybody after HTTP 429, and after an answer that says as much', async () => {
		const clock = new VirtualClock();
		for (const limit of [() => response(429, ''), () => response(200, 'slow')]) {
			const pace = new HostRateLimiter(clock);
			const refused = jest.spyOn(pace, 'onThrottled');
			const slow: Contract<Settings> = {
				...contract,
				read: (list, answer) =>
					answer.text === 'slow'
						? { ...forAll(list, { outcome: 'failed', notRun: true }), throttled: true as const }
						: contract.read(list, answer),
			};
			expect(words(await go(targets('a'), slow, scripted(limit), { clock, rateLimiter: pace }))).toEqual([
				'a terminated',
			]);
			expect(refused.mock.calls).toEqual([[1_000]]);
		}
	});

	it('slows down once for one answer', async () => {
		const clock = new VirtualClock();
		const pace = new HostRateLimiter(clock);
		const refused = jest.spyOn(pace, 'onThrottled');
		const slow: Contract<Settings> = {
			...contract,
			read: (list, answer) =>
				answer.status === 429
					? { ...forAll(list, { outcome: 'failed', notRun: true }), throttled: true as const }
					: contract.read(list, answer),
		};
		await go(
			targets('a'),
			slow,
			scripted(() => response(429, '')),
			{ clock, rateLimiter: pace },
		);
		expect(refused).toHaveBeenCalledTimes(1);
	});

	it('slows down longer with each attempt that is refused so', async () => {
		const clock = new VirtualClock();
		const pace = new HostRateLimiter(clock);
		const refused = jest.spyOn(pace, 'onThrottled');
		const slow: Contract<Settings> = {
			...contract,
			read: (list) => ({ ...forAll(list, { outcome: 'failed', notRun: true }), throttled: true as const }),
		};
		await go(targets('a'), slow, scripted(), { clock, rateLimiter: pace });
		expect(refused.mock.calls).toEqual([[1_000], [2_000], [4_000], [8_000], [16_000]]);
	});
});

describe('a vendor that gives no useful answer', () => {
	const one = { ...contract, targetsPerRequest: 1 };

	it('is not asked about everything else too', async () => {
		const transport = scripted(...times(100, fault()));
		const outcomes = await go(targets('a', 'b', 'c'), one, transport);
		expect(words(outcomes)).toEqual(['a unknown', 'b unknown', 'c notSent']);
		expect(outcomes[2]).toMatchObject({
			reason: 'the run was stopped because several requests in a row failed; the last error was: it broke',
			hint: 'Again.',
		});
		expect(transport.sent).toHaveLength(10);
	});

	it('gets another chance after each useful answer', async () => {
		const broken = times(5, fault());
		const outcomes = await go(targets('a', 'b', 'c'), one, scripted(...broken, ['refused'], ...broken));
		expect(words(outcomes)).toEqual(['a unknown', 'b failed', 'c unknown']);
		const [, , , last] = await go(
			targets('a', 'b', 'c', 'd'),
			one,
			scripted(...broken, ['terminated'], ...broken),
		);
		expect(last?.outcome).toBe('terminated');
	});

	it('is not down when it says each time that it is too busy', async () => {
		const outcomes = await go(targets('a', 'b', 'c'), one, scripted(...times(10, ['busy'])));
		expect(words(outcomes)).toEqual(['a failed', 'b failed', 'c terminated']);
	});

	it('is left alone when it has been too busy for half an hour', async () => {
		const many = targets(...Array.from({ length: 200 }, (_, index) => `t${index}`));
		const clock = new VirtualClock();
		const outcomes = await go(many, one, scripted(...times(1_000, ['busy'])), { clock });
		expect(outcomes[0]).toMatchObject({ outcome: 'failed', attempts: 5 });
		expect(outcomes[199]).toMatchObject({ outcome: 'notSent', attempts: 0 });
		expect(clock.now()).toBeGreaterThanOrEqual(1_800_000);
		expect(clock.now()).toBeLessThan(1_900_000);
	});

	it('is of use as long as it tells of one among several', async () => {
		const half = [['terminated', 'mumble'], ...times(4, ['mumble'])];
		const two = { ...contract, targetsPerRequest: 2 };
		const outcomes = await go(targets('a', 'b', 'c', 'd', 'e'), two, scripted(...half, ...half));
		expect(words(outcomes)).toEqual([
			'a terminated',
			'b unknown',
			'c terminated',
			'd unknown',
			'e terminated',
		]);
	});

	it('is of use where it says why it does not run one of them', async () => {
		const outcomes = await go(targets('a', 'b', 'c'), one, scripted(...times(10, ['locked'])));
		expect(words(outcomes)).toEqual(['a failed', 'b failed', 'c terminated']);
	});

	it.each([
		['when it is asked before each repetition', 'inDoubt', times(25, [fault(), '[]']).flat()],
		['when it is asked in the end', 'last', times(5, [...times(5, fault()), '["running"]']).flat()],
	] as const)('is there as long as it answers questions, %s', async (_, when, steps) => {
		const asked = { ...withStateQuery(when), targetsPerRequest: 1 };
		const outcomes = await go(targets('a', 'b', 'c', 'd', 'e', 'f'), asked, scripted(...steps));
		expect(words(outcomes)).toEqual([
			'a unknown',
			'b unknown',
			'c unknown',
			'd unknown',
			'e unknown',
			'f notSent',
		]);
	});

	it.each<[string, Step, string]>([
		['a code that nobody knows', ['mumble'], 'unknown'],
		['a page', '<html>Sign in</html>', 'notSent'],
		['the word of a broken server', '{"down":true}', 'notSent'],
		['status 500', () => response(500, '[]'), 'notSent'],
	])('%s twice leaves the third %3$s', async (_, step, outcome) => {
		const steps = times<Step>(15, step);
		const outcomes = await go(targets('a', 'b', 'c'), one, scripted(...steps));
		expect(words(outcomes)).toEqual(['a unknown', 'b unknown', `c ${outcome}`]);
	});
});
