import { closeSync, mkdtempSync, openSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { startNode, untilReady } from '../processes.mjs';
import { UserError } from '../userError.mjs';

const SUPERVISOR = fileURLToPath(new URL('./supervisor.mjs', import.meta.url));
const START_MS = 60_000;

export const HOST = '127.0.0.1';

/** Makes a folder for a server's data. It is outside of the checkout, which another system user may not be able to enter. */
export function temporaryFolder(name) {
	return mkdtempSync(join(tmpdir(), `n8n-queue-${name}-`));
}

/**
 * Starts a server that is not a Node program and waits until it answers.
 *
 * @param {string} name for messages
 * @param {object} job
 * @param {string} job.program
 * @param {string[]} job.args
 * @param {string} job.folder its data, which is removed with it
 * @param {NodeJS.Signals} job.stopSignal
 * @param {{ uid: number, gid: number }} [job.user] the user that runs it, by default ours
 * @param {string} log the file that receives its output
 * @param {() => Promise<boolean>} answers
 */
export async function startServer(name, job, log, answers) {
	const file = openSync(log, 'w');
	const child = startNode([SUPERVISOR, JSON.stringify(job)], { cwd: '/', env: process.env, log: file });
	closeSync(file);
	try {
		await untilReady(child, answers, { name, withinMs: START_MS });
	} catch ({ message }) {
		throw new UserError(`${readFileSync(log, 'utf8').trim().slice(-2000)}\n\n${message}`);
	}
	return child;
}
