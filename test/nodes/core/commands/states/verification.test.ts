import type { StateReport, Verdict } from '../../../../../nodes/core/commands/contract';
import { isClaim, verified } from '../../../../../nodes/core/commands/states/verification';
import { ENDING, RESUMING, SUSPENDING } from '../commandWords';

it.each([
	['terminated', true],
	['killed', true],
	['suspended', true],
	['resumed', true],
	['alreadyEnded', true],
	['notRunning', true],
	['notFound', true],
	['failed', false],
	['unknown', false],
	['notSent', false],
	['dryRun', false],
] as const)('%s is worth a confirmation: %s', (outcome, expected) => {
	expect(isClaim({ outcome })).toBe(expected);
});

describe('verified, of a command that ends its targets', () => {
	const ended: Verdict = { outcome: 'terminated', code: '0', extra: { x: 1 } };

	it.each([
		['absent', { state: 'absent', vendorState: 'gone' }, { x: 1, verified: true, vendorState: 'gone' }],
		['ended', { state: 'ended' }, { x: 1, verified: true }],
	] as const)('stays when it is %s', (_name, report, extra) => {
		expect(verified(ended, report, ENDING)).toEqual({ ...ended, extra });
	});

	it.each<[string, StateReport, string]>([
		['said', {}, 'the response does not show its state'],
		['clear', { vendorState: 'odd' }, 'its state does not confirm it'],
		['read', { error: { reason: 'the server is down' } }, 'the server is down'],
	])('says why it is not confirmed where that is not %s', (_name, report, why) => {
		const reason = `this could not be verified because ${why}`;
		expect(verified(ended, report, ENDING)).toMatchObject({ ...ended, reason, extra: { verified: false } });
		const known = { ...ended, outcome: 'alreadyEnded' as const, reason: 'it was late' };
		expect(verified(known, report, ENDING).reason).toBe(`it was late; ${reason}`);
	});

	it('names the right that is missing, where the vendor refuses the question', () => {
		const error = { reason: 'nobody may read', hint: 'Give the right Get.' };
		const why = 'this could not be verified because nobody may read';
		expect(verified(ended, { error, isRefused: true }, ENDING).reason).toBe(`${why}. Give the right Get`);
		expect(verified(ended, { error }, ENDING).reason).toBe(why);
	});

	it('is not what it says where it has ended by itself', () => {
		const report: StateReport = { state: 'ended', endedByItself: true, vendorState: 'Complete' };
		expect(verified(ended, report, ENDING)).toEqual({
			outcome: 'alreadyEnded',
			reason:
				'the system reported that it was terminated, but a later check showed that it had ended on its own',
			code: '0',
			extra: { x: 1, verified: true, vendorState: 'Complete' },
		});
		const before: Verdict = { outcome: 'alreadyEnded' };
		expect(verified(before, report, ENDING)).toEqual({
			outcome: 'alreadyEnded',
			extra: { verified: true, vendorState: 'Complete' },
		});
	});

	it('passes on what the answer says about the command, where it was carried out or may have been', () => {
		const extra = { kept: false };
		const told = (verdict: Verdict, report: StateReport) =>
			verified(verdict, { ...report, extra }, ENDING).extra?.['kept'];
		const before: Verdict = { outcome: 'alreadyEnded' };
		const maybe: Verdict = { ...before, extra: { maybeByThisRun: true } };
		expect([ended, maybe, before].map((verdict) => told(verdict, { state: 'ended' }))).toEqual([
			false,
			false,
			undefined,
		]);
		for (const report of [{}, { state: 'running' }, { state: 'ended', endedByItself: true }] as StateReport[])
			expect([ended, maybe].map((verdict) => told(verdict, report))).toEqual([undefined, undefined]);
	});

	it('is unknown when it still runs', () => {
		expect(verified(ended, { state: 'running', vendorState: 'on' }, ENDING)).toEqual({
			outcome: 'unknown',
			reason: 'the system reported that it had ended, but a later check showed that it was still running',
			hint: 'It is safe to run the node again: whatever is already done is reported as done.',
			code: '0',
			extra: { x: 1, verified: false, vendorState: 'on' },
		});
	});
});

describe('verified, of a command that changes a state', () => {
	const said: Verdict = { outcome: 'suspended', code: '0' };
	const check = (report: StateReport, verdict = said) => verified(verdict, report, SUSPENDING);

	it('is certain in that state, be it that it was so before', () => {
		const before: Verdict = { ...said, alreadyInState: true };
		for (const verdict of [said, before])
			expect(check({ state: 'inState', vendorState: 'off' }, verdict)).toEqual({
				...verdict,
				extra: { verified: true, vendorState: 'off' },
			});
	});

	it('is unknown when it stands as before', () => {
		const refuted = {
			outcome: 'unknown',
			reason: 'the system reported that it was suspended, but a later check showed that it was still running',
			hint: 'It is safe to run the node again: whatever is already done is reported as done.',
			code: '0',
			extra: { verified: false },
		};
		expect(check({ state: 'running' })).toEqual(refuted);
		expect(check({ state: 'running' }, { ...said, alreadyInState: true })).toEqual(refuted);
		expect(verified({ outcome: 'resumed' }, { state: 'running' }, RESUMING).reason).toBe(
			'the system reported that it was resumed, but a later check showed that it was still suspended',
		);
		expect(check({ state: 'running' }, { outcome: 'alreadyEnded' }).reason).toBe(
			'the system reported that it had ended, but a later check showed that it was still running',
		);
	});

	it('has ended when it had to be in that state and was not', () => {
		const report = { state: 'ended', vendorState: 'Complete' } as const;
		expect(check(report, { ...said, alreadyInState: true })).toEqual({
			outcome: 'alreadyEnded',
			reason: 'the system reported that it was suspended, but a later check showed that it had ended',
			code: '0',
			extra: { verified: true, vendorState: 'Complete' },
		});
	});

	it('is unknown when it is gone', () => {
		expect(check({ state: 'absent' })).toEqual({
			outcome: 'unknown',
			reason:
				'the system reported that it was suspended, but a later check showed that it could not be found',
			hint: 'It is safe to run the node again: whatever is already done is reported as done.',
			code: '0',
			extra: { verified: false },
		});
	});

	it('lets an end and an absence confirm what is said of them', () => {
		for (const [outcome, state] of [
			['alreadyEnded', 'ended'],
			['notFound', 'absent'],
		] as const)
			expect(check({ state }, { outcome })).toEqual({ outcome, extra: { verified: true } });
	});

	it('does not confirm an end where it is in that state', () => {
		const report = { state: 'inState', vendorState: 'off' } as const;
		expect(check(report, { outcome: 'alreadyEnded' })).toEqual({
			outcome: 'unknown',
			reason: 'the system reported that it had ended, but a later check showed that it was suspended',
			hint: 'It is safe to run the node again: whatever is already done is reported as done.',
			extra: { verified: false, vendorState: 'off' },
		});
	});

	it('takes an end for an end where nothing is said to be changed', () => {
		const report = { state: 'ended', stateAfterCommand: 'inState' } as const;
		expect(verified({ outcome: 'alreadyEnded' }, report, RESUMING)).toEqual({
			outcome: 'alreadyEnded',
			extra: { verified: true },
		});
	});

	it('takes an end for an effect where the vendor says so', () => {
		const report = { state: 'ended', stateAfterCommand: 'inState', vendorState: 'Complete' } as const;
		expect(verified({ outcome: 'resumed' }, report, RESUMING)).toEqual({
			outcome: 'resumed',
			extra: { verified: true, vendorState: 'Complete' },
		});
	});
});
