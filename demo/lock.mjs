import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { Complaint } from './complaint.mjs';
import { STATE } from './places.mjs';

const LOCK = join(STATE, 'demo.pid');

/** Two runs would work on the same files. Gives back what releases the lock. */
export function lock() {
	mkdirSync(STATE, { recursive: true });
	const holder = holderOf();
	if (holder !== undefined && isAlive(holder)) {
		throw new Complaint(
			`The demo or the benchmark is running already (process ${holder}). End it with Ctrl-C there; if that process is something else, delete .demo/demo.pid.`,
		);
	}
	writeFileSync(LOCK, String(process.pid));
	return () => rmSync(LOCK, { force: true });
}

function holderOf() {
	try {
		return Number(readFileSync(LOCK, 'utf8')) || undefined;
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
