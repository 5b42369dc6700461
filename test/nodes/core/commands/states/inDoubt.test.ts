import type { Job } from '../../../../../nodes/core/commands/batches';
import type { StateReport, TargetState, Verdict } from '../../../../../nodes/core/commands/contract';
import {
	faultVerdict,
	stateBefore,
	settle,
	withReport,
} from '../../../../../nodes/core/commands/states/inDoubt';
import { isInDoubt, needsStateCheck, shouldRetry } from '../../../../../nodes/core/commands/retryPolicy';
import type { Outcome, CommandWords } from '../../../../../nodes/core/commands/vocabulary';
import { ENDING, RESUMING, SUSPENDING } from '../commandWords';
import { fault, target } from '../scripted';
import type { Settings } from '../scripted';

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

function entry(): Job<Settings> {
	return { target: target('a'), group: 'g', attempts: 1, excused: 0, verify: false, isOpen: true };
}

/** What is known after these verdicts of one command, one after the other. */
function afterWords(words: CommandWords, ...verdicts: Verdict[]): Verdict | undefined {
	const known = entry();
	for (const verdict of verdicts) settle(known, verdict, { words });
	return known.verdict;
}

const after = (...verdicts: Verdict[]) => afterWords(ENDING, ...verdicts);

describe('what is in doubt', () => {
	it.each(OUTCOMES)('%s', (outcome) => {
		const open = outcome === 'unknown';
		expect(isInDoubt({ outcome })).toBe(open);
		expect(shouldRetry({ verdict: { outcome }, attempts: 1, excused: 0 })).toBe(open);
		expect(shouldRetry({ verdict: { outcome, notRun: true }, attempts: 1, excused: 0 })).toBe(true);
		expect(needsStateCheck({ verdict: { outcome } })).toBe(open);
		expect(needsStateCheck({ verdict: { outcome, byState: {} } })).toBe(true);
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
		expect(shouldRetry({ verdict, attempts: made, excused: 0 })).toBe(expected);
		expect(shouldRetry({ verdict, attempts: made + 3, excused: 3 })).toBe(expected);
	});

	it('is a request that may have been sent, and no other', () => {
		expect(faultVerdict(fault())).toEqual({
			outcome: 'unknown',
			reason: 'it broke',
			hint: 'Again.',
			code: 'ECONNRESET',
		});
		const { code: _code, ...nameless } = fault({ maybeSent: false });
		expect(faultVerdict(nameless)).toEqual({ outcome: 'notSent', reason: 'it broke', hint: 'Again.' });
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
			const told = 'an earlier request in this run may have done this';
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
			reason: 'no, but an earlier request in this run may have worked',
			hint: 'Ask.',
			code: '9',
			byState: { running: { outcome: 'failed', reason: 'no', hint: 'Ask.' } },
		});
		expect(after(lost, { outcome: 'failed' })).toEqual({
			outcome: 'unknown',
			reason: 'the system refused the request, but an earlier request in this run may have worked',
			hint: 'It is safe to run the node again: whatever is already done is reported as done.',
			byState: { running: { outcome: 'failed' } },
		});
	});

	it('after doubt: a refusal keeps its own words for each state', () => {
		const ended = { outcome: 'alreadyEnded', reason: 'as it says' } as const;
		const running = { outcome: 'failed', reason: 'as it says' } as const;
		expect(after(lost, { outcome: 'failed', byState: { ended } })?.byState).toEqual({
			ended,
			running: { outcome: 'failed' },
		});
		expect(after(lost, { outcome: 'failed', byState: { running } })?.byState).toEqual({ running });
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
		settle(known, lost, { words: ENDING }, 502);
		expect(known.httpStatus).toBe(502);
		settle(known, lost, { words: ENDING }, 200);
		expect(known.httpStatus).toBe(200);
	});
});

describe('settle, of a command that changes a state', () => {
	it.each(['alreadyEnded', 'notFound'] as const)(
		'after doubt: %s is never the work of this run',
		(outcome) => {
			expect(afterWords(SUSPENDING, lost, { outcome })).toEqual({ outcome });
		},
	);

	it('after doubt: a refusal is open', () => {
		const open = afterWords(RESUMING, lost, { outcome: 'failed', reason: 'no' });
		expect(open).toMatchObject({ outcome: 'unknown', byState: { running: { outcome: 'failed' } } });
	});
});

describe('stateBefore', () => {
	it.each([
		['ended', { outcome: 'alreadyEnded', extra: { vendorState: 'S' } }],
		['inState', { outcome: 'resumed', alreadyInState: true, extra: { vendorState: 'S' } }],
		['running', undefined],
		['absent', { outcome: 'notFound', extra: { vendorState: 'S' } }],
		[undefined, { outcome: 'notSent', vendorMessage: 'S' }],
	] as const)('of %p: %j', (state, expected) => {
		const report = { ...(state && { state }), stateAfterCommand: 'inState', vendorState: 'S' } as const;
		const verdict = stateBefore(report, 'notFound', RESUMING);
		if (expected) expect(verdict).toMatchObject(expected);
		else expect(verdict).toBeUndefined();
	});
});

describe('withReport, of a command that changes a state', () => {
	const MAYBE = { maybeByThisRun: true };
	const tell = (verdict: Verdict, state: TargetState, words = SUSPENDING) =>
		withReport(verdict, { state }, 'notFound', { words });

	it.each([
		[SUSPENDING, 'suspended', 'running'],
		[RESUMING, 'resumed', 'suspended'],
	] as const)('takes the wanted state for its work, perhaps: %j', (words, outcome, from) => {
		expect(tell(lost, 'inState', words)).toEqual({
			outcome,
			reason: `it broke; a later check found it no longer ${from}`,
			code: 'E',
			extra: MAYBE,
		});
		expect(tell(lost, 'running', words)).toEqual({
			outcome: 'unknown',
			reason: `it broke; a later check found it still ${from}`,
			hint: 'Again.',
			code: 'E',
		});
	});

	it('takes neither an end nor an absence for its work', () => {
		expect(tell(lost, 'ended')).toEqual({
			outcome: 'alreadyEnded',
			reason: 'it broke; a later check found that it had ended',
			code: 'E',
		});
		expect(tell(lost, 'absent')).toEqual({
			outcome: 'notFound',
			reason: 'it broke; a later check did not find it',
			hint: 'It may have been removed since, or the ID is wrong.',
			code: 'E',
		});
	});

	it('reads a state in another way once the command may have been carried out', () => {
		const report = { state: 'ended', stateAfterCommand: 'inState', vendorState: 'Complete' } as const;
		expect(withReport(lost, report, 'notFound', { words: RESUMING })).toMatchObject({
			outcome: 'resumed',
			extra: { ...MAYBE, vendorState: 'Complete' },
		});
		const refusal: Verdict = {
			outcome: 'failed',
			byState: { ended: { outcome: 'alreadyEnded' }, inState: { outcome: 'resumed' } },
		};
		expect(withReport(refusal, report, 'notFound', { words: RESUMING })).toEqual({
			outcome: 'alreadyEnded',
			extra: { vendorState: 'Complete' },
		});
	});

	it('says that it was so before only where no request may have done it', () => {
		const inState = { outcome: 'suspended', alreadyInState: true, reason: 'no, and so it is' } as const;
		const refusal: Verdict = { outcome: 'failed', reason: 'no', byState: { inState } };
		expect(tell(refusal, 'inState')).toEqual(inState);
		const doubtful = afterWords(SUSPENDING, lost, refusal)!;
		expect(tell(doubtful, 'inState')).toEqual({
			outcome: 'suspended',
			reason: 'no, and so it is',
			extra: MAYBE,
		});
	});
});

describe('withReport, of a command that ends its targets', () => {
	const whenIn = (verdict: Verdict, state: TargetState, absentMeans: 'notFound' | 'notRunning') =>
		withReport(verdict, { state }, absentMeans, { words: ENDING });

	const MAYBE = { maybeByThisRun: true };

	it('has words of its own where the vendor has none', () => {
		expect(whenIn(lost, 'ended', 'notFound')).toEqual({
			outcome: 'alreadyEnded',
			reason: 'it broke; a later check found that it had ended',
			code: 'E',
			extra: MAYBE,
		});
		expect(whenIn(lost, 'absent', 'notFound')).toMatchObject({
			outcome: 'notFound',
			reason: 'it broke; a later check did not find it',
			extra: MAYBE,
		});
	});

	it('has not ended what the vendor does not know, where that keeps what has ended', () => {
		const keeping = { words: ENDING, keepsEnded: true } as const;
		const absent = withReport(lost, { state: 'absent' }, 'notFound', keeping);
		expect(absent).toMatchObject({
			outcome: 'notFound',
			hint: 'It may have been removed since, or the ID is wrong.',
		});
		expect(absent).not.toHaveProperty('extra');
		expect(withReport(lost, { state: 'ended' }, 'notFound', keeping).extra).toEqual(MAYBE);
		const known = entry();
		for (const verdict of [lost, { outcome: 'notFound' } as const]) settle(known, verdict, keeping);
		expect(known.verdict).toEqual({ outcome: 'notFound' });
		for (const verdict of [lost, { outcome: 'alreadyEnded' } as const]) settle(known, verdict, keeping);
		expect(known.verdict).toMatchObject({ extra: MAYBE });
		expect(whenIn(lost, 'absent', 'notRunning')).toMatchObject({
			outcome: 'notRunning',
			reason: 'it broke; a later check did not find it running',
			hint: 'This run may have ended it, it may have finished earlier, or the ID is wrong.',
		});
		expect(whenIn(lost, 'running', 'notFound')).toEqual({
			outcome: 'unknown',
			reason: 'it broke; a later check found it still running',
			hint: 'Again.',
			code: 'E',
		});
		expect(whenIn({ outcome: 'unknown' }, 'running', 'notFound')).toEqual({
			outcome: 'unknown',
			reason: 'the response was lost; a later check found it still running',
			hint: 'It is safe to run the node again: whatever is already done is reported as done.',
		});
	});

	it('prefers the words of the vendor', () => {
		const given: Verdict = {
			...lost,
			byState: { ended: { outcome: 'terminated' }, running: { outcome: 'failed' } },
		};
		expect(whenIn(given, 'ended', 'notFound')).toEqual({
			outcome: 'terminated',
			code: 'E',
			extra: MAYBE,
		});
		expect(whenIn(given, 'running', 'notFound')).toEqual({ outcome: 'failed', code: 'E' });
		expect(whenIn(given, 'absent', 'notFound').outcome).toBe('notFound');
	});

	it('leaves a refusal alone for which the state means nothing', () => {
		const refusal: Verdict = {
			outcome: 'failed',
			reason: 'no',
			byState: { ended: { outcome: 'alreadyEnded' } },
		};
		expect(whenIn(refusal, 'running', 'notFound')).toBe(refusal);
		expect(whenIn(refusal, 'ended', 'notFound')).toEqual({ outcome: 'alreadyEnded' });
	});

	it.each<[string, StateReport]>([
		['runs', { state: 'running' }],
		['has ended by itself', { state: 'ended', endedByItself: true }],
	])('is not the work of this run where it %s, although it was said to be gone before', (_name, report) => {
		const gone: Verdict = {
			outcome: 'notFound',
			extra: { x: 1 },
			byState: { running: { outcome: 'failed' }, ended: { outcome: 'alreadyEnded' } },
		};
		const doubtful = after(lost, gone)!;
		expect(doubtful.extra).toEqual({ x: 1, ...MAYBE });
		expect(withReport(doubtful, report, 'notFound', { words: ENDING }).extra).toEqual({ x: 1 });
		expect(whenIn(doubtful, 'ended', 'notFound').extra).toEqual({ x: 1, ...MAYBE });
	});

	it('passes on what the answer says about the command, where that may have been carried out', () => {
		const told = (verdict: Verdict, report: StateReport) =>
			withReport(verdict, { ...report, extra: { kept: false } }, 'notFound', { words: ENDING }).extra;
		expect(told(lost, { state: 'ended', vendorState: 'S' })).toEqual({
			...MAYBE,
			kept: false,
			vendorState: 'S',
		});
		expect(told(lost, { state: 'ended', endedByItself: true })).toBeUndefined();
		expect(told(lost, { state: 'running' })).toBeUndefined();
		expect(told(lost, {})).toBeUndefined();
		const gone: Verdict = { outcome: 'notFound', byState: { ended: { outcome: 'alreadyEnded' } } };
		expect(told(gone, { state: 'ended' })).toBeUndefined();
		expect(told(after(lost, gone)!, { state: 'ended' })).toEqual({ ...MAYBE, kept: false });
	});

	it("keeps the vendor's own word, also where that says nothing here", () => {
		expect(withReport(lost, { vendorState: 'Odd' }, 'notFound', { words: ENDING })).toEqual({
			...lost,
			extra: { vendorState: 'Odd' },
		});
		expect(withReport(lost, {}, 'notFound', { words: ENDING })).toEqual(lost);
		expect(
			withReport(lost, { state: 'ended', vendorState: 'Off' }, 'notFound', { words: ENDING }).extra,
		).toEqual({
			maybeByThisRun: true,
			vendorState: 'Off',
		});
	});

	it('takes nothing for worth repeating of which it is known how it stands', () => {
		const locked: Verdict = {
			outcome: 'failed',
			notRun: true,
			byState: { ended: { outcome: 'alreadyEnded' } },
		};
		for (const verdict of [locked, { ...lost, notRun: true as const }])
			expect(shouldRetry({ verdict: whenIn(verdict, 'ended', 'notFound'), attempts: 1, excused: 0 })).toBe(
				false,
			);
	});
});
