import type { TargetOutcome } from '../../../../../nodes/core/commands/outcome';
import type { CommandWords } from '../../../../../nodes/core/commands/vocabulary';
import { summaryOf } from '../../../../../nodes/core/n8n/output/summary';

const words: CommandWords = { singular: 'workflow', plural: 'workflows', participle: 'terminated' };
const one = (outcome: TargetOutcome['outcome'], more: Partial<TargetOutcome> = {}): TargetOutcome => ({
	id: 'a',
	outcome,
	message: '',
	attempts: 1,
	item: 0,
	extra: {},
	failure: false,
	...more,
});
const times = (count: number, outcome: TargetOutcome): TargetOutcome[] =>
	Array<TargetOutcome>(count).fill(outcome);

describe('summaryOf', () => {
	it('counts in words, in the order of the outcomes', () => {
		const outcomes = [
			one('failed'),
			...times(2, one('alreadyEnded')),
			...times(35, one('terminated')),
			one('notFound'),
			one('notRunning'),
			...times(3, one('notSent')),
		];
		expect(summaryOf(outcomes, words)).toEqual({
			message:
				'43 workflows: 35 terminated, 2 had already ended, 1 not running, 1 not found, 1 failed, 3 not sent',
			isDoubtful: false,
		});
	});

	it('is doubtful where a result is not known', () => {
		expect(summaryOf([one('unknown'), one('terminated')], words)).toEqual({
			message: '2 workflows: 1 terminated, 1 with an unknown result',
			isDoubtful: true,
		});
	});

	it('counts a target once that several items name', () => {
		const outcomes = [one('terminated'), one('terminated', { isRepeat: true })];
		expect(summaryOf(outcomes, words).message).toBe('1 workflow: 1 terminated');
	});

	it('says what was in the wanted state before', () => {
		const suspend: CommandWords = {
			...words,
			participle: 'suspended',
			change: { from: 'running', to: 'suspended' },
		};
		const outcomes = [one('suspended'), one('suspended', { extra: { alreadyInState: true } })];
		expect(summaryOf(outcomes, suspend).message).toBe('2 workflows: 1 already suspended, 1 suspended');
	});

	it('says what a dry run has shown', () => {
		const dry = (currentState?: string, more: Partial<TargetOutcome> = {}) =>
			one('dryRun', { isDryRun: true, ...more, extra: { currentState, ...more.extra } });
		const outcomes = [dry('running'), dry(), dry('ended'), dry('absent'), dry('unknown')];
		expect(summaryOf([...outcomes, dry('unknown', { outcome: 'failed' })], words).message).toBe(
			'Dry run of 6 workflows: 2 would be terminated, 2 would not change, 1 in a state that could not be read, 1 failed',
		);
		// Where the vendor's word is all that it tells, the command would go.
		expect(summaryOf([dry('unknown', { extra: { vendorState: 'Active' } })], words).message).toBe(
			'Dry run of 1 workflow: 1 would be terminated',
		);
		expect(summaryOf([dry('absent', { outcome: 'notFound' })], words).message).toBe(
			'Dry run of 1 workflow: 1 not found',
		);
	});
});
