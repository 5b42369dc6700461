import { RunState } from '../../../../nodes/core/commands/runState';
import { notSent } from '../../../../nodes/core/commands/verdicts';
import { redirected, waitTooLong } from '../../../../nodes/core/http/stops';
import { clockTime } from '../../../../nodes/core/util/text';
import { SENTENCES } from '../refusals';

const stop = (reason: string, scope: 'run' | 'group' = 'run') => ({ scope, reason });

describe('RunState', () => {
	it('keeps the first reason, of the run and of each group', () => {
		const state = new RunState(() => false);
		state.stop('a', stop('first', 'group'));
		state.stop('a', stop('second', 'group'));
		expect([state.isStoppedFor('a'), state.isStoppedFor('b'), state.isStopped()]).toEqual([
			true,
			false,
			false,
		]);
		expect(state.stopFor('a').reason).toBe('first');
		state.stop('b', stop('third'));
		state.stop('b', stop('fourth'));
		expect([state.isStoppedFor('b'), state.isStopped()]).toEqual([true, true]);
		expect(state.stopFor('b').reason).toBe('third');
	});

	it('is over once the execution was cancelled, unless it was before', () => {
		let cancelled = false;
		const state = new RunState(() => cancelled);
		expect(state.isStopped()).toBe(false);
		cancelled = true;
		expect(state.isStopped()).toBe(true);
		expect(state.stopFor('a').reason).toBe('the execution was cancelled');
		const earlier = new RunState(() => cancelled);
		earlier.stop('a', stop('nobody may'));
		expect([earlier.isStopped(), earlier.stopFor('a').reason]).toEqual([true, 'nobody may']);
	});

	describe('when the vendor is down', () => {
		const lost = { outcome: 'unknown', reason: 'it broke', hint: 'Wait.' } as const;
		const MINUTE = 60_000;

		it('gives up after two batches in a row without an answer', () => {
			const state = new RunState(() => false);
			state.recordFailure(lost);
			expect(state.isStopped()).toBe(false);
			state.recordFailure(lost);
			expect(state.stopFor('a')).toEqual({
				scope: 'run',
				reason: 'several requests in a row failed; the last error was: it broke',
				hint: 'Wait.',
				cause: { kind: 'unavailable' },
			});
		});

		it('starts anew with each command that is answered', () => {
			const state = new RunState(() => false);
			for (let round = 0; round < 20; round += 1) {
				state.recordFailure({ outcome: 'unknown' });
				state.recordAnswer();
			}
			expect(state.isStopped()).toBe(false);
			state.recordFailure({ outcome: 'unknown' });
			state.recordNoAnswer(0, lost);
			state.recordFailure({ outcome: 'unknown' });
			expect(state.stopFor('a').reason).toMatch(/the last error was: there was no response$/);
		});

		it('is more patient with one that answers questions in between', () => {
			const state = new RunState(() => false);
			for (let round = 0; round < 4; round += 1) {
				state.recordFailure(lost);
				state.recordQuestion(true);
			}
			expect(state.isStopped()).toBe(false);
			state.recordFailure(lost);
			expect(state.isStopped()).toBe(true);
		});

		it('does not count questions that have no answer', () => {
			const state = new RunState(() => false);
			state.recordFailure(lost);
			state.recordQuestion(false);
			state.recordFailure(lost);
			expect(state.isStopped()).toBe(true);
		});

		it('gives up after half an hour in which no command is answered', () => {
			let now = 5 * MINUTE;
			const state = new RunState(
				() => false,
				() => undefined,
				() => now,
			);
			state.recordNoAnswer(0, lost);
			now = 29 * MINUTE;
			state.recordNoAnswer(28 * MINUTE, lost);
			expect(state.isStopped()).toBe(false);
			state.recordAnswer();
			now = 40 * MINUTE;
			state.recordNoAnswer(30 * MINUTE, lost);
			expect(state.isStopped()).toBe(false);
			now = 60 * MINUTE;
			state.recordNoAnswer(50 * MINUTE, lost);
			expect(state.stopFor('a').reason).toBe(
				'several requests in a row failed; the last error was: it broke',
			);
		});
	});
});

describe('standard stops', () => {
	it('say why and what to do, in sentences', () => {
		const answer = { status: 302, headers: { location: 'https://x.example/secret' }, text: '' };
		for (const { scope, reason, hint = '' } of [waitTooLong(61_000), redirected(answer)]) {
			expect(scope).toBe('run');
			expect(reason).toMatch(
				/^the (system asked to wait for 2 minutes|server redirected .* to x\.example, )/,
			);
			expect(hint).toMatch(SENTENCES);
		}
		expect(notSent({ scope: 'run', reason: 'nobody may', hint: 'Ask.' })).toEqual({
			outcome: 'notSent',
			reason: 'the run was stopped because nobody may',
			hint: 'Ask.',
		});
	});

	it.each([
		[1_893_456_000, '2030-01-01 00:00 UTC'],
		[1_893_456_001, '2030-01-01 00:01 UTC'],
		[1_893_455_999.5, '2030-01-01 00:00 UTC'],
		[NaN, undefined],
		[1e300, undefined],
	])('name the time %d as %p', (seconds, time) => {
		expect(clockTime(seconds)).toBe(time);
	});
});
