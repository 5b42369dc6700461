import type { JsonObject } from '../../../sandbox/core/emulator.ts';
import { EightByEightTest, PATHS } from '../harness';
import type { Change, Told } from '../harness';

const ENDED_AT = '2021-06-30T03:21:25.83Z';

describe('8x8 asks how a workflow stands', () => {
	const test = new EightByEightTest();

	describe.each(PATHS)('%s', (path) => {
		const configure = (switches: JsonObject): void => test.configure(switches);
		const tell = async (ids: unknown, change: Change = {}): Promise<Told[]> =>
			await test.tell(ids, { path, ...change });

		describe('before it terminates', () => {
			it.each(['Runnable', 'Suspended'])('a %s one: it reads once and sends one command', async (state) => {
				const id = test.seedOne({ state });
				const [told] = await tell(id);
				expect(told).toMatchObject({ id, outcome: 'terminated', attempts: 1 });
				expect(told).not.toHaveProperty('verified');
				expect(test.methods()).toEqual(['GET', 'PATCH']);
				expect(test.vendor.journal.list()[0]?.url).not.toContain('includeLogs');
				expect(test.instance(id)).toMatchObject({ status: 'Terminated' });
			});

			describe.each(['accept', 'refuse'])(
				'where 8x8 would %s to terminate what has ended',
				(terminateEnded) => {
					it.each(['Complete', 'Terminated'])('a %s one keeps its state and its end', async (state) => {
						configure({ terminateEnded });
						const id = test.seedOne({ state, completedAt: ENDED_AT });
						const [told] = await tell(id);
						expect(told).toMatchObject({ id, outcome: 'alreadyEnded', vendorState: state, attempts: 0 });
						expect(told).not.toHaveProperty('maybeByThisRun');
						expect(test.methods()).toEqual(['GET']);
						expect(test.instance(id)).toMatchObject({ status: state, completedAt: ENDED_AT });
						expect(test.counter('overwrites')).toBe(0);
					});
				},
			);

			it('one that 8x8 does not know: nothing is sent', async () => {
				const [told] = await tell('60dbe307fe55d99fc083dead');
				expect(told).toMatchObject({ outcome: 'notFound', code: '1300', attempts: 0 });
				expect(test.methods()).toEqual(['GET']);
			});

			it.each([
				['an HTML page', { kind: 'html', status: 200 }],
				['half an answer', { kind: 'cut' }],
				['nothing', { kind: 'empty' }],
				['an answer about another workflow', { kind: 'status', status: 200, body: other('Complete') }],
			] as const)('takes %s for no answer, and asks again before it sends anything', async (_name, fault) => {
				const [id, ended] = [test.seedOne(), test.seedOne({ state: 'Complete', completedAt: ENDED_AT })];
				test.arm({ ...fault, method: 'GET' });
				const [told] = await tell(id);
				expect(told).toMatchObject({ id, outcome: 'terminated', attempts: 1 });
				expect(test.methods()).toEqual(['GET', 'GET', 'PATCH']);
				test.arm({ ...fault, method: 'GET', times: 100 });
				const [left] = await tell(ended);
				expect(left).toMatchObject({ id: ended, outcome: 'notSent', attempts: 0 });
				expect(test.patches()).toHaveLength(1);
				expect(test.instance(ended)).toMatchObject({ status: 'Complete', completedAt: ENDED_AT });
			});

			it('shows a state that it has never heard of, and sends nothing', async () => {
				const id = test.seedOne();
				test.arm({ kind: 'status', status: 200, body: '{"status":"Paused"}', method: 'GET' });
				const [told] = await tell(id);
				expect(told).toMatchObject({ id, outcome: 'notSent', attempts: 0, vendorMessage: 'Paused' });
				expect(test.methods()).toEqual(['GET']);
			});

			it.each([
				['404 without an error of 8x8', { kind: 'status', status: 404, body: '{"statusCode":404}' }],
				['403', { kind: 'status', status: 403 }],
				['a redirect', { kind: 'redirect' }],
			] as const)('stops at %s', async (_name, fault) => {
				const ids = test.seed(9);
				test.arm({ ...fault, method: 'GET', times: 100 });
				const told = await tell(ids);
				expect(new Set(told.map(({ outcome }) => outcome))).toEqual(new Set(['failed', 'notSent']));
				expect(told.every(({ attempts }) => attempts === 0)).toBe(true);
				expect(test.patches()).toEqual([]);
				// The list, and what was asked alone at the same time after that.
				expect(test.methods().length).toBeLessThanOrEqual(1 + 5);
			});

			it.each([
				['drops the connection', { kind: 'reset' }],
				['is down', { kind: 'html', status: 503 }],
				['is too busy', { kind: 'status', status: 429 }],
			] as const)('sends no command while 8x8 %s', async (_name, fault) => {
				const id = test.seedOne({ state: 'Complete', completedAt: ENDED_AT });
				test.arm({ ...fault, method: 'GET', times: 100 });
				const [told] = await tell(id);
				expect(told).toMatchObject({
					id,
					outcome: 'notSent',
					attempts: 0,
					hint: expect.any(String) as never,
				});
				expect(test.patches()).toEqual([]);
				expect(test.instance(id)).toMatchObject({ status: 'Complete', completedAt: ENDED_AT });
			});

			it('asks again when the question got no answer', async () => {
				const id = test.seedOne();
				test.arm({ kind: 'reset', method: 'GET' });
				const [told] = await tell(id);
				expect(told).toMatchObject({ outcome: 'terminated', attempts: 1 });
				expect(test.methods()).toEqual(['GET', 'GET', 'PATCH']);
			});
		});

		describe('when a command is refused with 400', () => {
			it.each(['empty400', 'error400'])('(%s) by a lock that stays: three attempts', async (refusal) => {
				configure({ refusal });
				const id = test.seedOne({ executingMs: 600_000 });
				const [told] = await tell(id);
				expect(told).toMatchObject({
					id,
					outcome: 'failed',
					httpStatus: 400,
					attempts: 3,
					vendorState: 'Runnable',
					message: expect.stringMatching(
						/8x8 refused to terminate it \(HTTP 400\), and it has not ended/,
					) as never,
					hint: expect.stringContaining('If a step was running') as never,
				});
				expect(told?.['code']).toBe(refusal === 'error400' ? '1000' : undefined);
				expect(test.methods()).toEqual(['GET', 'PATCH', 'GET', 'PATCH', 'GET', 'PATCH', 'GET']);
				expect(test.instance(id)).toMatchObject({ status: 'Runnable' });
			});

			it('by a lock that is soon free: it is terminated after all', async () => {
				configure({ frozenAt: '2021-06-30T03:20:39Z' });
				const id = test.seedOne({ executingMs: 5 });
				const running = tell(id);
				await test.until(() => test.counter('refusals') === 1);
				configure({ clockOffsetMs: 10 });
				const [told] = await running;
				expect(told).toMatchObject({ id, outcome: 'terminated' });
				expect([2, 3]).toContain(told?.attempts);
			});

			it.each(['empty400', 'error400'])(
				'(%s) because it ended in between: that is said, and nothing more is sent',
				async (refusal) => {
					configure({ refusal, terminateEnded: 'refuse', betweenPages: 'finish' });
					const id = test.seedOne();
					test.arm({ kind: 'delay', delayMs: 250, method: 'PATCH' });
					const running = tell(id);
					await test.until(() => test.patches().length === 1);
					// The emulator ends a running one whenever somebody has listed them.
					await test.bySomebodyElse('/workflows', {});
					const endedAt = test.instance(id)['completedAt'];
					const [told] = await running;
					expect(told).toMatchObject({ id, outcome: 'alreadyEnded', vendorState: 'Complete', attempts: 1 });
					expect(told?.['message']).toMatch(/had already ended: 8x8 refused to terminate it/);
					expect(told).not.toHaveProperty('maybeByThisRun');
					expect(test.patches()).toHaveLength(1);
					expect(test.instance(id)).toMatchObject({ status: 'Complete', completedAt: endedAt! });
				},
			);

			it.each([
				['cannot be asked', { kind: 'html', status: 503 }],
				['does not tell its state', { kind: 'html', status: 200 }],
			] as const)('and 8x8 %s then: it is not sent again blindly', async (_name, fault) => {
				const id = test.seedOne({ executingMs: 600_000 });
				test.arm({ ...fault, method: 'GET', skip: 1, times: 100 });
				const [told] = await tell(id);
				expect(told).toMatchObject({ id, outcome: 'failed', httpStatus: 400, attempts: 1 });
				expect(test.patches()).toHaveLength(1);
			});

			it('for an ID of another form: all others are still attempted', async () => {
				const malformed = Array.from({ length: 12 }, (_, index) => `no-such-form-${index}`);
				const ids = test.seed(6);
				const told = await tell([...malformed, ...ids]);
				expect(told.filter(({ outcome }) => outcome === 'terminated').map(({ id }) => id)).toEqual(ids);
				expect(told.filter(({ outcome }) => outcome === 'failed').map(({ id }) => id)).toEqual(malformed);
			});

			it('by many locks at once: all others are still attempted', async () => {
				const locked = test.seed(12, { executingMs: 600_000 });
				const ids = test.seed(6);
				const told = await tell([...locked, ...ids]);
				expect(told.map(({ id, outcome }) => [id, outcome])).toEqual([
					...ids.map((id) => [id, 'terminated']),
					...locked.map((id) => [id, 'failed']),
				]);
			});
		});

		describe('when the answer leaves doubt', () => {
			it.each([
				['was lost', { kind: 'reset' }, /the connection was lost .*; a later check found that it had ended/],
				[
					'was a gateway',
					{ kind: 'html', status: 502 },
					/\(HTTP 502\); a later check found that it had ended/,
				],
				['was 408', { kind: 'status', status: 408 }, /\(HTTP 408\); a later check found that it had ended/],
				[
					'was no JSON',
					{ kind: 'html', status: 200 },
					/could not be read; a later check found that it had ended/,
				],
				['was a list', { kind: 'status', status: 200, body: '[]' }, /could not be read; a later check found/],
			] as const)('and 8x8 has acted: the answer %s', async (_name, fault, message) => {
				const id = test.seedOne();
				test.arm({ ...fault, method: 'PATCH', when: 'after' });
				const [told] = await tell(id);
				expect(told).toMatchObject({
					id,
					outcome: 'alreadyEnded',
					maybeByThisRun: true,
					vendorState: 'Terminated',
					attempts: 1,
					message: expect.stringMatching(message) as never,
				});
				expect(test.methods()).toEqual(['GET', 'PATCH', 'GET']);
				expect(test.counter('overwrites')).toBe(0);
			});

			it.each([
				['was lost', { kind: 'reset' }],
				['was a gateway', { kind: 'html', status: 502 }],
				['was no JSON', { kind: 'html', status: 200 }],
			] as const)('and 8x8 has not acted: the answer %s', async (_name, fault) => {
				const id = test.seedOne();
				test.arm({ ...fault, method: 'PATCH', when: 'before' });
				const [told] = await tell(id);
				expect(told).toMatchObject({ id, outcome: 'terminated', attempts: 2 });
				expect(test.methods()).toEqual(['GET', 'PATCH', 'GET', 'PATCH']);
			});

			it('and 8x8 has acted and cannot be asked: it stays unknown', async () => {
				const id = test.seedOne();
				test.arm(
					{ kind: 'reset', method: 'PATCH', when: 'after', times: 100 },
					{ kind: 'html', status: 503, method: 'GET', skip: 1, times: 100 },
				);
				const [told] = await tell(id);
				expect(told).toMatchObject({ id, outcome: 'unknown' });
				expect(test.counter('overwrites')).toBe(0);
			});

			it('and half of a workflow came back: none of it is told', async () => {
				configure({ success: 'json200' });
				const id = test.seedOne();
				test.arm(
					{ kind: 'cut', method: 'PATCH', times: 100 },
					{ kind: 'html', status: 503, method: 'GET', skip: 1, times: 100 },
				);
				const [told] = await tell(id);
				expect(told).toMatchObject({ id, outcome: 'unknown' });
			});

			it('because 8x8 accepts and names a live state: it is asked and sent again', async () => {
				configure({ refusal: 'noEffect', success: 'json200' });
				const id = test.seedOne({ executingMs: 600_000 });
				const [told] = await tell(id);
				expect(told).toMatchObject({ id, outcome: 'unknown', attempts: 5, vendorState: 'Runnable' });
				expect(told?.['message']).toMatch(
					/still reports the state Runnable; a later check found it still running/,
				);
			});
		});

		it('sends again what 8x8 did not take because of its limit', async () => {
			const id = test.seedOne();
			test.arm({ kind: 'status', status: 429, headers: { 'retry-after': '1' }, method: 'PATCH' });
			const [told] = await tell(id);
			expect(told).toMatchObject({ id, outcome: 'terminated', attempts: 2 });
			expect(test.methods()).toEqual(['GET', 'PATCH', 'PATCH']);
		});

		describe('to verify', () => {
			it('an end', async () => {
				const id = test.seedOne();
				const [told] = await tell(id, { options: { verify: true } });
				expect(told).toMatchObject({ outcome: 'terminated', verified: true, vendorState: 'Terminated' });
				expect(test.methods()).toEqual(['GET', 'PATCH', 'GET']);
			});

			it('a success without effect, which nobody notices otherwise', async () => {
				configure({ refusal: 'noEffect' });
				const id = test.seedOne({ executingMs: 600_000 });
				const [trusting] = await tell(id, { options: { verify: false } });
				expect(trusting).toMatchObject({ outcome: 'terminated' });
				expect(trusting).not.toHaveProperty('verified');
				const [careful] = await tell(id, { options: { verify: true } });
				expect(careful).toMatchObject({ id, outcome: 'unknown', verified: false, vendorState: 'Runnable' });
			});
		});

		it('shows each state in a dry run and sends no command', async () => {
			const states = ['Runnable', 'Suspended', 'Complete', 'Terminated'];
			const ids = states.map((state) => test.seedOne({ state }));
			const told = await tell([...ids, '60dbe307fe55d99fc083dead'], { options: { dryRun: true } });
			expect(
				told.map(({ id, outcome, currentState, vendorState }) => [id, outcome, currentState, vendorState]),
			).toEqual([
				[ids[0], 'dryRun', 'running', 'Runnable'],
				[ids[1], 'dryRun', 'running', 'Suspended'],
				[ids[2], 'dryRun', 'ended', 'Complete'],
				[ids[3], 'dryRun', 'ended', 'Terminated'],
				['60dbe307fe55d99fc083dead', 'notFound', 'absent', undefined],
			]);
			expect(told[0]?.['request']).toEqual({
				method: 'PATCH',
				path: expect.stringContaining(`/workflows/${ids[0]!}`) as never,
				body: '{"status":"terminate"}',
			});
			expect(new Set(test.methods())).toEqual(new Set(['GET']));
			expect(ids.map((id) => test.instance(id)['status'])).toEqual(states);
		});

		it('counts questions and commands for the requests per second', async () => {
			const ids = test.seed(2);
			const started = Date.now();
			// The package's time runs a hundred times faster here: ten requests in a real second.
			await tell(ids, { options: { requestsPerSecond: 0.1 } });
			expect(test.methods().sort()).toEqual(['GET', 'GET', 'PATCH', 'PATCH']);
			expect(Date.now() - started).toBeGreaterThanOrEqual(3 * 100 - 20);
		});
	});
});

/** An instance that nobody asked about. */
function other(status: string): string {
	return JSON.stringify({ workflowId: '60dbe307fe55d99fc083dead', status });
}
