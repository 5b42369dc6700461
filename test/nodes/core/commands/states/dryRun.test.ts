import { dryRunVerdict } from '../../../../../nodes/core/commands/states/dryRun';
import { ENDING, RESUMING, SUSPENDING } from '../commandWords';

describe('dryRunVerdict', () => {
	const request = { method: 'POST', path: '/end', body: '{"id":1}' } as const;

	it('shows the request, its body only where there is one', () => {
		expect(dryRunVerdict(request, undefined, undefined, ENDING)).toEqual({
			outcome: 'dryRun',
			extra: { request },
		});
		expect(
			dryRunVerdict({ method: 'GET', path: '/x', contentType: 'text/plain' }, undefined, undefined, ENDING),
		).toEqual({
			outcome: 'dryRun',
			extra: { request: { method: 'GET', path: '/x' } },
		});
	});

	it('names the target that shows the body, even one without a name', () => {
		for (const first of ['first', '']) {
			expect(dryRunVerdict(request, first, undefined, ENDING).extra).toEqual({
				request: { method: 'POST', path: '/end', sharedWith: first },
			});
		}
	});

	it.each([
		[{ state: 'running', vendorState: 'on' }, undefined, { standing: 'running', state: 'on' }],
		[{ state: 'ended' }, 'it has ended already, so nothing would change', { standing: 'ended' }],
		[
			{ state: 'absent' },
			'the vendor has none with this ID that runs, so nothing would change',
			{ standing: 'absent' },
		],
		[{}, 'its state could not be read', { standing: 'unknown' }],
		[{ vendorState: 'odd' }, undefined, { standing: 'unknown', state: 'odd' }],
	] as const)('shows how it stands: %p', (report, reason, extra) => {
		expect(dryRunVerdict(request, undefined, report, ENDING)).toEqual({
			outcome: 'dryRun',
			...(reason !== undefined && { reason }),
			extra: { request, ...extra },
		});
	});

	it.each([
		['inState', SUSPENDING, 'it is suspended already, so nothing would change'],
		['inState', RESUMING, 'it is running already, so nothing would change'],
		['running', RESUMING, undefined],
		['ended', RESUMING, 'it has ended already, so nothing would change'],
		['absent', RESUMING, 'the vendor has none with this ID, so nothing would change'],
	] as const)('says of a change of state: %s, %j', (standing, words, reason) => {
		const report = { state: standing, stateAfterCommand: 'inState' } as const;
		const preview = dryRunVerdict(request, undefined, report, words);
		expect(preview.reason).toBe(reason);
		expect(preview.extra).toEqual({ request, standing });
	});
});
