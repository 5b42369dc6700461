import { fileURLToPath } from 'node:url';

/** The module to preload into each process that is measured. */
export const PROBE = fileURLToPath(new URL('./probe.cjs', import.meta.url));

/**
 * What the probe reports after a run. Sizes are in bytes.
 *
 * @typedef {object} Reading
 * @property {number} longestHoldMs the longest time for which any code blocked the event loop
 * @property {number} cpuMs processor time of the process
 * @property {number} rss before the run
 * @property {number} heap before the run
 * @property {number} peakRss
 * @property {number} peakHeap
 * @property {number[]} [beats] when a 5 ms timer fired, in microseconds of the profiler's clock
 * @property {object} [profile] the CPU profile, as the inspector returns it
 */

/** The client of the probe in a process that was started with it. */
export class Probe {
	#child;

	/** @param {import('node:child_process').ChildProcess} child */
	constructor(child) {
		this.#child = child;
	}

	/** Sets the items that the source node of the workflows puts out from now on. @param {import('./nodes/targets.cjs').Range} range */
	async range(range) {
		await this.#ask({ probe: 'range', range });
	}

	/** @param {{ profile: boolean }} options */
	async start({ profile }) {
		await this.#ask({ probe: 'start', profile });
	}

	/** @returns {Promise<Reading>} */
	async stop() {
		return await this.#ask({ probe: 'stop' });
	}

	async #ask(message) {
		const answer = new Promise((resolve) => {
			const read = (received) => {
				if (received?.probe !== message.probe) return;
				this.#child.off('message', read);
				resolve(received.result);
			};
			this.#child.on('message', read);
		});
		this.#child.send(message);
		return await answer;
	}
}
