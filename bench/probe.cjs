'use strict';

/**
 * Preloaded into the processes that are measured: n8n and the bare loop. It talks to the benchmark over the IPC channel that
 * the demo's parent watch needs anyway. After a run it reports how long the event loop was blocked, how much memory was in
 * use and, on request, a CPU profile.
 */
const { Session } = require('node:inspector');
const { monitorEventLoopDelay } = require('node:perf_hooks');
const { setFlagsFromString } = require('node:v8');
const { runInNewContext } = require('node:vm');

const RESOLUTION_MS = 5;
const MEMORY_MS = 20;
const SAMPLING_US = 1000;
/** Where the source node of the benchmark finds the range of IDs to put out. */
const RANGE = Symbol.for('n8n-nodes-terminate.bench.range');

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc');

let running;

const COMMANDS = {
	/** Sets the items that the source node of the workflows puts out from now on. */
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
			// Undisturbed, the timer fires after its resolution; any delay beyond that is time in which the loop was blocked.
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
// Listening on the channel must not keep a finished program alive.
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
