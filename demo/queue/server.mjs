import { closeSync, mkdtempSync, openSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { Complaint } from '../complaint.mjs';
import { startNode, untilReady } from '../processes.mjs';

const KEEPER = fileURLToPath(new URL('./keeper.mjs', import.meta.url));
const START_MS = 60_000;

export const HOST = '127.0.0.1';

/** A folder for a server's data: not in the checkout, which another system user may not be able to enter. */
export function temporaryFolder(name) {
	return mkdtempSync(join(tmpdir(), `n8n-queue-${name}-`));
}

/**
 * Starts a server that is no Node program and waits until it answers.
 *
 * @param {string} name for people
 * @param {object} job
 * @param {string} job.program
 * @param {string[]} job.args
 * @param {string} job.folder its data, which goes with it
 * @param {NodeJS.Signals} job.stopSignal
 * @param {{ uid: number, gid: number }} [job.user] who runs it, otherwise we
 * @param {string} log the file that takes its output
 * @param {() => Promise<boolean>} answers
 */
export async function startServer(name, job, log, answers) {
	const file = openSync(log, 'w');
	const child = startNode([KEEPER, JSON.stringify(job)], { cwd: '/', env: process.env, log: file });
	closeSync(file);
	try {
		await untilReady(child, answers, { name, withinMs: START_MS });
	} catch ({ message }) {
		throw new Complaint(`${readFileSync(log, 'utf8').trim().slice(-2000)}\n\n${message}`);
	}
	return child;
}
