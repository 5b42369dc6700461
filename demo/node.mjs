import { existsSync } from 'node:fs';
import { join } from 'node:path';

import { ROOT } from './paths.mjs';
import { UserError } from './userError.mjs';

const NODE_MAJOR = 24;

/**
 * Requires that the tools of this repository are installed and that a recent enough Node runs this.
 *
 * @param {string} command the command that the user has to run
 */
export function requireNode(command) {
	if (!existsSync(join(ROOT, 'node_modules', 'fastify'))) {
		throw new UserError('The tools of this repository are not installed. Run this first: npm ci');
	}
	const [major] = process.versions.node.split('.');
	if (Number(major) >= NODE_MAJOR) return;
	throw new UserError(
		`This needs Node ${NODE_MAJOR}, and this is Node ${process.versions.node}. Start it with ${command}: npm ci has put a Node ${NODE_MAJOR} into node_modules, and npm uses it.`,
	);
}
