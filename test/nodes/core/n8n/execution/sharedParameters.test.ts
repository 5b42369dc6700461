import { isShared, SharedParameters } from '../../../../../nodes/core/n8n/execution/sharedParameters';

describe('isShared', () => {
	it.each([
		['a text', 'abc', true],
		['a text with a dollar', '$json.id', true],
		['a number', 5, true],
		['nothing', undefined, true],
		['null', null, true],
		['an expression without words', '={{ 1 + 1 }}', true],
		['an expression about the workflow', '={{ $workflow.name + $execution.id }}', true],
		['an expression about variables', '={{ $vars.x }}-{{ $secrets.y }}', true],
		['an expression about the item', '={{ $json.id }}', false],
		['an expression about both', '={{ $workflow.id + $json.id }}', false],
		['an expression about another node', "={{ $('Set').item.json.id }}", false],
		['an expression about the position', '={{ $itemIndex }}', false],
		['an expression about an input', '={{ $input.item.json.id }}', false],
		['an expression about the time', '={{ $now }}', false],
		['a word that only begins alike', '={{ $workflows }}', false],
		['a word inside another', '={{ a$workflow }}', true],
		['a word with two dollars', '={{ $$workflow }}', false],
		['a resource locator', { __rl: true, mode: 'id', value: '7' }, true],
		['a resource locator by expression', { __rl: true, mode: 'id', value: '={{ $json.id }}' }, false],
		['a collection', { dryRun: true, maxTargets: '={{ $workflow.x }}' }, true],
		['a collection with one word about the item', { dryRun: '={{ $json.dry }}', verify: true }, false],
		['a list', ['a', ['={{ $json.id }}']], false],
	])('%s: %p', (_name, raw, expected) => {
		expect(isShared(raw)).toBe(expected);
	});
});

describe('SharedParameters', () => {
	const raw = { shared: 'x', own: '={{ $json.id }}', hole: undefined };

	function reading() {
		const readAt = jest.fn((name: string, item: number): unknown =>
			name === 'hole' ? undefined : `${name}${item}`,
		);
		return { readAt, parameters: new SharedParameters(raw, readAt) };
	}

	it('reads once what is the same for all items', () => {
		const { readAt, parameters } = reading();
		expect([0, 1, 2].map((item) => parameters.at(item)('shared'))).toEqual(['shared0', 'shared0', 'shared0']);
		expect(readAt.mock.calls).toEqual([['shared', 0]]);
	});

	it('reads once what is nothing, too', () => {
		const { readAt, parameters } = reading();
		expect([0, 1].map((item) => parameters.at(item)('hole'))).toEqual([undefined, undefined]);
		expect(readAt).toHaveBeenCalledTimes(1);
	});

	it('reads for each item what differs, and what the workflow does not name', () => {
		const { readAt, parameters } = reading();
		expect([0, 1].map((item) => parameters.at(item)('own'))).toEqual(['own0', 'own1']);
		expect([0, 1].map((item) => parameters.at(item)('toString'))).toEqual(['toString0', 'toString1']);
		expect(readAt).toHaveBeenCalledTimes(4);
	});

	it('reads again for the next item what could not be read', () => {
		const { readAt, parameters } = reading();
		readAt.mockImplementationOnce(() => {
			throw new Error('no such word');
		});
		expect(() => parameters.at(0)('shared')).toThrow('no such word');
		expect(parameters.at(1)('shared')).toBe('shared1');
	});
});
