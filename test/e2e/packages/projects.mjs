import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, statSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';

import { ROOT, STATE } from '../../../demo/paths.mjs';
import { run } from '../../../demo/processes.mjs';
import { UserError } from '../../../demo/userError.mjs';
import { layOut } from '../../../scripts/packages/layOut.ts';
import { planPackages } from '../../../scripts/packages/plan.ts';

/** Apart from the folder that `npm run packages` fills for the owner. */
const FOLDER = join(STATE, 'packages');

/** What n8n's tool copies beside the output of the compiler. */
const COPIED = /\.(png|svg)$|\/__schema__\/.+\.json$/;

/**
 * A laid-out and built package.
 *
 * @typedef {object} Project
 * @property {string} name
 * @property {import('../../../scripts/packages/systems.ts').System} system
 * @property {Map<string, string | Buffer>} files what was laid out
 * @property {string} home its folder
 */

/** Lays out all packages and builds those that have changed. @returns {Promise<Project[]>} */
export async function buildProjects() {
	const projects = (await planPackages(ROOT)).map((one) => ({ ...one, home: layOut(FOLDER, one) }));
	for (const { home, files } of projects) {
		lendModules(home);
		if (isStale(home, files)) await build(home, files);
	}
	return projects;
}

/** The repository's own tools, in place of an install. */
function lendModules(home) {
	const modules = join(home, 'node_modules');
	rmSync(modules, { recursive: true, force: true });
	symlinkSync(join(ROOT, 'node_modules'), modules, 'junction');
}

function isStale(home, files) {
	const { nodes } = JSON.parse(readFileSync(join(home, 'package.json'), 'utf8')).n8n;
	const [built] = nodes.map((path) => join(home, path));
	if (!existsSync(built)) return true;
	const newest = Math.max(...[...files.keys()].map((path) => statSync(join(home, path)).mtimeMs));
	return newest > statSync(built).mtimeMs;
}

/** Does what `n8n-node build` does: the compiler with the project's settings, then icons and schemas. */
async function build(home, files) {
	rmSync(join(home, 'dist'), { recursive: true, force: true });
	const compiler = join(ROOT, 'node_modules', 'typescript', 'bin', 'tsc');
	const { code, output } = await run(process.execPath, [compiler], { cwd: home });
	if (code !== 0) throw new UserError(`${output.trim()}\n\n${home} could not be compiled.`);
	for (const path of [...files.keys()].filter((file) => COPIED.test(file))) {
		mkdirSync(dirname(join(home, 'dist', path)), { recursive: true });
		cpSync(join(home, path), join(home, 'dist', path));
	}
}
