import { join } from 'node:path';

import type { Clock } from '../../nodes/core/util/clock';

/** The machine's own clock behind each one that was hurried, and how many times faster that one runs now. */
const machines = new WeakMap<Clock, { now: Clock['now']; sleep: Clock['sleep']; times: number }>();

/**
 * Lets the time of a package under test run faster: at a hundred times, a wait of a second takes 10 ms. What the sandbox
 * does with time stays as it is. Returns a function that sets the speed of before again; time never jumps.
 */
export function hurry(root: string, times: number): () => void {
	// eslint-disable-next-line @typescript-eslint/no-require-imports -- the very module that the loaded nodes use
	const { clock } = require(join(root, 'dist', 'nodes', 'core', 'util', 'clock.js')) as { clock: Clock };
	const machine = machines.get(clock) ?? {
		now: clock.now.bind(clock),
		sleep: clock.sleep.bind(clock),
		times: 1,
	};
	machines.set(clock, machine);
	const before = machine.times;
	const setSpeed = (speed: number): void => {
		machine.times = speed;
		const reached = clock.now();
		const start = machine.now();
		Object.assign(clock, {
			now: () => reached + (machine.now() - start) * speed,
			sleep: async (ms: number, signal?: AbortSignal) => await machine.sleep(ms / speed, signal),
		} satisfies Partial<Clock>);
	};
	setSpeed(times);
	return () => setSpeed(before);
}
