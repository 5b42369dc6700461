import { RateLimitedClient } from '../../../../nodes/core/http/client';
import type { ApiRequest } from '../../../../nodes/core/http/messages';
import { HostRateLimiter } from '../../../../nodes/core/http/rateLimiter';
import type { Limits } from '../../../../nodes/core/http/rateLimiter';
import { contract, fault, go, response, scripted, targets, words } from '../commands/scripted';
import type { Step } from '../commands/scripted';
import { VirtualClock } from '../virtualClock';

const request: ApiRequest = { method: 'POST', path: '/end', body: '["a"]' };
const slow: Limits = { inFlight: 9, rates: [{ perSecond: 1, burst: 1 }] };
const always = () => true;

function lineTo(limits: Limits, signal?: AbortSignal, ...script: Step[]) {
	const clock = new VirtualClock();
	const pace = new HostRateLimiter(clock);
	const transport = scripted(...script);
	return { clock, pace, transport, line: new RateLimitedClient(transport, pace, limits, clock, signal) };
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

	it('says that a request leaves just before it does', async () => {
		const { line, transport } = lineTo(slow);
		const seen: number[] = [];
		await line.send(request, always, () => seen.push(transport.sent.length));
		expect([seen, transport.sent.length]).toEqual([[0], 1]);
	});

	it('does not send what is not wanted any more when its turn comes, and goes on with others', async () => {
		const { line, clock, transport } = lineTo(slow);
		let wanted = true;
		clock.at(500, () => (wanted = false));
		const left: string[] = [];
		const first = line.send(request, () => wanted);
		const second = line.send(
			request,
			() => wanted,
			() => left.push('second'),
		);
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
		await line.send(request, () => false);
		await line.send(request, always);
		await expect(clock.finish(line.send(request, always))).resolves.toMatchObject({ kind: 'response' });
	});
});

it('a group that was stopped gets nothing more, also what waits for its turn', async () => {
	const clock = new VirtualClock();
	const transport = scripted(['stopGroup']);
	const one = { ...contract, targetsPerRequest: 1, requestsInFlight: 3 };
	const outcomes = await go(targets('a', 'b', 'c', 'd'), one, transport, { clock, requestsPerSecond: 1 });
	expect(words(outcomes)).toEqual(['a failed', 'b notSent', 'c notSent', 'd notSent']);
	expect(transport.sent).toHaveLength(1);
});
