import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';

import { eventually } from './eventually.mjs';
import { UserError } from './userError.mjs';

const PARENT_WATCH = new URL('./parentWatch.mjs', import.meta.url).href;
const LOOPBACK = '127.0.0.1';

/** How long n8n and the sandbox may take to end after SIGTERM before they are killed. */
const PATIENCE_MS = 10_000;
/** The same for npm, which would spend minutes on undoing what the next run does again anyway. */
const COMMAND_PATIENCE_MS = 500;

/** The running processes, each with the time that it may take to end. @type {Map<import('node:child_process').ChildProcess, number>} */
const running = new Map();

/**
 * Starts a Node program, usually under the Node that runs the demo. Like every process here it leads its own process group,
 * so that Ctrl-C in the terminal reaches only the demo, which then ends everything in order.
 *
 * @param {string[]} args the program and its arguments
 * @param {{ cwd: string, env: NodeJS.ProcessEnv, log?: number, node?: string }} options `log`: descriptor of the file
 * that receives the output, which is piped to us by default; `node`: the Node to run it
 */
export function startNode(args, { cwd, env, log, node = process.execPath }) {
	const child = spawn(node, ['--import', PARENT_WATCH, ...args], {
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
 * Waits until a started process answers. Throws a UserError if it ends before that or takes too long.
 *
 * @param {import('node:child_process').ChildProcess} child
 * @param {() => Promise<boolean>} answers may reject while the process does not listen yet
 * @param {{ name: string, withinMs: number }} what `name`: for messages
 */
export async function untilReady(child, answers, { name, withinMs }) {
	const ask = async () => hasEnded(child) || (await answers().catch(() => false));
	const isReady = await eventually(ask, Boolean, withinMs);
	if (hasEnded(child)) throw new UserError(`${name} ended while it was starting.`);
	if (!isReady) throw new UserError(`${name} was not ready within ${withinMs / 1000} seconds.`);
}

/** Ends every process that was started here and waits until all are gone. */
export async function endAll() {
	await Promise.all([...running].map(([child, patience]) => end(child, patience)));
}

/** Ends a process that was started here, with its own child processes, and waits until it is gone. */
export async function end(child, patience = PATIENCE_MS) {
	if (hasEnded(child)) return;
	const exit = once(child, 'exit');
	child.kill('SIGTERM');
	const timer = setTimeout(() => killGroup(child), patience);
	await exit;
	clearTimeout(timer);
	// Its child processes, such as n8n's task runner, end with it.
	killGroup(child);
}

function killGroup(child) {
	try {
		process.kill(-child.pid, 'SIGKILL');
	} catch {
		// The group has no processes left.
	}
}

/**
 * Runs a command such as npm or tar and waits until it has ended.
 *
 * @param {string} command
 * @param {string[]} args
 * @param {{ cwd: string, env?: NodeJS.ProcessEnv, uid?: number, gid?: number }} options `uid`, `gid`: the user
 * that runs it, by default ours
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

/** Runs npm: the one that runs the demo, or otherwise the one on the PATH. */
export async function npm(args, options) {
	const path = process.env['npm_execpath'];
	return path ? await run(process.execPath, [path, ...args], options) : await run('npm', args, options);
}

/** A free port on loopback. */
export async function freePort() {
	return await listenOnce(0);
}

/** @param {{ port: number, setting: string }} wanted */
export async function requireFreePort({ port, setting }) {
	try {
		await listenOnce(port);
	} catch (error) {
		if (error.code !== 'EADDRINUSE' && error.code !== 'EACCES') throw error;
		const why = error.code === 'EACCES' ? 'may not be used by you' : 'is in use';
		throw new UserError(
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
	throw new UserError(`${setting} is "${text}"; a port is a number from 1 to 65535.`);
}
