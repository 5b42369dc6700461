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

	it('gives up after two batches in a row that came to nothing', () => {
		const state = new RunState(() => false);
		state.recordFailure({ outcome: 'unknown', reason: 'it broke' });
		state.recordSuccess();
		state.recordFailure({ outcome: 'unknown', reason: 'it broke' });
		expect(state.isStopped()).toBe(false);
		state.recordFailure({ outcome: 'unknown' });
		expect(state.stopFor('a')).toEqual({
			scope: 'run',
			reason: 'request after request came to nothing; at last there was no useful answer',
		});
	});
});

describe('standard stops', () => {
	it('say why and what to do, in sentences', () => {
		const answer = { status: 302, headers: { location: 'https://x.example/secret' }, text: '' };
		for (const { scope, reason, hint = '' } of [waitTooLong(61_000), redirected(answer)]) {
			expect(scope).toBe('run');
			expect(reason).toMatch(
				/^the (vendor asked to wait for 2 minutes|server redirected .* to x\.example, )/,
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
