import { clock } from '../../../../nodes/core/util/clock';

async function timed(work: Promise<void>): Promise<number> {
	const start = performance.now();
	await work;
	return performance.now() - start;
}

// Timers may ring a millisecond early, and late on a busy machine.
describe("the machine's clock", () => {
	it('waits as long as it should, also where that takes several naps', async () => {
		expect(await timed(clock.sleep(30))).toBeGreaterThanOrEqual(28);
		expect(await timed(clock.sleep(700))).toBeGreaterThanOrEqual(698);
	});

	it('waits no more once the signal has aborted, and not at all when it had before', async () => {
		const controller = new AbortController();
		setTimeout(() => controller.abort(), 20);
		expect(await timed(clock.sleep(60_000, controller.signal))).toBeLessThan(5_000);
		expect(await timed(clock.sleep(60_000, controller.signal))).toBeLessThan(400);
	});

	it('goes on where the date of the machine goes back an hour', async () => {
		const date = jest.spyOn(Date, 'now').mockImplementation(() => 0);
		try {
			const before = clock.now();
			date.mockImplementation(() => -3_600_000);
			expect(await timed(clock.sleep(30))).toBeLessThan(3_000);
			expect(clock.now()).toBeGreaterThan(before);
		} finally {
			date.mockRestore();
		}
	});

	it('gives the date and draws lots', () => {
		expect(Math.abs(clock.wallTime() - Date.now())).toBeLessThan(1_000);
		const lots = Array.from({ length: 100 }, () => clock.random());
		expect(lots.every((lot) => lot >= 0 && lot < 1)).toBe(true);
		expect(new Set(lots).size).toBeGreaterThan(1);
	});
});
