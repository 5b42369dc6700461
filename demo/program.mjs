import { Complaint } from './complaint.mjs';
import { logTail } from './n8n.mjs';
import { endAll } from './processes.mjs';

/** What a shell reports for a program that Ctrl-C ended. */
const INTERRUPTED = 130;

/**
 * Runs a program that starts n8n and others, and ends with its exit code, or 130 after Ctrl-C, or 1 when something went
 * wrong. Whatever was started has ended by then.
 *
 * @param {() => Promise<number>} main gives the exit code
 * @param {object} [options]
 * @param {() => Promise<void>} [options.close] what is to be done before the processes that are left are ended
 * @param {() => { path: string, named: string, lines?: number } | undefined} [options.log] n8n's log, once it can say more
 * about what went wrong; `named`: what to call it
 * @param {() => boolean} [options.isUsualEnd] whether Ctrl-C is the usual end by now
 */
export async function runProgram(main, { close, log, isUsualEnd } = {}) {
	const interruption = interrupted().then(() => (isUsualEnd?.() ? 0 : INTERRUPTED));
	process.exitCode = await Promise.race([main(), interruption]).catch((error) => complain(error, log?.()));
	if (process.exitCode === INTERRUPTED) console.error('\nInterrupted.');
	await close?.();
	await endAll();
	// n8n's pipes and an abandoned request must not keep the terminal waiting.
	process.exit();
}

async function interrupted() {
	return await new Promise((resolve) => {
		for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => resolve(signal));
	});
}

function complain(error, log) {
	if (!(error instanceof Complaint) && error?.message !== 'fetch failed') {
		console.error(error);
		return 1;
	}
	const why = error instanceof Complaint ? error.message : 'n8n or the sandbox does not answer any more.';
	console.error(`\n${why}`);
	if (log) tellEnd(log);
	return 1;
}

/** Shows the end of n8n's log, if there is one. */
export function tellEnd({ path, named, lines }) {
	const tail = logTail(lines, path);
	if (tail) console.error(`\nThe end of n8n's log (all of it: ${named}):\n${tail}`);
}
