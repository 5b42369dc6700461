import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';

import { ROOT, STATE } from './paths.mjs';
import { UserError } from './userError.mjs';

/**
 * Locks a folder, because two runs would write the same files. Returns the function that releases the lock.
 *
 * @param {string} state the folder that the run writes to
 */
export function lock(state = STATE) {
	mkdirSync(state, { recursive: true });
	const path = join(state, 'running.pid');
	const holder = holderOf(path);
	if (holder !== undefined && isAlive(holder)) {
		throw new UserError(
			`This is running already (process ${holder}). End it with Ctrl-C there; if that process is something else, delete ${relative(ROOT, path)}.`,
		);
	}
	writeFileSync(path, String(process.pid));
	return () => rmSync(path, { force: true });
}

function holderOf(path) {
	try {
		return Number(readFileSync(path, 'utf8')) || undefined;
	} catch {
		return undefined;
	}
}

function isAlive(pid) {
	try {
		process.kill(pid, 0);
		return true;
	} catch (error) {
		return error.code === 'EPERM';
	}
}
