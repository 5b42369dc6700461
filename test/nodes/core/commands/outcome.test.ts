import type { Contract, Verdict } from '../../../../nodes/core/commands/contract';
import { toOutcome } from '../../../../nodes/core/commands/outcome';
import {
	BUSY,
	CONFIGURATION,
	CREDENTIAL,
	passes,
	RATE_LIMITED,
	UNAVAILABLE,
} from '../../../../nodes/core/http/cause';
import { STRICT } from '../../../../nodes/core/commands/vocabulary';
import { RESUMING, SUSPENDING } from './commandWords';
import { contract, target, withStateQuery } from './scripted';
import type { Settings } from './scripted';

const told = (verdict: Parameters<typeof toOutcome>[1], policy = STRICT) =>
	toOutcome(target('a', 'g', 3), verdict, contract, { attempts: 2, policy });

describe('an outcome', () => {
	it.each([
		['terminated', 'Thing a was terminated'],
		['alreadyEnded', 'Thing a had already ended'],
		['notRunning', 'No running thing has the ID a'],
		['notFound', 'Thing a was not found'],
		['failed', 'Thing a was not terminated'],
		['unknown', 'It is not known whether thing a was terminated'],
		['notSent', 'Thing a was not terminated (no request was sent)'],
		['dryRun', 'Thing a would be terminated'],
	] as const)('%s says in a sentence: %s', (outcome, message) => {
		expect(told({ outcome }).message).toBe(message);
		expect(told({ outcome, reason: 'so it is' }).message).toBe(`${message}: so it is`);
	});

	it('has all that is known, and nothing else', () => {
		expect(told({ outcome: 'terminated' })).toEqual({
			id: 'a',
			outcome: 'terminated',
			message: 'Thing a was terminated',
			attempts: 2,
			item: 3,
			extra: { group: 'g' },
			failure: false,
		});
		const verdict = {
			outcome: 'failed',
			reason: 'no',
			hint: 'Ask.',
			code: '9',
			vendorMessage: 'No!',
			extra: { more: 1 },
			notRun: true,
		} as const;
		expect(
			toOutcome(target('a'), verdict, contract, { attempts: 1, httpStatus: 403, policy: STRICT }),
		).toEqual({
			id: 'a',
			outcome: 'failed',
			message: 'Thing a was not terminated: no (code 9)',
			reason: 'no (code 9)',
			hint: 'Ask.',
			code: '9',
			httpStatus: 403,
			vendorMessage: 'No!',
			attempts: 1,
			item: 0,
			extra: { group: 'g', more: 1 },
			failure: true,
			retryable: false,
		});
	});

	it.each([
		[{ outcome: 'unknown' }, true],
		[{ outcome: 'unknown', cause: CONFIGURATION }, true],
		[{ outcome: 'failed' }, false],
		[{ outcome: 'failed', cause: BUSY }, true],
		[{ outcome: 'failed', cause: CONFIGURATION }, false],
		[{ outcome: 'notSent', cause: RATE_LIMITED }, true],
		[{ outcome: 'notSent', cause: CREDENTIAL }, false],
		[{ outcome: 'notFound', cause: UNAVAILABLE }, false],
		[{ outcome: 'terminated' }, undefined],
	] as const)('%o: worth a later run %s', (verdict, retryable) => {
		const outcome = told(verdict);
		expect(outcome.retryable).toBe(retryable);
		// A cause that speaks against the other is not given.
		expect(outcome.cause === undefined || passes(outcome.cause) === retryable).toBe(true);
	});

	it.each([true, false])('is judged by the policy of its item: %s', (failIfAlreadyEnded) => {
		const policy = { failIfAlreadyEnded, ignoreNotFound: false };
		expect(told({ outcome: 'alreadyEnded' }, policy)).toEqual({
			...told({ outcome: 'alreadyEnded' }),
			failure: failIfAlreadyEnded,
			...(failIfAlreadyEnded && { retryable: false }),
		});
	});

	it('tells of a change of state in sentences that are true of it', () => {
		const tell = (verdict: Parameters<typeof toOutcome>[1], words = SUSPENDING) =>
			toOutcome(target('a'), verdict, { ...contract, words }, { attempts: 0, policy: STRICT });
		expect(tell({ outcome: 'suspended' }).message).toBe('Thing a was suspended');
		expect(tell({ outcome: 'alreadyEnded', reason: 'so it is' }).message).toBe(
			'Thing a had already ended and cannot be suspended: so it is',
		);
		const before = { outcome: 'suspended', alreadyInState: true, extra: { vendorState: 'S' } } as const;
		expect(tell(before)).toMatchObject({ outcome: 'suspended', message: 'Thing a was already suspended' });
		expect(tell(before).extra).toEqual({ group: 'g', vendorState: 'S', alreadyInState: true });
		expect(tell({ outcome: 'resumed', alreadyInState: true, reason: 'why' }, RESUMING).message).toBe(
			'Thing a was already running: why',
		);
	});
});

describe('an outcome of a dry run', () => {
	const LENIENT = { failIfAlreadyEnded: false, ignoreNotFound: true };
	const SEVERE = { failIfAlreadyEnded: true, ignoreNotFound: false };
	const tell = (verdict: Verdict, policy = STRICT, words = contract.words) =>
		toOutcome(target('a'), verdict, { ...contract, words }, { attempts: 0, policy, isDryRun: true });

	it.each([
		['dryRun', STRICT, 'dryRun', 'Thing a would be terminated'],
		['alreadyEnded', STRICT, 'dryRun', 'Nothing would change: thing a has already ended'],
		['alreadyEnded', SEVERE, 'alreadyEnded', 'Thing a has already ended'],
		['notRunning', STRICT, 'dryRun', 'Nothing would change: no running thing has the ID a'],
		['notRunning', SEVERE, 'notRunning', 'No running thing has the ID a'],
		['notFound', STRICT, 'notFound', 'Thing a was not found'],
		['notFound', LENIENT, 'notFound', 'Thing a was not found'],
		['failed', STRICT, 'failed', 'Thing a would not be terminated'],
		['notSent', STRICT, 'notSent', 'Thing a would not be terminated'],
	] as const)('%s under %o is %s: %s', (given, policy, outcome, message) => {
		expect(tell({ outcome: given, reason: 'so it is' }, policy)).toMatchObject({
			outcome,
			message: `${message}: so it is`,
			isDryRun: true,
			failure: !['dryRun'].includes(outcome) && policy !== LENIENT,
		});
		expect(tell({ outcome: given }, policy).message).toBe(message);
	});

	it('says what would change a state', () => {
		expect(tell({ outcome: 'suspended', alreadyInState: true }, SEVERE, SUSPENDING)).toMatchObject({
			outcome: 'dryRun',
			message: 'Nothing would change: thing a is already suspended',
			failure: false,
		});
		expect(tell({ outcome: 'resumed' }, STRICT, RESUMING).message).toBe(
			'Nothing would change: thing a is already running',
		);
		expect(tell({ outcome: 'alreadyEnded' }, STRICT, RESUMING).message).toBe(
			'Nothing would change: thing a has already ended and cannot be resumed',
		);
	});

	it('has the request last, and a state wherever the vendor could be asked', () => {
		const request = { method: 'POST', path: '/end' };
		const shown = tell({ outcome: 'dryRun', extra: { request, currentState: 'running' } });
		expect(Object.keys(shown.extra)).toEqual(['group', 'currentState', 'request']);
		const { stateQuery } = withStateQuery('inDoubt');
		const left = toOutcome(
			target('a'),
			{ outcome: 'notSent' },
			{ ...contract, ...(stateQuery && { stateQuery }) },
			{ attempts: 0, policy: STRICT, isDryRun: true },
		);
		expect(left.extra).toEqual({ group: 'g', currentState: 'unknown' });
		expect(tell({ outcome: 'notSent' }).extra).toEqual({ group: 'g' });
	});

	it('says first that an ID does not look like one', () => {
		const doubtful = { ...contract, doubtAbout: () => 'a does not look like an ID' };
		const details = { attempts: 0, policy: STRICT, isDryRun: true };
		expect(toOutcome(target('a'), { outcome: 'notRunning' }, doubtful, details).message).toBe(
			'a does not look like an ID. Nothing would change: no running thing has the ID a',
		);
	});
});

describe('an ID that does not look like one', () => {
	const doubtful: Contract<Settings> = {
		...contract,
		doubtAbout: (id) => (id === 'odd' ? 'odd does not look like an ID' : undefined),
	};
	const outcomeOf = (id: string, verdict: Verdict) =>
		toOutcome(target(id), verdict, doubtful, { attempts: 1, policy: STRICT });

	it.each<[Verdict, string]>([
		[{ outcome: 'notRunning' }, 'odd does not look like an ID. No running thing has the ID odd'],
		[{ outcome: 'notFound' }, 'odd does not look like an ID. Thing odd was not found'],
	])('is said first where nothing was found: %j', (verdict, message) => {
		expect(outcomeOf('odd', verdict).message).toBe(message);
		expect(outcomeOf('even', verdict).message).not.toContain('look like');
	});

	it('is no matter where the vendor knows it', () => {
		expect(outcomeOf('odd', { outcome: 'terminated' }).message).toBe('Thing odd was terminated');
	});

	it('is never verified by its absence', () => {
		const verdict: Verdict = { outcome: 'notRunning', extra: { verified: true } };
		expect(outcomeOf('odd', verdict).extra['verified']).toBe(false);
		expect(outcomeOf('even', verdict).extra['verified']).toBe(true);
	});
});

describe('an outcome as it is shown', () => {
	const quote = (text: string) => text.replace('hunter2', '***');
	const show = (verdict: Verdict, httpStatus?: number, policy = STRICT) =>
		toOutcome(target('hunter2-1'), verdict, contract, { attempts: 1, httpStatus, policy, quote });

	it.each<[Verdict, number | undefined, string]>([
		[
			{ outcome: 'failed', reason: 'the vendor objected', vendorMessage: 'It cannot be cancelled' },
			400,
			'the vendor objected ("It cannot be cancelled")',
		],
		[
			{ outcome: 'failed', reason: 'it refused', code: '33777', vendorMessage: 'It is suspended.' },
			200,
			'it refused (code 33777: "It is suspended.")',
		],
		[{ outcome: 'unknown', reason: 'it refused', code: '33777' }, 200, 'it refused (code 33777)'],
		[{ outcome: 'failed', code: '7', vendorMessage: 'No.' }, 400, 'code 7: "No."'],
		// What the reason says already is not said again, and the system's code for a broken connection is not the vendor's.
		[
			{ outcome: 'failed', reason: 'it is suspended', vendorMessage: 'It is suspended.' },
			400,
			'it is suspended',
		],
		[{ outcome: 'failed', reason: 'it refused (code 811)', code: '811' }, 200, 'it refused (code 811)'],
		[{ outcome: 'unknown', reason: 'it broke', code: 'ECONNRESET' }, undefined, 'it broke'],
		[{ outcome: 'failed', reason: 'no', vendorMessage: 'hunter2 is wrong' }, 401, 'no ("*** is wrong")'],
	])('says what the vendor said: %j', (verdict, httpStatus, reason) => {
		const shown = show(verdict, httpStatus);
		expect(shown.reason).toBe(reason);
		expect(shown.message).toMatch(/hunter2-1 was/);
		expect(shown.message.endsWith(`: ${reason}`)).toBe(true);
	});

	it('keeps what the user gave, and quotes what else came from outside', () => {
		const request = { method: 'POST', path: '/hunter2' };
		const shown = show({ outcome: 'terminated', extra: { request, auditId: 'hunter2' } });
		expect(shown).toMatchObject({
			id: 'hunter2-1',
			message: 'Thing hunter2-1 was terminated',
			extra: { group: 'g', request, auditId: '***' },
		});
	});

	it('says nothing of the vendor’s words where nothing failed', () => {
		const shown = show(
			{ outcome: 'alreadyEnded', reason: 'it was late', code: '9', vendorMessage: 'Too late.' },
			200,
		);
		expect(shown).toMatchObject({ reason: 'it was late', code: '9', vendorMessage: 'Too late.' });
	});
});
