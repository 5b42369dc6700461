import { keepGoing, mapWithLimit } from '../../../../nodes/core/util/concurrency';

describe('mapWithLimit', () => {
	it('maps in the order of the list, so many at a time', async () => {
		let open = 0;
		let most = 0;
		const results = await mapWithLimit(
			[30, 5, 20, 1],
			() => 2,
			async (ms, index) => {
				most = Math.max(most, (open += 1));
				await new Promise((resolve) => setTimeout(resolve, ms));
				open -= 1;
				return `${index}: ${ms}`;
			},
		);
		expect(results).toEqual(['0: 30', '1: 5', '2: 20', '3: 1']);
		expect(most).toBe(2);
	});

	it('has nothing to do with an empty list', async () => {
		expect(
			await mapWithLimit(
				[],
				() => 5,
				async () => await Promise.reject(new Error('called')),
			),
		).toEqual([]);
	});

	it('lets a timer through while thousands of entries wait for nothing', async () => {
		let rings = 0;
		const timer = setInterval(() => (rings += 1), 1);
		try {
			await mapWithLimit(
				Array.from({ length: 10_000 }),
				() => 5,
				async () => {
					const end = performance.now() + 0.02;
					while (performance.now() < end);
					return await Promise.resolve(1);
				},
			);
		} finally {
			clearInterval(timer);
		}
		expect(rings).toBeGreaterThan(3);
	});
});

describe('keepGoing', () => {
	/** Pieces of work that end when they are told to. */
	function pieces(count: number) {
		const ends: Array<() => void> = [];
		const next = (): Promise<void> | undefined =>
			count-- > 0 ? new Promise<void>((resolve) => ends.push(resolve)) : undefined;
		/** Ends the first so many that are going. */
		const end = async (some: number): Promise<void> => {
			for (const resolve of ends.splice(0, some)) resolve();
			await new Promise((resolve) => setImmediate(resolve));
		};
		return {
			next,
			end,
			going: () => ends.length,
			add: (more: number) => (count = Math.max(0, count) + more),
		};
	}

	it('has as much going as is allowed by then, and interrupts nothing', async () => {
		let atOnce = 2;
		const work = pieces(20);
		const all = keepGoing(() => atOnce, work.next);
		expect(work.going()).toBe(2);
		atOnce = 5;
		await work.end(1);
		expect(work.going()).toBe(5);
		atOnce = 3;
		await work.end(1);
		expect(work.going()).toBe(4);
		await work.end(2);
		expect(work.going()).toBe(3);
		while (work.going() > 0) await work.end(1);
		await all;
	});

	it('goes on with what the last piece has left', async () => {
		const work = pieces(1);
		const all = keepGoing(() => 2, work.next);
		work.add(2);
		await work.end(1);
		expect(work.going()).toBe(2);
		await work.end(2);
		await all;
	});

	it('rejects with the first that does', async () => {
		const broken = [Promise.reject(new Error('first')), Promise.reject(new Error('second'))];
		await expect(
			keepGoing(
				() => 2,
				() => broken.shift(),
			),
		).rejects.toThrow('first');
	});
});
