import { randomBytes } from 'node:crypto';
import { chownSync, existsSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

import { freePort, run } from '../processes.mjs';
import { UserError } from '../userError.mjs';
import { HOST, startServer, temporaryFolder } from './server.mjs';

/** Where Debian keeps the programs of PostgreSQL; only clients such as `psql` are on the PATH. */
const VERSIONS = '/usr/lib/postgresql';
/** The system user that Debian's package creates; PostgreSQL refuses to run as root. */
const SYSTEM_USER = 'postgres';
const DATABASE_USER = 'n8n';

/** The Debian package. */
export const POSTGRES = { package: 'postgresql', commands: ['initdb'], find: findInitdb };

/**
 * Starts a PostgreSQL with its own cluster and returns n8n's settings for it. A cluster that the system already runs is left
 * alone.
 *
 * @param {string} initdb
 * @param {string} log the file that receives its output
 */
export async function startPostgres(initdb, log) {
	const port = await freePort();
	const password = randomBytes(12).toString('hex');
	const user = await unprivilegedUser();
	const folder = temporaryFolder('postgres');
	const programs = dirname(initdb);
	const data = join(folder, 'data');
	await makeCluster(initdb, { folder, data, password, user });
	const settings = {
		listen_addresses: HOST,
		port,
		unix_socket_directories: folder,
		// The data does not have to survive the run.
		fsync: 'off',
	};
	const switches = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
	const job = {
		program: join(programs, 'postgres'),
		args: ['-D', data, ...switches],
		folder,
		user,
		// The fast shutdown of PostgreSQL, which ends sessions rather than waiting for them.
		stopSignal: 'SIGINT',
	};
	const process = await startServer('PostgreSQL', job, log, async () => await isReady(programs, port));
	return {
		process,
		settings: {
			DB_TYPE: 'postgresdb',
			DB_POSTGRESDB_HOST: HOST,
			DB_POSTGRESDB_PORT: String(port),
			DB_POSTGRESDB_DATABASE: 'postgres',
			DB_POSTGRESDB_USER: DATABASE_USER,
			DB_POSTGRESDB_PASSWORD: password,
		},
	};
}

async function makeCluster(initdb, { folder, data, password, user }) {
	const secret = join(folder, 'password');
	writeFileSync(secret, password, { mode: 0o600 });
	if (user) for (const path of [folder, secret]) chownSync(path, user.uid, user.gid);
	const { code, output } = await run(
		initdb,
		[
			'-D',
			data,
			'-U',
			DATABASE_USER,
			'-A',
			'scram-sha-256',
			`--pwfile=${secret}`,
			'-E',
			'UTF8',
			'--no-locale',
			'-N',
		],
		{ cwd: folder, ...user },
	);
	if (code === 0) return;
	rmSync(folder, { recursive: true, force: true });
	throw new UserError(`${output.trim().slice(-2000)}\n\nPostgreSQL's initdb did not succeed.`);
}

async function isReady(programs, port) {
	const { code } = await run(join(programs, 'pg_isready'), ['-h', HOST, '-p', String(port)], { cwd: '/' });
	return code === 0;
}

/** The user that runs PostgreSQL if we are root. */
async function unprivilegedUser() {
	if (process.getuid?.() !== 0) return undefined;
	const [uid, gid] = await Promise.all(['-u', '-g'].map(idOf));
	return { uid, gid };
}

async function idOf(what) {
	const { code, output } = await run('id', [what, SYSTEM_USER], { cwd: '/' });
	if (code === 0) return Number(output);
	throw new UserError(`root may not run PostgreSQL, and there is no user ${SYSTEM_USER} to do it.`);
}

/** The path of the initdb of the newest version. */
function findInitdb() {
	if (!existsSync(VERSIONS)) return undefined;
	return readdirSync(VERSIONS)
		.sort((left, right) => Number(right) - Number(left))
		.map((version) => join(VERSIONS, version, 'bin', 'initdb'))
		.find((path) => existsSync(path));
}
