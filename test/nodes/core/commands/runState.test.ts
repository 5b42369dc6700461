import { Situation } from '../../../../nodes/core/commands/runState';
import { notSent } from '../../../../nodes/core/commands/verdicts';
import { clockTime } from '../../../../nodes/core/util/text';
import { redirected, tooLong } from '../../../../nodes/core/http/stops';
import { SENTENCES } from '../refusals';

const stop = (reason: string, scope: 'run' | 'group' = 'run') => ({ scope, reason });

describe('Situation', () => {
	it('keeps the first reason, of the run and of each group', () => {
		const situation = new Situation(() => false);
		situation.note('a', stop('first', 'group'));
		situation.note('a', stop('second', 'group'));
		expect([situation.isOverFor('a'), situation.isOverFor('b'), situation.isOver()]).toEqual([
			true,
			false,
			false,
		]);
		expect(situation.reasonFor('a').reason).toBe('first');
		situation.note('b', stop('third'));
		situation.note('b', stop('fourth'));
		expect([situation.isOverFor('b'), situation.isOver()]).toEqual([true, true]);
		expect(situation.reasonFor('b').reason).toBe('third');
	});

	it('is over once the execution was cancelled, unless it was before', () => {
		let cancelled = false;
		const situation = new Situation(() => cancelled);
		expect(situation.isOver()).toBe(false);
		cancelled = true;
		expect(situation.isOver()).toBe(true);
		expect(situation.reasonFor('a').reason).toBe('the execution was cancelled');
		const earlier = new Situation(() => cancelled);
		earlier.note('a', stop('nobody may'));
		expect([earlier.isOver(), earlier.reasonFor('a').reason]).toEqual([true, 'nobody may']);
	});

	it('gives up after two loads in a row that came to nothing', () => {
		const situation = new Situation(() => false);
		situation.useless({ outcome: 'unknown', reason: 'it broke' });
		situation.useful();
		situation.useless({ outcome: 'unknown', reason: 'it broke' });
		expect(situation.isOver()).toBe(false);
		situation.useless({ outcome: 'unknown' });
		expect(situation.reasonFor('a')).toEqual({
			scope: 'run',
			reason: 'request after request came to nothing; at last there was no useful answer',
		});
	});
});

describe('standard stops', () => {
	it('say why and what to do, in sentences', () => {
		const answer = { status: 302, headers: { location: 'https://x.example/secret' }, text: '' };
		for (const { scope, reason, hint = '' } of [tooLong(61_000), redirected(answer)]) {
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
