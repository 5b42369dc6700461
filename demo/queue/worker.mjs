import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { once } from 'node:events';
import { join } from 'node:path';

import { isHealthy, N8n } from '../n8n.mjs';
import { installPackage } from '../package.mjs';
import { end, freePort, untilReady } from '../processes.mjs';

/** The lowest value that n8n recommends. */
export const CONCURRENCY = 5;

const READY_MS = 180_000;
/** The line that a worker logs when it takes an execution from the queue. */
const STARTED = /Worker started execution (\d+)/g;

/** A worker of n8n with its own folder, as on a separate machine. */
export class Worker {
	#n8n;

	#health;

	#child;

	/** @param {{ name: string, n8n: N8n, health: number, log: string, folder: string }} parts see `makeWorker` */
	constructor({ name, n8n, health, log, folder }) {
		this.name = name;
		this.log = log;
		this.folder = folder;
		this.#n8n = n8n;
		this.#health = health;
	}

	/** Starts it and waits until it accepts work. */
	async start() {
		this.#child = await this.#n8n.spawn(['worker', `--concurrency=${CONCURRENCY}`], {
			settings: { QUEUE_HEALTH_CHECK_ACTIVE: 'true', QUEUE_HEALTH_CHECK_PORT: String(this.#health) },
		});
		const answers = async () => await isHealthy(this.#health);
		await untilReady(this.#child, answers, { name: `${this.name} (${this.log})`, withinMs: READY_MS });
	}

	/** Ends it as an administrator does: it finishes the executions that it has started. */
	async stop() {
		if (this.#child) await end(this.#child);
	}

	/** Kills it with its task runner, as a power failure would. */
	async kill() {
		const gone = once(this.#child, 'exit');
		process.kill(-this.#child.pid, 'SIGKILL');
		await gone;
	}

	/** The executions that it has taken from the queue. @returns {string[]} */
	executions() {
		return [...readFileSync(this.log, 'utf8').matchAll(STARTED)].map(([, id]) => id);
	}
}

/**
 * A worker that is not started yet.
 *
 * @param {{ name: string, state: string, settings: Record<string, string>, packaged?: boolean }} options `packaged`: whether
 * this package is installed on it
 */
export async function makeWorker({ name, state, settings, packaged = true }) {
	const folder = join(state, name);
	const log = join(state, `${name}.log`);
	for (const path of [folder, log]) rmSync(path, { recursive: true, force: true });
	mkdirSync(folder, { recursive: true });
	if (packaged) await installPackage(join(folder, '.n8n', 'nodes'));
	const n8n = new N8n({ port: await freePort(), userFolder: folder, log, settings });
	return new Worker({ name, n8n, health: await freePort(), log, folder });
}
