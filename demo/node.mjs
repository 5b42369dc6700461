import { existsSync } from 'node:fs';
import { join } from 'node:path';

import { Complaint } from './complaint.mjs';
import { ROOT } from './places.mjs';

const NODE_MAJOR = 24;

/**
 * The tools of this repository have to be there, and the Node among them has to be the one that runs this.
 *
 * @param {string} command how a person starts what asks for it
 */
export function demandNode(command) {
	if (!existsSync(join(ROOT, 'node_modules', 'fastify'))) {
		throw new Complaint('The tools of this repository are not installed. Run this first: npm ci');
	}
	const [major] = process.versions.node.split('.');
	if (Number(major) >= NODE_MAJOR) return;
	throw new Complaint(
		`This needs Node ${NODE_MAJOR}, and this is Node ${process.versions.node}. Start it with ${command}: npm ci has put a Node ${NODE_MAJOR} into node_modules, and npm uses it.`,
	);
}
