import { isShared, ItemParameters } from '../../../../../nodes/core/n8n/execution/itemParameters';

describe('isShared', () => {
	it.each([
		['a text', 'abc', true],
		['a text with a dollar', '$json.id', true],
		['a number', 5, true],
		['nothing', undefined, true],
		['null', null, true],
		['an expression without words', '={{ 1 + 1 }}', true],
		['an expression about the workflow', '={{ $workflow.name + $execution.id }}', true],
		[
			'a text with expressions about workflow and execution',
			'=Terminated by n8n workflow "{{ $workflow.name }}", execution {{ $execution.id }}',
			true,
		],
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

describe('ItemParameters', () => {
	const locator = (value: unknown, mode: unknown = 'id') => ({ __rl: true, mode, value });

	/** Reads parameters for items, and counts how often n8n was asked: a stand-in that knows `={{ $json.<key> }}` alone. */
	function reading(raw: Record<string, unknown>, items: unknown[] = [], ofNode = new Set<string>()) {
		const evaluate = (value: unknown, item: number): unknown => {
			if (typeof value === 'object' && value !== null) {
				const entries = Object.entries(value).map(([key, entry]) => [key, evaluate(entry, item)]);
				return Array.isArray(value) ? entries.map(([, entry]) => entry) : Object.fromEntries(entries);
			}
			const [, key] = /\$json\.(\w+)/.exec(String(value)) ?? [];
			return key === undefined ? value : (items[item] as Record<string, unknown>)[key];
		};
		const readAt = jest.fn((name: string, item: number): unknown => {
			const path = name.split('.');
			const found = path.reduce<unknown>(
				(value, key) => (value as Record<string, unknown> | undefined)?.[key],
				raw,
			);
			const value = evaluate(found, item) as { __rl?: boolean; value: unknown } | undefined;
			return value?.__rl ? value.value : value;
		});
		const parameters = new ItemParameters({ raw, readAt, jsonAt: (item) => items[item], ofNode });
		const all = (name: string): unknown[] => items.map((_, item) => parameters.at(item)(name));
		return { readAt, parameters, all };
	}

	it('reads once what is the same for all items', () => {
		const { readAt, all } = reading({ shared: 'x' }, [{}, {}, {}]);
		expect(all('shared')).toEqual(['x', 'x', 'x']);
		expect(readAt.mock.calls).toEqual([['shared', 0]]);
	});

	it('reads once what is nothing, too', () => {
		const { readAt, all } = reading({ hole: undefined }, [{}, {}]);
		expect(all('hole')).toEqual([undefined, undefined]);
		expect(readAt).toHaveBeenCalledTimes(1);
	});

	it('reads for each item what differs, and what the workflow does not name', () => {
		const { readAt, all } = reading({ own: '=x{{ $json.id }}' }, [{ id: 'a' }, { id: 'b' }]);
		expect(all('own')).toEqual(['a', 'b']);
		expect(all('toString')).toHaveLength(2);
		expect(readAt).toHaveBeenCalledTimes(4);
	});

	it('reads what a form may lack as undefined there, and as null where it has no value', () => {
		const readAt = jest.fn((name: string) => (name === 'empty' ? undefined : 'x'));
		const optional = new Set(['there', 'empty', 'absent']);
		const raw = { there: 'x', empty: '={{ $json.none }}' };
		const read = new ItemParameters({ raw, readAt, jsonAt: () => undefined, optional }).at(0);
		expect([read('there'), read('empty'), read('absent')]).toEqual(['x', null, undefined]);
		expect(readAt).not.toHaveBeenCalledWith('absent', 0);
	});

	describe('entries that belong to the node', () => {
		const items = [{ dry: true }, { dry: false }, { dry: true }];
		const rawOf = (options: unknown) => ({ options });
		const entries = (options: unknown) => {
			const found = reading(rawOf(options), items, new Set(['options.count']));
			return { ...found, asked: () => found.readAt.mock.calls.map(([name, item]) => `${name} ${item}`) };
		};

		it('are read by their own path alone, and not for the items', () => {
			const { all, parameters, asked } = entries({
				dryRun: '={{ $json.dry }}',
				count: '=x{{ $json.dry }}',
				max: 7,
			});
			expect(all('options')).toEqual(items.map(({ dry }) => ({ dryRun: dry, max: 7 })));
			expect(parameters.at(0)('options.count')).toBe(true);
			expect(asked()).toEqual([
				'options.dryRun 0',
				'options.max 0',
				'options.dryRun 1',
				'options.dryRun 2',
				'options.count 0',
			]);
		});

		it('leave what is the same for all items to be read once', () => {
			const { all, asked } = entries({ dryRun: true, count: '=x{{ $json.dry }}' });
			const [first, ...others] = all('options');
			expect(first).toEqual({ dryRun: true });
			for (const other of others) expect(other).toBe(first);
			expect(asked()).toEqual(['options.dryRun 0']);
		});

		it('are undefined where they were not added, and null without a value', () => {
			expect(entries({ dryRun: true }).parameters.at(0)('options.count')).toBeUndefined();
			expect(entries({}).parameters.at(0)('options.toString')).toBeUndefined();
			expect(entries({ count: '={{ $json.none }}' }).parameters.at(0)('options.count')).toBeNull();
			expect(reading({}, items).parameters.at(0)('options.count')).toBeUndefined();
		});

		it('are found in a collection that is one expression', () => {
			const { parameters } = reading({ options: '={{ $json.all }}' }, [{ all: { count: 3 } }]);
			expect(parameters.at(0)('options.count')).toBe(3);
			expect(parameters.at(0)('options.max')).toBeUndefined();
		});
	});

	it('reads again for the next item what could not be read', () => {
		const { readAt, parameters } = reading({ shared: 'x' });
		readAt.mockImplementationOnce(() => {
			throw new Error('no such word');
		});
		expect(() => parameters.at(0)('shared')).toThrow('no such word');
		expect(parameters.at(1)('shared')).toBe('x');
	});

	it('reads a plain path once, and then from the items', () => {
		const { readAt, all } = reading({ own: '={{ $json.id }}' }, [{ id: 'a' }, { id: 'b' }, { id: '' }]);
		expect(all('own')).toEqual(['a', 'b', '']);
		expect(readAt.mock.calls).toEqual([['own', 0]]);
	});

	it('asks n8n about an item that has no text there', () => {
		const items = [{ id: 7 }, { id: 'a' }, {}, { id: ['x'] }, { id: 'b' }, { id: null }];
		const { readAt, all } = reading({ own: '={{ $json.id }}' }, items);
		expect(all('own')).toEqual([7, 'a', undefined, ['x'], 'b', null]);
		expect(readAt.mock.calls.map(([, item]) => item)).toEqual([0, 1, 2, 3, 5]);
	});

	it('asks n8n about every item once it gives something else for the first one', () => {
		const { readAt, all } = reading({ own: '={{ $json.id }}' }, [{ id: 'a' }, { id: 'b' }]);
		readAt.mockImplementationOnce(() => 'changed');
		expect(all('own')).toEqual(['changed', 'b']);
		expect(readAt).toHaveBeenCalledTimes(2);
	});

	it('asks n8n about every item as long as it cannot say', () => {
		const { readAt, parameters } = reading({ own: '={{ $json.id }}' }, [{ id: 'a' }, { id: 'b' }]);
		readAt.mockImplementationOnce(() => {
			throw new Error('not allowed');
		});
		expect(() => parameters.at(0)('own')).toThrow('not allowed');
		expect(parameters.at(1)('own')).toBe('b');
		expect(readAt).toHaveBeenCalledTimes(2);
	});

	it('reads the path in a resource locator, whatever mode it has', () => {
		const items = [{ id: 'a' }, { id: 'b' }];
		const { readAt, all } = reading({ own: locator('={{ $json.id }}') }, items);
		expect(all('own')).toEqual(['a', 'b']);
		expect(readAt).toHaveBeenCalledTimes(1);
		const other = reading({ own: locator('={{ $json.id }}', '={{ $json.mode }}') }, items);
		expect(other.all('own')).toEqual(['a', 'b']);
		expect(other.readAt).toHaveBeenCalledTimes(2);
	});

	it('reads the paths in a collection, and the rest of it once', () => {
		const own = {
			dryRun: false,
			text: '={{ $json.text }}',
			list: [{ is: 'x', name: '={{ $json.name }}' }, '={{ $workflow.name }}'],
		};
		const items = [
			{ text: 'a', name: 'b' },
			{ text: 'c', name: 'd' },
			{ text: 'e', name: 5 },
			{ text: 'g', name: 'h' },
		];
		const { readAt, all } = reading({ own }, items);
		const [first, ...others] = all('own');
		const rest = (text: unknown, name: unknown) => ({
			dryRun: false,
			text,
			list: [{ is: 'x', name }, '={{ $workflow.name }}'],
		});
		expect(first).toEqual(rest('a', 'b'));
		expect(others).toEqual([rest('c', 'd'), rest('e', 5), rest('g', 'h')]);
		expect(readAt.mock.calls.map(([, item]) => item)).toEqual([0, 2]);
	});

	it('asks n8n about a collection in which anything else differs', () => {
		const own = { text: '={{ $json.text }}', name: '={{ $itemIndex }}' };
		const { readAt, all } = reading({ own }, [{ text: 'a' }, { text: 'b' }]);
		expect(all('own')).toEqual([
			{ text: 'a', name: '={{ $itemIndex }}' },
			{ text: 'b', name: '={{ $itemIndex }}' },
		]);
		expect(readAt).toHaveBeenCalledTimes(2);
	});

	it('asks n8n about a collection that comes out in another shape', () => {
		const { readAt, all } = reading({ own: { text: '={{ $json.text }}' } }, [{ text: 'a' }, { text: 'b' }]);
		readAt.mockImplementationOnce(() => ({ other: 'a' }));
		expect(all('own')).toEqual([{ other: 'a' }, { text: 'b' }]);
		expect(readAt).toHaveBeenCalledTimes(2);
	});
});
