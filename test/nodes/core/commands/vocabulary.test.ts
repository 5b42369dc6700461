import { isFailure } from '../../../../nodes/core/commands/vocabulary';

describe('isFailure', () => {
	const defaults = { failIfAlreadyEnded: false, ignoreNotFound: false };

	it.each([
		['terminated', false],
		['killed', false],
		['suspended', false],
		['resumed', false],
		['dryRun', false],
		['alreadyEnded', false],
		['notRunning', false],
		['notFound', true],
		['failed', true],
		['unknown', true],
		['notSent', true],
	] as const)('%s by default: %s', (outcome, expected) => {
		expect(isFailure(outcome, defaults)).toBe(expected);
	});

	it('follows the options, and only for the outcomes they name', () => {
		expect(isFailure('alreadyEnded', { ...defaults, failIfAlreadyEnded: true })).toBe(true);
		expect(isFailure('notRunning', { ...defaults, failIfAlreadyEnded: true })).toBe(true);
		expect(isFailure('notFound', { ...defaults, ignoreNotFound: true })).toBe(false);
		expect(isFailure('unknown', { failIfAlreadyEnded: false, ignoreNotFound: true })).toBe(true);
	});
});
