import { accessSync, constants, existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

import { run } from './processes.mjs';
import { UserError } from './userError.mjs';

/** Folders besides the PATH where Debian puts servers that users do not start themselves. */
const SERVER_FOLDERS = ['/usr/sbin', '/usr/local/sbin'];

/**
 * A program that npm does not install.
 *
 * @typedef {object} SystemProgram
 * @property {string} package the Debian package that contains it
 * @property {string[]} [commands] possible names of the program; the first one found is used
 * @property {() => string | undefined} [find] returns the path of a program that is not on the PATH
 */

/**
 * Returns the paths of these programs. Missing ones are installed from Debian's packages, if this is a Debian and we are
 * root; otherwise a UserError says what to install.
 *
 * @param {SystemProgram[]} programs
 * @returns {Promise<string[]>}
 */
export async function requirePrograms(programs) {
	const missing = programs.filter((program) => locate(program) === undefined).map((one) => one.package);
	if (missing.length > 0) await install(missing);
	return programs.map((program) => {
		const path = locate(program);
		if (path !== undefined) return path;
		throw new UserError(`${program.package} is installed, but none of its programs was found.`);
	});
}

function locate({ commands = [], find }) {
	const folders = [...(process.env['PATH'] ?? '').split(delimiter), ...SERVER_FOLDERS];
	const paths = commands.flatMap((command) => folders.map((folder) => join(folder, command)));
	return find?.() ?? paths.find(isExecutable);
}

function isExecutable(path) {
	try {
		accessSync(path, constants.X_OK);
		return true;
	} catch {
		return false;
	}
}

async function install(packages) {
	const names = packages.join(' ');
	if (!existsSync('/usr/bin/apt-get') || process.getuid?.() !== 0) {
		throw new UserError(
			`This needs ${names} from your system's packages, on Debian: apt-get install ${names}`,
		);
	}
	console.log(`Installing ${names} from the system's packages ...`);
	for (const args of [['update'], ['install', '-y', '--no-install-recommends', ...packages]]) {
		const { code, output } = await run('apt-get', args, {
			cwd: '/',
			env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
		});
		if (code !== 0)
			throw new UserError(`${output.trim().slice(-2000)}\n\napt-get ${args[0]} did not succeed.`);
	}
}
