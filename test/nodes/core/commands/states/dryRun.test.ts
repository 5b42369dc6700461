import type { StateReport } from '../../../../../nodes/core/commands/contract';
import { dryRunVerdict } from '../../../../../nodes/core/commands/states/dryRun';
import { CONFIGURATION } from '../../../../../nodes/core/http/cause';
import { ENDING, RESUMING, SUSPENDING } from '../commandWords';

describe('dryRunVerdict', () => {
	const request = { method: 'POST', path: '/end', body: '{"id":1}' } as const;
	const ask = (absentMeans: 'notFound' | 'notRunning', when: 'first' | 'inDoubt' | 'last' = 'inDoubt') => ({
		when,
		absentMeans,
	});
	const verdictOf = (report: StateReport | undefined, stateQuery = ask('notFound'), words = ENDING) =>
		dryRunVerdict(report, stateQuery, words, () => request);

	it('shows the request, its body only where there is one', () => {
		expect(verdictOf(undefined)).toEqual({ outcome: 'dryRun', extra: { request } });
		expect(
			dryRunVerdict(undefined, undefined, ENDING, () => ({
				method: 'GET',
				path: '/x',
				contentType: 'text/plain',
			})),
		).toEqual({ outcome: 'dryRun', extra: { request: { method: 'GET', path: '/x' } } });
	});

	it.each(['first', 'inDoubt', 'last'] as const)('shows the request last of what runs, asked %s', (when) => {
		const verdict = verdictOf({ state: 'running', vendorState: 'on' }, ask('notFound', when));
		expect(verdict).toEqual({
			outcome: 'dryRun',
			extra: { currentState: 'running', vendorState: 'on', request },
		});
		expect(Object.keys(verdict.extra ?? {}).at(-1)).toBe('request');
	});

	it.each([
		[{ state: 'ended', vendorState: 'off' }, 'notFound', 'alreadyEnded', ENDING],
		[{ state: 'ended', stateAfterCommand: 'inState' }, 'notFound', 'alreadyEnded', RESUMING],
		[{ state: 'absent' }, 'notFound', 'notFound', ENDING],
		[{ state: 'absent' }, 'notRunning', 'notRunning', ENDING],
		[{ state: 'inState', vendorState: 'Suspended' }, 'notFound', 'suspended', SUSPENDING],
	] as const)(
		'has the outcome of the real run, and no request, where nothing would be sent: %j',
		(report, absentMeans, outcome, words) => {
			const { state, vendorState } = report as StateReport;
			for (const when of ['first', 'inDoubt', 'last'] as const) {
				expect(verdictOf(report, ask(absentMeans, when), words)).toEqual({
					outcome,
					extra: { currentState: state, ...(vendorState !== undefined && { vendorState }) },
				});
			}
		},
	);

	it('fails, without a request, where the vendor says that it would refuse the command', () => {
		const refusal = { reason: 'this account may not', hint: 'Use another.', cause: CONFIGURATION };
		expect(verdictOf({ state: 'running', vendorState: 'on', refusal })).toEqual({
			outcome: 'failed',
			...refusal,
			extra: { currentState: 'running', vendorState: 'on' },
		});
		// What has ended needs no right.
		expect(verdictOf({ state: 'ended', refusal })).toMatchObject({ outcome: 'alreadyEnded' });
	});

	it.each<[StateReport, string]>([
		[{}, 'its state could not be read'],
		[{ error: { reason: 'it is late' } }, 'its state could not be read because it is late'],
		[
			{ error: { reason: 'the right is missing', hint: 'Grant it.' }, isRefused: true },
			'its state could not be read because the right is missing. Grant it',
		],
		[{ vendorState: 'odd' }, 'its state does not show whether it has ended'],
	])('says that a state is not known, where the command would go without asking: %j', (report, reason) => {
		const { vendorState } = report;
		for (const when of ['inDoubt', 'last'] as const) {
			expect(verdictOf(report, ask('notFound', when))).toEqual({
				outcome: 'dryRun',
				reason,
				extra: { currentState: 'unknown', ...(vendorState !== undefined && { vendorState }), request },
			});
		}
	});

	it('fails where the vendor is asked first and does not say enough', () => {
		const first = ask('notFound', 'first');
		expect(verdictOf({}, first)).toMatchObject({ outcome: 'notSent', extra: { currentState: 'unknown' } });
		expect(verdictOf({ vendorState: 'odd' }, first)).toMatchObject({
			outcome: 'notSent',
			reason: 'it is in a state that this node does not know',
			extra: { currentState: 'unknown', vendorState: 'odd' },
		});
		const refused = { error: { reason: 'no', hint: 'Ask.' }, isRefused: true } as const;
		expect(verdictOf(refused, first)).toEqual({
			outcome: 'failed',
			reason: 'no',
			hint: 'Ask.',
			extra: { currentState: 'unknown' },
		});
	});
});
