import { startNode } from '../../../engine/engine';
import { all, answering, EnosBpmBench, outcomesOf, PATHS } from '../harness';

describe.each(PATHS)('EnOS BPM under load (%s)', (path) => {
	const enos = new EnosBpmBench(path);

	/** How many requests were open when each one arrived. */
	const open = (): number[] => enos.vendor.journal.list().map(({ inFlight }) => inFlight);

	/** Five at first, one more for each window of answers, and twenty at most. */
	const expectGrowth = (): void => {
		expect(open().filter((count, before) => count > Math.min(20, 5 + before / 5))).toEqual([]);
		expect(Math.max(...open())).toBeGreaterThan(5);
	};

	it('has more and more requests open over 100 items, commands and questions alike', async () => {
		enos.vendor.latency.ms = 15;
		const result = await enos.terminateItems(enos.seed(100), { options: { verify: true } });
		expect(outcomesOf(result)).toEqual(all(100));
		expect(enos.counters()).toMatchObject({ terminateCalls: 100, gets: 100, logins: 1 });
		expectGrowth();
	});

	it('has no more of them open when two executions share the host', async () => {
		enos.vendor.latency.ms = 15;
		const runs = [enos.seed(30), enos.seed(30)].map((ids) => startNode(enos.preparedItems(ids)).finished);
		for (const result of await Promise.all(runs)) expect(outcomesOf(result)).toEqual(all(30));
		expect(enos.counters()).toMatchObject({ terminateCalls: 60, logins: 1 });
		expectGrowth();
	});

	it('keeps to the requests per second that the user wants, questions and repetitions included', async () => {
		enos.arm(answering({ code: 33500 }));
		const started = Date.now();
		// A hundred times faster: one every 40 ms. What waits for a login would leave together with the next one.
		const result = await enos.terminateItems(enos.seed(4), {
			key: 'accessToken',
			options: { requestsPerSecond: 0.25, verify: true },
		});
		const took = Date.now() - started;
		expect(outcomesOf(result)).toEqual(all(4));
		// Five commands, one question in doubt, four to verify.
		expect(enos.vendor.journal.list()).toHaveLength(10);
		expect(took).toBeGreaterThanOrEqual(9 * 40 - 5);
	});
});
