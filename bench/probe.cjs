'use strict';

/**
 * Preloaded into the process that is measured: n8n, and the bare loop. It answers to the benchmark over the channel that
 * the demo's leash holds anyway, and tells after a run how long the event loop was held, how much memory was in use and,
 * if asked for it, in which code the time went.
 */
const { Session } = require('node:inspector');
const { monitorEventLoopDelay } = require('node:perf_hooks');
const { setFlagsFromString } = require('node:v8');
const { runInNewContext } = require('node:vm');

const RESOLUTION_MS = 5;
const MEMORY_MS = 50;
const SAMPLING_US = 1000;
/** Where a node of the benchmark finds what it has to put out. */
const RANGE = Symbol.for('n8n-nodes-terminate.bench.range');

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc');

let running;

const COMMANDS = {
	/** Says which items the workflows' source gives from now on. */
	range: ({ range }) => {
		globalThis[RANGE] = range;
	},
	start: ({ profile }) => {
		collectGarbage();
		running = { ...memory(), ...(profile && { profiler: startProfiler() }), beats: [] };
		if (profile) running.beat = setInterval(() => running.beats.push(now()), RESOLUTION_MS);
		running.memory = setInterval(noteMemory, MEMORY_MS);
		running.cpu = process.cpuUsage();
		running.delay = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
		running.delay.enable();
	},
	stop: async () => {
		running.delay.disable();
		const cpu = process.cpuUsage(running.cpu);
		noteMemory();
		clearInterval(running.memory);
		clearInterval(running.beat);
		const { rss, heap, peakRss, peakHeap, beats, delay, profiler } = running;
		return {
			// Undisturbed, the timer comes after its resolution; what it is late is the hold.
			longestHoldMs: Math.max(0, delay.max / 1e6 - RESOLUTION_MS),
			cpuMs: (cpu.user + cpu.system) / 1000,
			rss,
			heap,
			peakRss,
			peakHeap,
			...(profiler && { beats, profile: await profiler.stop() }),
		};
	},
};

process.on('message', async (message) => {
	const command = COMMANDS[message?.probe];
	if (!command) return;
	const result = await command(message);
	process.send({ probe: message.probe, result: result ?? {} });
});
// Listening to the channel must not keep a program alive that has finished.
process.channel?.unref();

function memory() {
	const { rss, heapUsed } = process.memoryUsage();
	return { rss, heap: heapUsed, peakRss: rss, peakHeap: heapUsed };
}

function noteMemory() {
	const { rss, heapUsed } = process.memoryUsage();
	running.peakRss = Math.max(running.peakRss, rss);
	running.peakHeap = Math.max(running.peakHeap, heapUsed);
}

/** Microseconds on the clock of the profiler. */
function now() {
	return Number(process.hrtime.bigint() / 1000n);
}

function startProfiler() {
	const session = new Session();
	session.connect();
	const post = (method, parameters) =>
		new Promise((resolve, reject) => {
			session.post(method, parameters, (error, result) => (error ? reject(error) : resolve(result)));
		});
	void post('Profiler.enable');
	void post('Profiler.setSamplingInterval', { interval: SAMPLING_US });
	void post('Profiler.start');
	return {
		stop: async () => {
			const { profile } = await post('Profiler.stop');
			session.disconnect();
			return profile;
		},
	};
}
