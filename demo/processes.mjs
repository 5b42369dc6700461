import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';

import { Complaint } from './complaint.mjs';
import { eventually } from './eventually.mjs';

const LEASH = new URL('./leash.mjs', import.meta.url).href;
const LOOPBACK = '127.0.0.1';

/** How long a process may take to end after SIGTERM before it is killed: n8n and the sandbox. */
const PATIENCE_MS = 10_000;
/** The same for npm, which would undo for minutes what is done again anyway. */
const COMMAND_PATIENCE_MS = 500;

/** What runs, with its patience. @type {Map<import('node:child_process').ChildProcess, number>} */
const running = new Map();

/**
 * Starts a Node program, usually under the Node that runs the demo. Like every process here it leads a group of its own, so
 * that Ctrl-C in the terminal reaches only the demo, which then ends everything in order.
 *
 * @param {string[]} args the program and its arguments
 * @param {{ cwd: string, env: NodeJS.ProcessEnv, log?: number, node?: string }} options `log`: descriptor of the file
 * that takes its output, which is piped to us otherwise; `node`: the Node to run it
 */
export function startNode(args, { cwd, env, log, node = process.execPath }) {
	const child = spawn(node, ['--import', LEASH, ...args], {
		cwd,
		env,
		detached: true,
		stdio: ['ignore', log ?? 'pipe', log ?? 'pipe', 'ipc'],
	});
	remember(child, PATIENCE_MS);
	return child;
}

function remember(child, patience) {
	running.set(child, patience);
	child.once('exit', () => running.delete(child));
	child.once('error', () => running.delete(child));
}

/** @param {import('node:child_process').ChildProcess} child */
export function hasEnded(child) {
	return child.exitCode !== null || child.signalCode !== null;
}

/**
 * Waits until a process that was started answers. Throws a Complaint when it ends before that, or takes too long.
 *
 * @param {import('node:child_process').ChildProcess} child
 * @param {() => Promise<boolean>} answers may reject while nobody listens yet
 * @param {{ name: string, withinMs: number }} what `name`: for people
 */
export async function untilReady(child, answers, { name, withinMs }) {
	const ask = async () => hasEnded(child) || (await answers().catch(() => false));
	const isReady = await eventually(ask, Boolean, withinMs);
	if (hasEnded(child)) throw new Complaint(`${name} ended while it was starting.`);
	if (!isReady) throw new Complaint(`${name} was not ready within ${withinMs / 1000} seconds.`);
}

/** Ends everything that was started here and waits until it is gone. */
export async function endAll() {
	await Promise.all([...running].map(([child, patience]) => end(child, patience)));
}

/** Ends a process that was started here, with all that it started itself, and waits until it is gone. */
export async function end(child, patience = PATIENCE_MS) {
	if (hasEnded(child)) return;
	const exit = once(child, 'exit');
	child.kill('SIGTERM');
	const timer = setTimeout(() => killGroup(child), patience);
	await exit;
	clearTimeout(timer);
	// What it had started itself, such as n8n's task runner, goes with it.
	killGroup(child);
}

function killGroup(child) {
	try {
		process.kill(-child.pid, 'SIGKILL');
	} catch {
		// Nobody is left in the group.
	}
}

/**
 * Runs a command such as npm or tar to its end.
 *
 * @param {string} command
 * @param {string[]} args
 * @param {{ cwd: string, env?: NodeJS.ProcessEnv, uid?: number, gid?: number }} options `uid`, `gid`: who runs it,
 * otherwise we
 * @returns {Promise<{ code: number | null, output: string }>}
 */
export async function run(command, args, { cwd, env = process.env, uid, gid }) {
	const child = spawn(command, args, {
		cwd,
		env,
		uid,
		gid,
		detached: true,
		stdio: ['ignore', 'pipe', 'pipe'],
	});
	remember(child, COMMAND_PATIENCE_MS);
	let output = '';
	for (const stream of [child.stdout, child.stderr]) {
		stream.on('data', (chunk) => {
			output += chunk;
		});
	}
	return await new Promise((resolve) => {
		child.once('error', (error) => resolve({ code: null, output: error.message }));
		child.once('close', (code) => resolve({ code, output }));
	});
}

/** Runs npm: the one that runs the demo, else the one on the PATH. */
export async function npm(args, options) {
	const path = process.env['npm_execpath'];
	return path ? await run(process.execPath, [path, ...args], options) : await run('npm', args, options);
}

/** A free port on loopback. */
export async function freePort() {
	return await listenOnce(0);
}

/** @param {{ port: number, setting: string }} wanted */
export async function demandFreePort({ port, setting }) {
	try {
		await listenOnce(port);
	} catch (error) {
		if (error.code !== 'EADDRINUSE' && error.code !== 'EACCES') throw error;
		const why = error.code === 'EACCES' ? 'may not be used by you' : 'is in use';
		throw new Complaint(
			`Port ${port} ${why}. End what uses it, or name another one: ${setting}=${port + 100} npm run demo`,
		);
	}
}

async function listenOnce(port) {
	const server = createServer();
	server.listen(port, LOOPBACK);
	await once(server, 'listening');
	const taken = server.address().port;
	server.close();
	await once(server, 'close');
	return taken;
}

/** @param {string} setting @param {number} usual */
export function portFrom(setting, usual) {
	const text = process.env[setting];
	if (text === undefined || text === '') return usual;
	const port = Number(text);
	if (Number.isInteger(port) && port > 0 && port < 65_536) return port;
	throw new Complaint(`${setting} is "${text}"; a port is a number from 1 to 65535.`);
}
