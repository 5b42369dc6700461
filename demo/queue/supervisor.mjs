/**
 * Runs a server that is not a Node program. This process has the parent watch: when the demo ends, even if it was killed, this
 * process ends the server and removes its data.
 */
import { spawn } from 'node:child_process';
import { rmSync } from 'node:fs';

const { program, args, folder, user, stopSignal } = JSON.parse(process.argv[2]);

const server = spawn(program, args, {
	cwd: folder,
	stdio: ['ignore', 'inherit', 'inherit'],
	// Without n8n's settings and the user's own PGDATA.
	env: { PATH: process.env['PATH'], LANG: 'C', LC_ALL: 'C' },
	...user,
});
process.once('SIGTERM', () => server.kill(stopSignal));
server.once('error', (error) => {
	console.error(`${program}: ${error.message}`);
	finish(1);
});
server.once('exit', (code) => finish(code ?? 1));

function finish(code) {
	rmSync(folder, { recursive: true, force: true });
	process.exit(code);
}
