import { setTimeout as sleep } from 'node:timers/promises';

import { findHolds } from './eventLoop.mjs';
import { seconds, titleOf } from './format.mjs';
import { LeakyBucket } from './leakyBucket.mjs';
import ranges from './nodes/ids.cjs';
import { bareLoop, inN8n } from './runners.mjs';
import { trafficOf } from './traffic.mjs';
import { VENDORS } from './vendors.mjs';

const LATENCY_MS = 20;
/** Lets n8n finish what it does after an execution. */
const REST_MS = 1000;

/**
 * The figures of one run.
 *
 * @typedef {import('./runners.mjs').Clocked & import('./traffic.mjs').Traffic & import('./probeClient.mjs').Reading
 *   & { ended: number }} Run
 *
 * One contestant with one workload: the median of its runs, with the longest hold of all of them.
 *
 * @typedef {Run & { work: import('./workloads.mjs').Workload, contestant: import('./contestants.mjs').Contestant,
 *   runs: number, range: [number, number], holds?: import('./eventLoop.mjs').EventLoopHolds }} Row
 */

/** Runs workloads one after the other on the same stage. */
export class Comparison {
	#stage;

	#say;

	/**
	 * @param {import('./stage.mjs').Stage} stage
	 * @param {(line: string) => void} say
	 */
	constructor(stage, say) {
		this.#stage = stage;
		this.#say = say;
	}

	/**
	 * Runs one workload with each contestant. Contestants with several runs take turns, so that a machine that is busy for a
	 * while slows down all of them; contestants that run once, because they take minutes, come last.
	 *
	 * @param {import('./workloads.mjs').Workload} work
	 * @param {import('./contestants.mjs').Contestant[]} contestants
	 * @param {{ once: boolean }} options
	 * @returns {Promise<Row[]>}
	 */
	async run(work, contestants, { once }) {
		const { control } = this.#stage.sandbox;
		await control.reset();
		await control.latency(LATENCY_MS);
		const system = new EmulatedSystem(this.#stage, work.vendor);
		for (const contestant of contestants) await this.#warmUp(system, work, contestant);

		const rounds = once ? 1 : Math.max(...contestants.map(({ repeats }) => repeats));
		const runs = new Map(contestants.map((contestant) => [contestant, []]));
		for (let round = 1; round <= rounds; round += 1) {
			for (const contestant of contestants) {
				if (round <= rounds - contestant.repeats) continue;
				runs.get(contestant).push(await this.#run(system, work, contestant));
			}
		}
		const rows = [];
		for (const contestant of contestants) {
			const profile = contestant.profiled && (await this.#profile(system, work, contestant));
			rows.push({ work, contestant, ...medianOf(runs.get(contestant)), ...(profile && { holds: profile }) });
		}
		return rows;
	}

	async #warmUp(system, work, contestant) {
		const { failure } = await system.run(contestant, contestant.warmUp, { profile: false });
		if (failure) this.#say(`${titleOf(work)}: ${contestant.label} failed before it counts: ${failure}`);
	}

	async #run(system, work, contestant) {
		const run = await system.run(contestant, work.count, { profile: false });
		const failure = run.failure ? `, failed: ${run.failure}` : '';
		this.#say(`${titleOf(work)}: ${contestant.label}, ${seconds(run.nodeMs)}${failure}`);
		return run;
	}

	/** A separate run, because the profiler slows the code down. */
	async #profile(system, work, contestant) {
		this.#say(`${titleOf(work)}: ${contestant.label}, with the profiler`);
		return findHolds(await system.run(contestant, work.count, { profile: true }), contestant.profiled);
	}
}

/** The median run, with the longest hold of all runs. */
function medianOf(runs) {
	const sorted = [...runs].sort((left, right) => left.nodeMs - right.nodeMs);
	return {
		...sorted[Math.floor(sorted.length / 2)],
		longestHoldMs: Math.max(...sorted.map(({ longestHoldMs }) => longestHoldMs)),
		runs: sorted.length,
		range: [sorted[0].nodeMs, sorted.at(-1).nodeMs],
	};
}

/** The emulated system of one workload: provides running targets for each run and counts how many have ended. */
class EmulatedSystem {
	#stage;

	#name;

	#vendor;

	#bucket;

	#next = 1;

	constructor(stage, vendor) {
		this.#stage = stage;
		this.#name = vendor;
		this.#vendor = VENDORS[vendor];
		this.#bucket = new LeakyBucket(this.#vendor.limit);
	}

	/** @returns {Promise<Run>} */
	async run(contestant, count, { profile }) {
		const { control } = this.#stage.sandbox;
		const range = this.#nextRange(count);
		const ids = ranges.idsOf(range);
		await control.seed(this.#name, count, { ...this.#vendor.seed, ids });
		const { runner, probe } = this.#runnerOf(contestant);
		await this.#bucket.untilEmpty();
		await sleep(REST_MS);
		await control.forgetRequests(this.#name);
		await probe.start({ profile });
		const read = await runner(range);
		const reading = await probe.stop();
		const requests = await control.requests(this.#name);
		this.#bucket.add(requests.length);
		const instances = await control.instances(this.#name);
		return {
			...reading,
			...(await read()),
			...trafficOf(requests, this.#vendor),
			ended: ids.filter((id) => instances[id]?.state === 'terminated').length,
		};
	}

	#nextRange(count) {
		const range = { ...this.#vendor.ids, first: this.#next, count };
		this.#next += count;
		return range;
	}

	#runnerOf({ key, node }) {
		const { n8nProbe, bareProbe, workflowOf } = this.#stage;
		return node
			? { runner: inN8n(this.#stage, workflowOf(this.#name, key)), probe: n8nProbe }
			: { runner: bareLoop(this.#stage, this.#name), probe: bareProbe };
	}
}
