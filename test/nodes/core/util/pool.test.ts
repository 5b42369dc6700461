import { mapWithLimit } from '../../../../nodes/core/util/concurrency';

describe('mapAtMost', () => {
	it('maps in the order of the list, so many at a time', async () => {
		let open = 0;
		let most = 0;
		const results = await mapWithLimit([30, 5, 20, 1], 2, async (ms, index) => {
			most = Math.max(most, (open += 1));
			await new Promise((resolve) => setTimeout(resolve, ms));
			open -= 1;
			return `${index}: ${ms}`;
		});
		expect(results).toEqual(['0: 30', '1: 5', '2: 20', '3: 1']);
		expect(most).toBe(2);
	});

	it('has nothing to do with an empty list', async () => {
		expect(await mapWithLimit([], 5, async () => await Promise.reject(new Error('called')))).toEqual([]);
	});

	it('lets a timer through while thousands of entries wait for nothing', async () => {
		let rings = 0;
		const timer = setInterval(() => (rings += 1), 1);
		try {
			await mapWithLimit(Array.from({ length: 10_000 }), 5, async () => {
				const end = performance.now() + 0.02;
				while (performance.now() < end);
				return await Promise.resolve(1);
			});
		} finally {
			clearInterval(timer);
		}
		expect(rings).toBeGreaterThan(3);
	});
});
