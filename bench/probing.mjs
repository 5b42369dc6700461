import { fileURLToPath } from 'node:url';

/** The module to preload into a process that is to be measured. */
export const PROBE = fileURLToPath(new URL('./probe.cjs', import.meta.url));

/**
 * What the probe tells after a run. Sizes in bytes.
 *
 * @typedef {object} Reading
 * @property {number} longestHoldMs how long the event loop was held at most, by whatever code
 * @property {number} cpuMs what the process used of the processor
 * @property {number} rss before the run
 * @property {number} heap before the run
 * @property {number} peakRss
 * @property {number} peakHeap
 * @property {number[]} [beats] when a timer of 5 ms came, in microseconds of the profiler's clock
 * @property {object} [profile] CPU profile as the inspector gives it
 */

/** Talks to the probe in a process that was started with it. */
export class Probe {
	#child;

	/** @param {import('node:child_process').ChildProcess} child */
	constructor(child) {
		this.#child = child;
	}

	/** Says which items the workflows' source gives from now on. @param {import('./nodes/ids.cjs').Range} range */
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
