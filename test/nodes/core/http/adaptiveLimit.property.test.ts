import fc from 'fast-check';

import { RateLimitedClient } from '../../../../nodes/core/http/client';
import type { ApiRequest } from '../../../../nodes/core/http/messages';
import { HostRateLimiter } from '../../../../nodes/core/http/rateLimiter';
import type { RequestKind, TransportResult } from '../../../../nodes/core/http/transport';
import { keepGoing } from '../../../../nodes/core/util/concurrency';
import { isThorough } from '../../../engine/scope';
import { fault, response } from '../commands/scripted';
import { VirtualClock } from '../virtualClock';
import { LoadedVendor } from './loadedVendor';

const ANSWERS: Readonly<Record<string, TransportResult>> = {
	done: response(200, '[]'),
	refused: response(404, '{}'),
	page: response(200, '<html>'),
	redirect: response(302, ''),
	trouble: response(503, ''),
	throttled: response(429, ''),
	words: response(200, '{"error":"too many"}'),
	silence: { kind: 'fault', fault: fault({ timedOut: true }) },
	broken: { kind: 'fault', fault: fault() },
};

const answer = fc.record({
	name: fc.oneof({ weight: 20, arbitrary: fc.constant('done') }, fc.constantFrom(...Object.keys(ANSWERS))),
	ms: fc.oneof(fc.integer({ min: 0, max: 400 }), fc.integer({ min: 0, max: 40_000 })),
});

const world = fc.record({
	range: fc
		.tuple(fc.integer({ min: 1, max: 20 }), fc.integer({ min: 0, max: 19 }))
		.map(([first, more]) => ({ first, most: Math.min(20, first + more) })),
	answers: fc.array(answer, { minLength: 1, maxLength: 60 }),
	kinds: fc.array(fc.constantFrom<RequestKind>('command', 'question', 'page'), { minLength: 1 }),
	runs: fc.array(fc.integer({ min: 1, max: 80 }), { minLength: 1, maxLength: 3 }),
});

const request: ApiRequest = { method: 'GET', path: '/' };

it('stays between one and the most, and no more requests are open, whatever answers come and when', async () => {
	await fc.assert(
		fc.asyncProperty(world, async ({ range, answers, kinds, runs }) => {
			const clock = new VirtualClock();
			const rateLimiter = new HostRateLimiter(clock);
			const wrong: unknown[] = [];
			const limit = (): number => {
				const now = rateLimiter.adaptive(range).limit;
				if (!Number.isInteger(now) || now < 1 || now > range.most) wrong.push({ limit: now });
				return now;
			};
			const vendor = new LoadedVendor(clock, ({ open, before }) => {
				if (open > limit()) wrong.push({ open, limit: limit() });
				const { ms, name } = answers[before % answers.length]!;
				return { ms, result: { ...ANSWERS[name]! } };
			});
			let left = 0;
			const work = runs.map(async (count) => {
				const client = new RateLimitedClient(vendor, rateLimiter, { inFlight: range, rates: [] }, clock);
				let going = 0;
				await keepGoing(
					() => client.requestsInFlight(),
					() => {
						if (count === 0) return undefined;
						count -= 1;
						going += 1;
						return (async () => {
							const kind = kinds[count % kinds.length]!;
							const sent = await client.send(request, { isWanted: () => true, kind });
							left += 1;
							if (sent.kind === 'response' && sent.response.text.includes('too many')) {
								client.onThrottled(sent.response, 1);
							}
							if (sent.kind !== 'response') await client.wait(undefined, 1);
							going -= 1;
							limit();
						})();
					},
				);
				if (going !== 0) wrong.push({ going });
			});
			const all = runs.reduce((sum, count) => sum + count, 0);
			await clock.finish(Promise.all(work));
			expect([wrong, left]).toEqual([[], all]);
		}),
		{ numRuns: isThorough ? 1_500 : 150 },
	);
});
