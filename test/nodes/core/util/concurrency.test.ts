import fc from 'fast-check';

import { mapYielding, chunk } from '../../../../nodes/core/util/concurrency';

/** Keeps the event loop for so long. */
function work(ms: number): void {
	const end = performance.now() + ms;
	while (performance.now() < end);
}

describe('mapInSlices', () => {
	it('maps as an array does', async () => {
		const list = ['a', 'b', 'c'];
		await expect(mapYielding(list, (entry, index) => `${entry}${index}`)).resolves.toEqual([
			'a0',
			'b1',
			'c2',
		]);
		await expect(mapYielding([], () => 1)).resolves.toEqual([]);
	});

	it('lets a timer through while it maps 10,000 entries', async () => {
		let rings = 0;
		const timer = setInterval(() => (rings += 1), 1);
		try {
			await mapYielding(Array.from({ length: 10_000 }), () => work(0.02));
		} finally {
			clearInterval(timer);
		}
		expect(rings).toBeGreaterThan(3);
	});

	it('gives way to nobody while it is short', async () => {
		let rung = false;
		setImmediate(() => (rung = true));
		await mapYielding([1, 2, 3], (n) => n);
		expect(rung).toBe(false);
	});

	it('rejects with what the function throws', async () => {
		await expect(
			mapYielding([1], () => {
				throw new Error('no');
			}),
		).rejects.toThrow('no');
	});
});

describe('partsOf', () => {
	it('keeps every entry, in order, in full parts and one rest', () => {
		fc.assert(
			fc.property(fc.array(fc.integer()), fc.integer({ min: 1, max: 60 }), (list, size) => {
				const parts = chunk(list, size);
				expect(parts.flat()).toEqual(list);
				expect(parts.length).toBe(Math.ceil(list.length / size));
				expect(parts.slice(0, -1).every((part) => part.length === size)).toBe(true);
			}),
		);
	});
});
