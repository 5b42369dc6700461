import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';

import { freePort } from '../processes.mjs';
import { HOST, startServer, temporaryFolder } from './server.mjs';

/** The Debian package. */
export const REDIS = { package: 'redis-server', commands: ['redis-server'] };

/**
 * Starts a Redis without persistence and returns n8n's settings for it.
 *
 * @param {string} program
 * @param {string} log the file that receives its output
 */
export async function startRedis(program, log) {
	const port = await freePort();
	const password = randomBytes(12).toString('hex');
	const folder = temporaryFolder('redis');
	const config = join(folder, 'redis.conf');
	const lines = [
		`bind ${HOST}`,
		`port ${port}`,
		`dir ${folder}`,
		`requirepass ${password}`,
		'save ""',
		'appendonly no',
	];
	writeFileSync(config, lines.join('\n'), { mode: 0o600 });
	const job = { program, args: [config], folder, stopSignal: 'SIGTERM' };
	const isThere = async () => (await sendCommand(port, `AUTH ${password}\r\n`)).startsWith('+OK');
	const process = await startServer('Redis', job, log, isThere);
	return {
		process,
		settings: {
			QUEUE_BULL_REDIS_HOST: HOST,
			QUEUE_BULL_REDIS_PORT: String(port),
			QUEUE_BULL_REDIS_PASSWORD: password,
		},
	};
}

/** Sends an inline command to Redis and returns the first answer. */
async function sendCommand(port, text) {
	return await new Promise((resolve, reject) => {
		const socket = connect(port, HOST, () => socket.write(text));
		socket.once('data', (chunk) => {
			resolve(String(chunk));
			socket.destroy();
		});
		socket.once('error', reject);
	});
}
