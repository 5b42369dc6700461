import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';

import { Complaint } from './complaint.mjs';
import { ROOT, STATE } from './places.mjs';

/**
 * Two runs would work on the same files. Gives back what releases the lock.
 *
 * @param {string} state the folder that the run writes to
 */
export function lock(state = STATE) {
	mkdirSync(state, { recursive: true });
	const path = join(state, 'running.pid');
	const holder = holderOf(path);
	if (holder !== undefined && isAlive(holder)) {
		throw new Complaint(
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
