/**
 * Runs a server that is no Node program, as a child of a Node process that is on the demo's leash: the server ends and its
 * data goes when the demo ends, even when the demo was killed and could not tell.
 */
import { spawn } from 'node:child_process';
import { rmSync } from 'node:fs';

const { program, args, folder, user, stopSignal } = JSON.parse(process.argv[2]);

const server = spawn(program, args, {
	cwd: folder,
	stdio: ['ignore', 'inherit', 'inherit'],
	// n8n's settings and a user's own PGDATA have no place here.
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
