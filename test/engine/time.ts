import { join } from 'node:path';

import type { Clock } from '../../nodes/core/util/clock';

/**
 * Lets the time of a package under test run faster: a wait of a second takes 10 ms. What the sandbox does with time stays
 * as it is. Returns a function that sets the clock right again.
 */
export function hurry(root: string, times = 100): () => void {
	// eslint-disable-next-line @typescript-eslint/no-require-imports -- the very module that the loaded nodes use
	const { clock } = require(join(root, 'dist', 'nodes', 'core', 'util', 'clock.js')) as { clock: Clock };
	const now = clock.now.bind(clock);
	const sleep = clock.sleep.bind(clock);
	const start = now();
	Object.assign(clock, {
		now: () => start + (now() - start) * times,
		sleep: async (ms: number, signal?: AbortSignal) => await sleep(ms / times, signal),
	} satisfies Partial<Clock>);
	return () => Object.assign(clock, { now, sleep });
}
