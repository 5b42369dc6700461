import { setTimeout as sleep } from 'node:timers/promises';

import { Allowance } from './allowance.mjs';
import { seconds, titleOf } from './format.mjs';
import { holds } from './holds.mjs';
import ranges from './nodes/ids.cjs';
import { bareLoop, inN8n } from './runners.mjs';
import { trafficOf } from './traffic.mjs';
import { VENDORS } from './vendors.mjs';

const LATENCY_MS = 20;
/** So that n8n is done with what it does after an execution. */
const REST_MS = 1000;

/**
 * One run, as measured.
 *
 * @typedef {import('./runners.mjs').Clocked & import('./traffic.mjs').Traffic & import('./probing.mjs').Reading
 *   & { ended: number }} Run
 *
 * A contestant at one work: the run in the middle of its repeats, with the worst hold of all of them.
 *
 * @typedef {Run & { work: import('./works.mjs').Work, contestant: import('./contestants.mjs').Contestant,
 *   runs: number, range: [number, number], holds?: import('./holds.mjs').Holds }} Row
 */

/** One work after another on one stage. */
export class Contest {
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
	 * Lets the contestants do one work. Who runs several times takes turns with the others, so that a machine that is
	 * busy for a while is so for all; who takes minutes comes last.
	 *
	 * @param {import('./works.mjs').Work} work
	 * @param {import('./contestants.mjs').Contestant[]} contestants
	 * @param {{ once: boolean }} options
	 * @returns {Promise<Row[]>}
	 */
	async play(work, contestants, { once }) {
		const { control } = this.#stage.sandbox;
		await control.reset();
		await control.latency(LATENCY_MS);
		const field = new Field(this.#stage, work.vendor);
		for (const contestant of contestants) await this.#warmUp(field, work, contestant);

		const rounds = once ? 1 : Math.max(...contestants.map(({ repeats }) => repeats));
		const runs = new Map(contestants.map((contestant) => [contestant, []]));
		for (let round = 1; round <= rounds; round += 1) {
			for (const contestant of contestants) {
				if (round <= rounds - contestant.repeats) continue;
				runs.get(contestant).push(await this.#run(field, work, contestant));
			}
		}
		const rows = [];
		for (const contestant of contestants) {
			const profile = contestant.profiled && (await this.#profile(field, work, contestant));
			rows.push({ work, contestant, ...middleOf(runs.get(contestant)), ...(profile && { holds: profile }) });
		}
		return rows;
	}

	async #warmUp(field, work, contestant) {
		const { failure } = await field.run(contestant, contestant.warmUp, { profile: false });
		if (failure) this.#say(`${titleOf(work)}: ${contestant.label} failed before it counts: ${failure}`);
	}

	async #run(field, work, contestant) {
		const run = await field.run(contestant, work.count, { profile: false });
		const failure = run.failure ? `, failed: ${run.failure}` : '';
		this.#say(`${titleOf(work)}: ${contestant.label}, ${seconds(run.nodeMs)}${failure}`);
		return run;
	}

	/** A run of its own, as the profiler slows down what it watches. */
	async #profile(field, work, contestant) {
		this.#say(`${titleOf(work)}: ${contestant.label}, with the profiler`);
		return holds(await field.run(contestant, work.count, { profile: true }), contestant.profiled);
	}
}

/** The run in the middle, with the worst hold of all. */
function middleOf(runs) {
	const sorted = [...runs].sort((left, right) => left.nodeMs - right.nodeMs);
	return {
		...sorted[Math.floor(sorted.length / 2)],
		longestHoldMs: Math.max(...sorted.map(({ longestHoldMs }) => longestHoldMs)),
		runs: sorted.length,
		range: [sorted[0].nodeMs, sorted.at(-1).nodeMs],
	};
}

/** The emulated system of one work: hands out targets that run, and looks what became of them. */
class Field {
	#stage;

	#name;

	#vendor;

	#allowance;

	#next = 1;

	constructor(stage, vendor) {
		this.#stage = stage;
		this.#name = vendor;
		this.#vendor = VENDORS[vendor];
		this.#allowance = new Allowance(this.#vendor.limit);
	}

	/** @returns {Promise<Run>} */
	async run(contestant, count, { profile }) {
		const { control } = this.#stage.sandbox;
		const range = this.#nextRange(count);
		const ids = ranges.idsOf(range);
		await control.seed(this.#name, count, { ...this.#vendor.seed, ids });
		const { runner, probe } = this.#runnerOf(contestant);
		await this.#allowance.restore();
		await sleep(REST_MS);
		await control.forgetRequests(this.#name);
		await probe.start({ profile });
		const read = await runner(range);
		const reading = await probe.stop();
		const requests = await control.requests(this.#name);
		this.#allowance.spend(requests.length);
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
