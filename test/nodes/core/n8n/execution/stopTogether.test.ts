import type { JudgedOutcome } from '../../../../../nodes/core/commands/outcome';
import { StopTogether } from '../../../../../nodes/core/n8n/execution/stopTogether';

describe('StopTogether', () => {
	const outcome = (id: string): JudgedOutcome => ({
		id,
		outcome: 'terminated',
		message: '',
		attempts: 1,
		item: 0,
		extra: {},
		failure: false,
	});

	it('tells every item of all, in item order, when the last is in', async () => {
		const together = new StopTogether();
		const execution = {};
		const all = await Promise.all([
			together.settle(execution, 3, 2, [outcome('c')]),
			together.settle(execution, 3, 0, [outcome('a')]),
			together.settle(execution, 3, 1, []),
		]);
		for (const told of all) expect(told.map(({ id }) => id)).toEqual(['a', 'c']);
	});

	it('starts afresh when a try broke off half way', async () => {
		const together = new StopTogether();
		const execution = {};
		void together.settle(execution, 2, 0, [outcome('old')]);
		const [told] = await Promise.all([
			together.settle(execution, 2, 0, [outcome('a')]),
			together.settle(execution, 2, 1, [outcome('b')]),
		]);
		expect(told.map(({ id }) => id)).toEqual(['a', 'b']);
	});

	it('keeps executions apart', async () => {
		const together = new StopTogether();
		const told = await Promise.all([
			together.settle({}, 1, 0, [outcome('a')]),
			together.settle({}, 1, 0, [outcome('b')]),
		]);
		expect(told.map(([first]) => first?.id)).toEqual(['a', 'b']);
	});
});
