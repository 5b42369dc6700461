import { logTail } from './n8n.mjs';
import { endAll } from './processes.mjs';
import { UserError } from './userError.mjs';

/** What a shell reports for a program that Ctrl-C ended. */
const INTERRUPTED = 130;

/**
 * Runs a program that starts n8n and others, and exits with its exit code, with 130 after Ctrl-C, or with 1 after an error.
 * Before it exits, it ends every process that was started.
 *
 * @param {() => Promise<number>} main returns the exit code
 * @param {object} [options]
 * @param {() => Promise<void>} [options.close] runs before the remaining processes are ended
 * @param {() => { path: string, named: string, lines?: number } | undefined} [options.log] n8n's log, if it can help to
 * explain the error; `named`: its name in messages
 * @param {() => boolean} [options.isUsualEnd] whether Ctrl-C is the usual end at this moment
 */
export async function runProgram(main, { close, log, isUsualEnd } = {}) {
	const interruption = interrupted().then(() => (isUsualEnd?.() ? 0 : INTERRUPTED));
	process.exitCode = await Promise.race([main(), interruption]).catch((error) => reportError(error, log?.()));
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

function reportError(error, log) {
	if (!(error instanceof UserError) && error?.message !== 'fetch failed') {
		console.error(error);
		return 1;
	}
	const why = error instanceof UserError ? error.message : 'n8n or the sandbox does not answer any more.';
	console.error(`\n${why}`);
	if (log) printLogTail(log);
	return 1;
}

/** Prints the end of n8n's log, if there is one. */
export function printLogTail({ path, named, lines }) {
	const tail = logTail(lines, path);
	if (tail) console.error(`\nThe end of n8n's log (all of it: ${named}):\n${tail}`);
}
