import type { Verdict } from '../../../nodes/termination/contract';
import {
	asks,
	isInDoubt,
	isWorthRepeating,
	ofFault,
	settle,
	verified,
	withStanding,
} from '../../../nodes/termination/doubt';
import type { Entry } from '../../../nodes/termination/entries';
import type { Outcome } from '../../../nodes/termination/vocabulary';
import { fault, target } from './scripted';
import type { Settings } from './scripted';

const OUTCOMES: Outcome[] = [
	'terminated',
	'killed',
	'suspended',
	'resumed',
	'alreadyEnded',
	'notRunning',
	'notFound',
	'failed',
	'unknown',
	'notSent',
	'dryRun',
];
const lost: Verdict = { outcome: 'unknown', reason: 'it broke', hint: 'Again.', code: 'E' };

function entry(): Entry<Settings> {
	return { target: target('a'), group: 'g', attempts: 1 };
}

/** What is known after these verdicts, one after the other. */
function after(...verdicts: Verdict[]): Verdict | undefined {
	const known = entry();
	for (const verdict of verdicts) settle(known, verdict);
	return known.verdict;
}

describe('what is in doubt', () => {
	it.each(OUTCOMES)('%s', (outcome) => {
		const open = outcome === 'unknown';
		expect(isInDoubt({ outcome })).toBe(open);
		expect(isWorthRepeating({ outcome }, 1, 5)).toBe(open);
		expect(isWorthRepeating({ outcome, notRun: true }, 1, 5)).toBe(true);
		expect(asks({ outcome })).toBe(open);
		expect(asks({ outcome, ifStanding: {} })).toBe(true);
	});

	it.each([
		[undefined, 4, true],
		[undefined, 5, false],
		[2, 1, true],
		[2, 2, false],
		[9, 4, true],
		[9, 5, false],
	])('with at most %p attempts is worth another after %d: %p', (attempts, made, expected) => {
		const verdict = { ...lost, ...(attempts !== undefined && { attempts }) };
		expect(isWorthRepeating(verdict, made, 5)).toBe(expected);
	});

	it('is a request that may have been sent, and no other', () => {
		expect(ofFault(fault())).toEqual({
			outcome: 'unknown',
			reason: 'it broke',
			hint: 'Again.',
			code: 'ECONNRESET',
		});
		const { code: _code, ...nameless } = fault({ maybeSent: false });
		expect(ofFault(nameless)).toEqual({ outcome: 'notSent', reason: 'it broke', hint: 'Again.' });
	});
});

describe('settle', () => {
	it('takes the answer as it is where nothing is in doubt', () => {
		const refusal: Verdict = { outcome: 'failed', reason: 'no', notRun: true };
		expect(after(refusal)).toEqual(refusal);
		expect(after(refusal, { outcome: 'alreadyEnded' })).toEqual({ outcome: 'alreadyEnded' });
		expect(after(refusal, { outcome: 'notSent' })).toEqual({ outcome: 'notSent' });
	});

	it.each(['alreadyEnded', 'notRunning', 'notFound'] as const)(
		'after doubt: %s may be the work of this run',
		(outcome) => {
			const told = 'an earlier request of this run may have done it';
			expect(after(lost, { outcome, extra: { x: 1 } })).toEqual({
				outcome,
				reason: told,
				extra: { x: 1, maybeByThisRun: true },
			});
			expect(after(lost, { outcome, reason: 'why' })?.reason).toBe(`why; ${told}`);
		},
	);

	it.each(['terminated', 'killed', 'suspended', 'resumed', 'unknown'] as const)(
		'after doubt: %s stays',
		(outcome) => {
			expect(after(lost, { outcome, reason: 'new' })).toEqual({ outcome, reason: 'new' });
		},
	);

	it('after doubt: a request that never left changes nothing', () => {
		expect(after(lost, { outcome: 'notSent', reason: 'new', notRun: true })).toEqual(lost);
	});

	it('after doubt: a refusal is open, unless it proves that the target runs', () => {
		const proof: Verdict = { outcome: 'failed', reason: 'it runs', stillRunning: true };
		expect(after(lost, proof)).toEqual(proof);
		expect(after(lost, { outcome: 'failed', reason: 'no', hint: 'Ask.', code: '9' })).toEqual({
			outcome: 'unknown',
			reason: 'no, and an earlier request of this run may have worked',
			hint: 'Ask.',
			code: '9',
			ifStanding: { running: { outcome: 'failed', reason: 'no', hint: 'Ask.' } },
		});
		expect(after(lost, { outcome: 'failed' })).toEqual({
			outcome: 'unknown',
			reason: 'the vendor refused, and an earlier request of this run may have worked',
			hint: 'Run it again: what has ended by then is reported as ended.',
			ifStanding: { running: { outcome: 'failed' } },
		});
	});

	it('after doubt: a refusal keeps its own words for each standing', () => {
		const ended = { outcome: 'alreadyEnded', reason: 'as it says' } as const;
		const running = { outcome: 'failed', reason: 'as it says' } as const;
		expect(after(lost, { outcome: 'failed', ifStanding: { ended } })?.ifStanding).toEqual({
			ended,
			running: { outcome: 'failed' },
		});
		expect(after(lost, { outcome: 'failed', ifStanding: { running } })?.ifStanding).toEqual({ running });
	});

	it('stays in doubt once it was, however many refusals follow', () => {
		const refusal: Verdict = { outcome: 'failed', reason: 'no' };
		expect(after(lost, refusal, refusal)?.outcome).toBe('unknown');
		expect(after(lost, { outcome: 'unknown' }, { outcome: 'alreadyEnded' })?.extra).toEqual({
			maybeByThisRun: true,
		});
	});

	it('keeps the last status of an answer', () => {
		const known = entry();
		settle(known, lost, 502);
		expect(known.httpStatus).toBe(502);
		settle(known, lost, 200);
		expect(known.httpStatus).toBe(200);
	});
});

describe('withStanding', () => {
	const MAYBE = { maybeByThisRun: true };

	it('has words of its own where the vendor has none', () => {
		expect(withStanding(lost, 'ended', 'notFound')).toEqual({
			outcome: 'alreadyEnded',
			reason: 'it broke, and afterwards it had ended',
			code: 'E',
			extra: MAYBE,
		});
		expect(withStanding(lost, 'absent', 'notFound')).toMatchObject({
			outcome: 'notFound',
			reason: 'it broke, and afterwards it was not there',
			extra: MAYBE,
		});
		expect(withStanding(lost, 'absent', 'notRunning')).toMatchObject({
			outcome: 'notRunning',
			reason: 'it broke, and afterwards it was not among the running ones',
			hint: 'This run may have ended it; or it had finished already, or the ID is wrong.',
		});
		expect(withStanding(lost, 'running', 'notFound')).toEqual({
			outcome: 'unknown',
			reason: 'it broke, and afterwards it was still running',
			hint: 'Again.',
			code: 'E',
		});
		expect(withStanding({ outcome: 'unknown' }, 'running', 'notFound')).toEqual({
			outcome: 'unknown',
			reason: 'the answer was lost, and afterwards it was still running',
			hint: 'Run it again: what has ended by then is reported as ended.',
		});
	});

	it('prefers the words of the vendor', () => {
		const given: Verdict = {
			...lost,
			ifStanding: { ended: { outcome: 'terminated' }, running: { outcome: 'failed' } },
		};
		expect(withStanding(given, 'ended', 'notFound')).toEqual({
			outcome: 'terminated',
			code: 'E',
			extra: MAYBE,
		});
		expect(withStanding(given, 'running', 'notFound')).toEqual({ outcome: 'failed', code: 'E' });
		expect(withStanding(given, 'absent', 'notFound').outcome).toBe('notFound');
	});

	it('leaves a refusal alone for which the standing means nothing', () => {
		const refusal: Verdict = {
			outcome: 'failed',
			reason: 'no',
			ifStanding: { ended: { outcome: 'alreadyEnded' } },
		};
		expect(withStanding(refusal, 'running', 'notFound')).toBe(refusal);
		expect(withStanding(refusal, 'ended', 'notFound')).toEqual({ outcome: 'alreadyEnded' });
	});

	it('takes nothing for worth repeating of which it is known how it stands', () => {
		const locked: Verdict = {
			outcome: 'failed',
			notRun: true,
			ifStanding: { ended: { outcome: 'alreadyEnded' } },
		};
		for (const verdict of [locked, { ...lost, notRun: true as const }])
			expect(isWorthRepeating(withStanding(verdict, 'ended', 'notFound'), 1, 5)).toBe(false);
	});
});

describe('verified', () => {
	const ended: Verdict = { outcome: 'terminated', code: '0', extra: { x: 1 } };

	it.each([
		['absent', { standing: 'absent', state: 'gone' }, { x: 1, verified: true, state: 'gone' }],
		['ended', { standing: 'ended' }, { x: 1, verified: true }],
		['not told', {}, { x: 1, verified: false }],
		['not asked', undefined, { x: 1, verified: false }],
	] as const)('stays when it is %s', (_name, report, extra) => {
		expect(verified(ended, report)).toEqual({ ...ended, extra });
	});

	it('is unknown when it still runs', () => {
		expect(verified(ended, { standing: 'running', state: 'on' })).toEqual({
			outcome: 'unknown',
			reason: 'the vendor said that it had ended, and afterwards it was still running',
			hint: 'Run it again: what has ended by then is reported as ended.',
			code: '0',
			extra: { x: 1, verified: false, state: 'on' },
		});
	});
});
