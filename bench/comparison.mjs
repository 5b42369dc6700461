import { setTimeout as sleep } from 'node:timers/promises';

import { findHolds } from './eventLoop.mjs';
import { seconds, thousands, titleOf } from './format.mjs';
import { LeakyBucket } from './leakyBucket.mjs';
import ranges from './nodes/targets.cjs';
import { bareLoop, inN8n } from './runners.mjs';
import { trafficOf } from './traffic.mjs';
import { VENDORS } from './vendors.mjs';

const LATENCY_MS = 20;
/** Lets n8n finish what it does after an execution. */
const REST_MS = 1000;
/** The sandbox's control API takes no longer list of IDs at once. */
const SEEDED_AT_ONCE = 10_000;
/** With more targets than that of earlier runs, the sandbox gets slow. */
const KEPT = 50_000;
/** A few targets, to open the sessions. */
const OPENING = 10;

/**
 * The figures of one run.
 *
 * @typedef {import('./runners.mjs').Clocked & import('./traffic.mjs').Traffic & import('./probeClient.mjs').Reading
 *   & { count: number, ended: number }} Run
 *
 * One contestant with one workload: the median of its runs, with the longest hold of all of them. `count` is smaller than
 * that of the workload where all of them would take too long.
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
	 * @returns {Promise<Row[]>}
	 */
	async run(work, contestants) {
		const system = new EmulatedSystem(this.#stage, work);
		await system.reset();
		for (const contestant of contestants) await this.#warmUp(system, work, contestant);

		const rounds = work.once ? 1 : Math.max(...contestants.map(({ repeats }) => repeats));
		const runs = new Map(contestants.map((contestant) => [contestant, []]));
		for (let round = 1; round <= rounds; round += 1) {
			for (const contestant of contestants) {
				if (round <= rounds - contestant.repeats) continue;
				runs.get(contestant).push(await this.#run(system, work, contestant));
			}
		}
		const rows = [];
		for (const contestant of contestants) {
			const profile = contestant.profiled && !work.quick && (await this.#profile(system, work, contestant));
			rows.push({ work, contestant, ...medianOf(runs.get(contestant)), ...(profile && { holds: profile }) });
		}
		return rows;
	}

	async #warmUp(system, work, contestant) {
		const count = work.quick ? OPENING : contestant.warmUp;
		const { failure } = await system.open(contestant, count);
		if (failure) this.#say(`${titleOf(work)}: ${contestant.label} failed before it counts: ${failure}`);
	}

	async #run(system, work, contestant) {
		const count = countOf(work, contestant);
		const run = await system.run(contestant, count, { profile: false });
		const failure = run.failure ? `, failed: ${run.failure}` : '';
		const fewer = count < work.count ? ` with ${thousands(count)}` : '';
		this.#say(`${titleOf(work)}: ${contestant.label}${fewer}, ${seconds(run.nodeMs)}${failure}`);
		return run;
	}

	/** A separate run, because the profiler slows the code down. */
	async #profile(system, work, contestant) {
		this.#say(`${titleOf(work)}: ${contestant.label}, with the profiler`);
		return findHolds(await system.run(contestant, work.count, { profile: true }), contestant.profiled);
	}
}

const countOf = ({ count, httpCount = count }, { key }) =>
	key === 'http' ? Math.min(count, httpCount) : count;

/** The median run, with the median pace and the longest hold of all runs. */
function medianOf(runs) {
	const sorted = sortedBy(runs, 'nodeMs');
	const paces = sortedBy(runs, 'writeMs');
	return {
		...middleOf(sorted),
		writeMs: middleOf(paces).writeMs,
		longestHoldMs: Math.max(...sorted.map(({ longestHoldMs }) => longestHoldMs)),
		runs: sorted.length,
		range: [sorted[0].nodeMs, sorted.at(-1).nodeMs],
	};
}

const sortedBy = (runs, key) => [...runs].sort((left, right) => left[key] - right[key]);
const middleOf = (list) => list[Math.floor(list.length / 2)];

/** The emulated system of one workload: provides running targets for each run and counts how many have ended. */
class EmulatedSystem {
	#stage;

	#work;

	#vendor;

	#bucket;

	#next = 1;

	#seeded = 0;

	#opened = new Set();

	constructor(stage, work) {
		this.#stage = stage;
		this.#work = work;
		this.#vendor = VENDORS[work.vendor];
		this.#bucket = new LeakyBucket(this.#vendor.limit);
	}

	/** An empty system, where no session is open any more. */
	async reset() {
		const { control } = this.#stage.sandbox;
		await control.reset();
		await control.latency(LATENCY_MS);
		this.#seeded = 0;
		this.#opened.clear();
	}

	/** A run that does not count: it opens the contestant's session. @returns {Promise<Run>} */
	async open(contestant, count) {
		this.#opened.add(contestant);
		return await this.#measure(contestant, count, { profile: false });
	}

	/** @returns {Promise<Run>} */
	async run(contestant, count, { profile }) {
		if (this.#seeded > KEPT) await this.reset();
		if (!this.#opened.has(contestant)) await this.open(contestant, OPENING);
		return await this.#measure(contestant, count, { profile });
	}

	async #measure(contestant, count, { profile }) {
		const { control } = this.#stage.sandbox;
		const { vendor } = this.#work;
		const range = this.#nextRange(count);
		const ids = ranges.targetsOf(range).map(({ id }) => id);
		await this.#seed(ids);
		const { runner, probe } = this.#runnerOf(contestant);
		await this.#bucket.untilEmpty();
		await sleep(REST_MS);
		await control.forgetRequests(vendor);
		await probe.start({ profile });
		const read = await runner(range);
		const reading = await probe.stop();
		const requests = await control.requests(vendor);
		this.#bucket.add(requests.length);
		const instances = await control.instances(vendor);
		return {
			...reading,
			...(await read()),
			...trafficOf(requests, this.#vendor),
			count,
			ended: ids.filter((id) => instances[id]?.state === 'terminated').length,
		};
	}

	async #seed(ids) {
		const { vendor } = this.#work;
		for (let first = 0; first < ids.length; first += SEEDED_AT_ONCE) {
			const some = ids.slice(first, first + SEEDED_AT_ONCE);
			const options = { ...this.#vendor.seed, ids: some };
			await this.#stage.sandbox.control.seed(vendor, some.length, options);
		}
		this.#seeded += ids.length;
	}

	#nextRange(count) {
		const { texts = false } = this.#work;
		const range = { ...this.#vendor.ids, first: this.#next, count, texts };
		this.#next += count;
		return range;
	}

	#runnerOf({ key, node }) {
		const { n8nProbe, bareProbe, workflowOf } = this.#stage;
		return node
			? { runner: inN8n(this.#stage, workflowOf(this.#work, key)), probe: n8nProbe }
			: { runner: bareLoop(this.#stage, this.#work.vendor), probe: bareProbe };
	}
}
