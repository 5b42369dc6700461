import { RateLimitedClient } from '../../../../nodes/core/http/client';
import type { ApiRequest } from '../../../../nodes/core/http/messages';
import { HostRateLimiter } from '../../../../nodes/core/http/rateLimiter';
import type { Limits } from '../../../../nodes/core/http/rateLimiter';
import { RunPace } from '../../../../nodes/core/http/runPace';
import type { Transport } from '../../../../nodes/core/http/transport';
import { contract, fault, go, response, scripted, targets, words } from '../commands/scripted';
import type { Step } from '../commands/scripted';
import { VirtualClock } from '../virtualClock';

const request: ApiRequest = { method: 'POST', path: '/end', body: '["a"]' };
const slow: Limits = { inFlight: 9, rates: [{ perSecond: 1, burst: 1 }] };
const always = { isWanted: () => true };

function lineTo(limits: Limits, signal?: AbortSignal, ...script: Step[]) {
	const clock = new VirtualClock();
	const pace = new HostRateLimiter(clock);
	const transport = scripted(...script);
	return { clock, pace, transport, line: new RateLimitedClient(transport, pace, limits, clock, { signal }) };
}

describe('RateLimitedClient', () => {
	it.each([200, 400, 404, 500, 503])('lets the pace come back after HTTP %d', async (status) => {
		const { line, pace } = lineTo(slow, undefined, () => response(status, ''));
		const accepted = jest.spyOn(pace, 'onAccepted');
		await expect(line.send(request, always)).resolves.toMatchObject({
			kind: 'response',
			response: { status },
		});
		expect(accepted).toHaveBeenCalledTimes(1);
	});

	it.each([
		['HTTP 429', () => response(429, '')],
		['no answer', fault()],
	])('does not let the pace come back after %s', async (_name, step) => {
		const { line, pace } = lineTo(slow, undefined, step);
		const accepted = jest.spyOn(pace, 'onAccepted');
		await line.send(request, always);
		expect(accepted).not.toHaveBeenCalled();
	});

	it.each([
		[undefined, [undefined, 'none', 'none', 'none']],
		[3, [undefined, undefined, undefined, 'none']],
	])('lets a request go through so many sessions after the first: %p', async (renewals, expected) => {
		const clock = new VirtualClock();
		const rounds: number[] = [];
		const transport: Transport = {
			...scripted(),
			renew: async (round) => void rounds.push(round),
			...(renewals !== undefined && { renewals }),
		};
		const line = new RateLimitedClient(transport, new HostRateLimiter(clock), slow, clock);
		expect(await Promise.all([1, 2, 3, 4].map(async (round) => await line.renew(round)))).toEqual(expected);
		expect(rounds).toEqual([1, 2, 3].slice(0, renewals ?? 1));
		expect(await lineTo(slow).line.renew(1)).toBe('none');
	});

	it.each([
		['does not wait behind a command in a lane of its own', true, ['command', 'question']],
		['waits its turn otherwise', undefined, ['command']],
	] as const)('a question %s', async (_name, hasCommandLane, kinds) => {
		const sent: string[] = [];
		const clock = new VirtualClock();
		const transport: Transport = {
			send: async (_request, kind) => {
				sent.push(kind);
				// A command that takes a minute.
				await clock.sleep(kind === 'command' ? 60_000 : 0);
				return response(200, '');
			},
		};
		const limits: Limits = { inFlight: 1, rates: [], hasCommandLane };
		const line = new RateLimitedClient(transport, new HostRateLimiter(clock), limits, clock);
		const all = (['command', 'question', 'command'] as const).map(
			async (kind) => await line.send(request, { ...always, kind }),
		);
		await clock.pass(1_000);
		expect(sent).toEqual(kinds);
		await clock.finish(Promise.all(all));
		expect(sent).toHaveLength(3);
	});

	it('says that a request leaves just before it does', async () => {
		const { line, transport } = lineTo(slow);
		const seen: number[] = [];
		await line.send(request, { ...always, onSend: () => seen.push(transport.sent.length) });
		expect([seen, transport.sent.length]).toEqual([[0], 1]);
	});

	it('does not send what is not wanted any more when its turn comes, and goes on with others', async () => {
		const { line, clock, transport } = lineTo(slow);
		let wanted = true;
		clock.at(500, () => (wanted = false));
		const left: string[] = [];
		const first = line.send(request, { isWanted: () => wanted });
		const second = line.send(request, { isWanted: () => wanted, onSend: () => left.push('second') });
		const third = line.send(request, always);
		const kinds = (await clock.finish(Promise.all([first, second, third]))).map(({ kind }) => kind);
		expect(kinds).toEqual(['response', 'cancelled', 'response']);
		expect(left).toEqual([]);
		expect(transport.sent).toHaveLength(2);
	});

	it('sends nothing after the execution was cancelled, also where its turn came in that moment', async () => {
		const controller = new AbortController();
		const { line, clock, transport, pace } = lineTo(slow, controller.signal);
		const enter = pace.acquire.bind(pace);
		jest.spyOn(pace, 'acquire').mockImplementation(async (...wish) => {
			const entered = await enter(...wish);
			controller.abort();
			return entered;
		});
		await expect(clock.finish(line.send(request, always))).resolves.toEqual({ kind: 'cancelled' });
		expect(transport.sent).toEqual([]);
	});

	it('gives its place back, whatever comes of the request', async () => {
		const one: Limits = { inFlight: 1, rates: [] };
		const broken = () => {
			throw new Error('never to happen');
		};
		const { line, clock } = lineTo(one, undefined, fault(), broken, () => response(429, ''));
		await line.send(request, always);
		await expect(line.send(request, always)).rejects.toThrow('never to happen');
		await line.send(request, { isWanted: () => false });
		await line.send(request, always);
		await expect(clock.finish(line.send(request, always))).resolves.toMatchObject({ kind: 'response' });
	});
});

describe('a pace of the user', () => {
	const OWN = [{ perSecond: 1, burst: 1 }];

	it('slows the run that wants it, and no other on the host', async () => {
		const clock = new VirtualClock();
		const pace = new HostRateLimiter(clock);
		const limits: Limits = { inFlight: 3, rates: [] };
		const at = new Map<string, number[]>();
		const runs = Array.from({ length: 10 }, (_, run) => {
			const own = run === 0 ? OWN : [];
			const control = { pace: new RunPace(own, clock) };
			const line = new RateLimitedClient(scripted(), pace, limits, clock, control);
			const times: number[] = [];
			at.set(`${run}`, times);
			return Array.from(
				{ length: 10 },
				async () => await line.send(request, { ...always, onSend: () => times.push(clock.elapsed()) }),
			);
		});
		await clock.finish(Promise.all(runs.flat()));
		expect(at.get('0')).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9].map((second) => second * 1_000));
		for (let run = 1; run < 10; run += 1) expect(at.get(`${run}`)).toEqual(Array(10).fill(0));
	});

	it('is kept where the host holds requests back meanwhile', async () => {
		const clock = new VirtualClock();
		const pace = new HostRateLimiter(clock);
		const control = { pace: new RunPace(OWN, clock) };
		const line = new RateLimitedClient(scripted(), pace, { inFlight: 9, rates: [] }, clock, control);
		pace.onThrottled(5_500);
		const times: number[] = [];
		const send = async () =>
			await line.send(request, { ...always, onSend: () => times.push(clock.elapsed()) });
		await clock.finish(Promise.all([send(), send(), send()]));
		expect(times).toEqual([5_500, 6_500, 7_500]);
	});

	it('is not waited for once the run has stopped', async () => {
		const clock = new VirtualClock();
		const control = { pace: new RunPace([{ perSecond: 0.001, burst: 1 }], clock) };
		const limits = { inFlight: 9, rates: [] };
		const line = new RateLimitedClient(scripted(), new HostRateLimiter(clock), limits, clock, control);
		clock.at(50, () => line.leave());
		const kinds = await clock.finish(
			Promise.all([1, 2, 3].map(async () => await line.send(request, always))),
		);
		expect(kinds.map(({ kind }) => kind)).toEqual(['response', 'cancelled', 'cancelled']);
		expect(clock.elapsed()).toBe(50);
	});
});

it('a run that has stopped leaves the line of the host at once', async () => {
	const { line, clock, pace } = lineTo({ inFlight: 1, rates: [] });
	const other = new RateLimitedClient(scripted(), pace, { inFlight: 1, rates: [] }, clock);
	pace.onThrottled(60_000);
	clock.at(10, () => line.leave());
	const left = line.send(request, always).then(({ kind }) => [kind, clock.elapsed()]);
	const stays = other.send(request, always).then(({ kind }) => [kind, clock.elapsed()]);
	expect(await clock.finish(Promise.all([left, stays]))).toEqual([
		['cancelled', 10],
		['response', 60_000],
	]);
});

it('sends nothing behind a fault that meets every request, also what was waiting', async () => {
	const { line, clock, transport } = lineTo({ inFlight: 1, rates: [] }, undefined, fault({ stopsRun: true }));
	const sent = await clock.finish(Promise.all([line.send(request, always), line.send(request, always)]));
	expect(sent).toMatchObject([{ fault: { maybeSent: true } }, { fault: { maybeSent: false } }]);
	expect(transport.sent).toHaveLength(1);
});

it('a group that was stopped gets nothing more, also what waits for its turn', async () => {
	const clock = new VirtualClock();
	const transport = scripted(['stopGroup']);
	const one = { ...contract, targetsPerRequest: 1, requestsInFlight: 3 };
	const outcomes = await go(targets('a', 'b', 'c', 'd'), one, transport, { clock, requestsPerSecond: 1 });
	expect(words(outcomes)).toEqual(['a failed', 'b notSent', 'c notSent', 'd notSent']);
	expect(transport.sent).toHaveLength(1);
});
